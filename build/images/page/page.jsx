import { Excalidraw, MainMenu } from '@excalidraw/excalidraw';
import '@excalidraw/excalidraw/index.css';
import { useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { createKeeper, loadDrawing } from './drawing.js';

const initialData = loadDrawing();

function Whiteboard() {
  const [isKept, setKept] = useState(true);
  const keep = useMemo(() => createKeeper(setKept), []);
  return (
    <Excalidraw
      initialData={initialData}
      onChange={keep}
      handleKeyboardGlobally
      renderTopRightUI={() =>
        isKept ? null : (
          <div className="notice" role="alert">
            This browser has no room left for the drawing: save it to a file.
          </div>
        )
      }
    >
      <MainMenu>
        <MainMenu.DefaultItems.LoadScene />
        <MainMenu.DefaultItems.SaveToActiveFile />
        <MainMenu.DefaultItems.Export />
        <MainMenu.DefaultItems.SaveAsImage />
        <MainMenu.DefaultItems.SearchMenu />
        <MainMenu.DefaultItems.Help />
        <MainMenu.DefaultItems.ClearCanvas />
        <MainMenu.Separator />
        <MainMenu.DefaultItems.ToggleTheme />
        <MainMenu.DefaultItems.ChangeCanvasBackground />
      </MainMenu>
    </Excalidraw>
  );
}

createRoot(document.getElementById('whiteboard')).render(<Whiteboard />);
