// Which of the two dialogs is open, and which commands were used last.
import { createStore } from '../stores/store.ts';

export const paletteStore = createStore<'closed' | 'palette' | 'shortcuts'>('closed');

export function showPalette(): void {
  paletteStore.set('palette');
}

export function showShortcuts(): void {
  paletteStore.set('shortcuts');
}

export function closePalette(): void {
  paletteStore.set('closed');
}

const key = 'macula.recent-commands';
const most = 8;

// Newest first. Kept for the next window; where nothing can be kept, for this one.
let recent: readonly string[] = readRecent();

function readRecent(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string').slice(0, most) : [];
  } catch {
    return [];
  }
}

export function recentCommands(): readonly string[] {
  return recent;
}

export function rememberCommand(id: string): void {
  recent = [id, ...recent.filter((other) => other !== id)].slice(0, most);
  try {
    localStorage.setItem(key, JSON.stringify(recent));
  } catch {
    // Then it is of this window only.
  }
}
