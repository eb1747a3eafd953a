// What the keys mean while the lines have the focus.
import type { KeyboardEvent } from 'react';

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

export type ListKey =
  | { readonly kind: 'line' | 'page'; readonly steps: number; readonly isExtending: boolean }
  | { readonly kind: 'first' | 'last'; readonly isExtending: boolean }
  | { readonly kind: 'find'; readonly isBackwards: boolean }
  | { readonly kind: 'open' | 'copy' };

const moves: Readonly<Record<string, { readonly kind: 'line' | 'page'; readonly steps: number }>> = {
  ArrowUp: { kind: 'line', steps: -1 },
  k: { kind: 'line', steps: -1 },
  ArrowDown: { kind: 'line', steps: 1 },
  j: { kind: 'line', steps: 1 },
  PageUp: { kind: 'page', steps: -1 },
  PageDown: { kind: 'page', steps: 1 },
};

// undefined: none of ours.
export function listKey({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): ListKey | undefined {
  if (altKey) return undefined;
  if (ctrlKey || metaKey) {
    // Text that was marked with the pointer is copied by the browser itself.
    const isMarked = document.getSelection()?.isCollapsed === false;
    return key === 'c' && !isMarked ? { kind: 'copy' } : undefined;
  }
  const move = moves[key];
  if (move !== undefined) return { ...move, isExtending: shiftKey };
  if (key === 'Home' || key === 'g') return { kind: 'first', isExtending: shiftKey };
  if (key === 'End') return { kind: 'last', isExtending: shiftKey };
  if (key === 'G') return { kind: 'last', isExtending: false };
  if (key === 'n' || key === 'N') return { kind: 'find', isBackwards: shiftKey };
  return key === 'Enter' ? { kind: 'open' } : undefined;
}
