// Keys that do what a command of the palette does.
import { pageNames } from '../shell/page-names.ts';

export interface Shortcut {
  // Of the command.
  readonly command: string;
  // With Ctrl, or Cmd on a Mac.
  readonly key: string;
  readonly shift?: boolean;
  // Means nothing to a text field: holds there too.
  readonly whileTyping?: boolean;
}

export const shortcuts: readonly Shortcut[] = [
  { command: 'palette', key: 'k', whileTyping: true },
  { command: 'shortcuts', key: '/', whileTyping: true },
  ...pageNames.map((page, index) => ({ command: `page ${page}`, key: String(index + 1), whileTyping: true })),
  { command: 'start', key: 'Enter' },
  // Not beside what deletes a word: it asks nothing.
  { command: 'stop', key: 'Backspace', shift: true },
  { command: 'cancel', key: '.' },
  { command: 'evidence', key: 'e', shift: true },
  { command: 'doctor', key: 'd', shift: true },
  { command: 'signal', key: 's', shift: true },
  { command: 'copy-otlp', key: 'o', shift: true },
  { command: 'retry-engine', key: 'r', shift: true },
];

export const isMac = /Mac/.test(globalThis.navigator?.platform ?? '');

const keyNames: Readonly<Record<string, string>> = {
  Backspace: isMac ? '⌫' : 'Backspace',
  Enter: isMac ? '↩' : 'Enter',
};

// Each to be shown as a key of its own.
export function keysOf({ key, shift = false }: Shortcut): readonly string[] {
  return [isMac ? '⌘' : 'Ctrl', ...(shift ? [isMac ? '⇧' : 'Shift'] : []), keyNames[key] ?? key.toUpperCase()];
}

export function shortcutOf(command: string): Shortcut | undefined {
  return shortcuts.find((shortcut) => shortcut.command === (command.startsWith('evidence ') ? 'evidence' : command));
}

interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

export function pressedShortcut(pressed: Pressed, isTyping: boolean): Shortcut | undefined {
  const { key, code, altKey, shiftKey } = pressed;
  // AltGr comes as Ctrl and Alt.
  if (altKey) return undefined;
  if (!pressed.ctrlKey && !pressed.metaKey) {
    return key === '?' && !isTyping ? shortcutOf('shortcuts') : undefined;
  }
  return shortcuts.find((shortcut) => {
    if (isTyping && shortcut.whileTyping !== true) return false;
    // Many keyboards have the slash on a key with Shift, and some the digits.
    if (shortcut.key === '/') return key === '/';
    if (shiftKey !== (shortcut.shift ?? false)) return false;
    return key.toLowerCase() === shortcut.key.toLowerCase() || code === `Digit${shortcut.key}`;
  });
}

export function isTypingIn(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type);
}
