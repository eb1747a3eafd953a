import { useEffect } from 'react';
import { snapshotStore } from '../stores/snapshot-store.ts';
import { commandsOf } from './commands.ts';
import { closePalette, paletteStore, showPalette } from './palette-store.ts';
import { isTypingIn, pressedShortcut } from './shortcuts.ts';

// Of the whole window, but for dialogs: what one asks is answered first.
export function useShortcuts(): void {
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const shortcut = pressedShortcut(event, isTypingIn(event.target));
  if (shortcut === undefined) return;
  if (shortcut.command === 'palette' && paletteStore.get() === 'palette') {
    event.preventDefault();
    closePalette();
    return;
  }
  if (document.querySelector('dialog[open]') !== null) return;
  event.preventDefault();
  if (event.repeat) return;
  if (shortcut.command === 'palette') showPalette();
  else runCommand(shortcut.command);
}

function runCommand(id: string): void {
  const snapshot = snapshotStore.get();
  if (snapshot === undefined) return;
  const command = commandsOf(snapshot).find((each) => each.id === id || (id === 'evidence' && each.id.startsWith(id)));
  if (command !== undefined && command.off === undefined) command.run();
}
