// Keeps the drawing in this browser.
import { serializeAsJSON } from '@excalidraw/excalidraw';

const key = 'macula.drawing';

export function loadDrawing() {
  try {
    const { elements, appState, files } = JSON.parse(localStorage.getItem(key) ?? '{}');
    return { elements: elements ?? [], appState: appState ?? {}, files: files ?? {}, scrollToContent: true };
  } catch {
    return null;
  }
}

// Writes once the hand rests; tells whether what is shown is kept.
export function createKeeper(onOutcome) {
  let latest;
  let timer;
  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!latest) return;
    const { elements, appState, files } = latest;
    latest = undefined;
    try {
      const drawing = JSON.parse(serializeAsJSON(elements, appState, files, 'local'));
      drawing.appState = { ...drawing.appState, theme: appState.theme };
      localStorage.setItem(key, JSON.stringify(drawing));
      onOutcome(true);
    } catch {
      onOutcome(false);
    }
  };
  addEventListener('pagehide', write);
  document.addEventListener('visibilitychange', write);
  return (elements, appState, files) => {
    latest = { elements, appState, files };
    timer ??= setTimeout(write, 500);
  };
}
