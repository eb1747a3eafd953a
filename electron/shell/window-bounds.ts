// Where the window was, kept in a small file of its own. Anything odd in it means: the usual place.
import { readFileSync, writeFileSync } from 'node:fs';
import type { Rectangle } from 'electron';

export interface WindowPlace {
  readonly bounds: Rectangle;
  readonly isMaximized: boolean;
}

export const minimumSize = { width: 640, height: 480 } as const;
export const usualSize = { width: 1080, height: 760 } as const;

export function readPlace(path: string): WindowPlace | undefined {
  try {
    return parsePlace(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

export function writePlace(path: string, place: WindowPlace): void {
  try {
    writeFileSync(path, JSON.stringify(place), { mode: 0o600 });
  } catch {
    // The window opens at its usual place next time.
  }
}

export function parsePlace(value: unknown): WindowPlace | undefined {
  const { bounds, isMaximized } = value as Partial<WindowPlace>;
  if (bounds === undefined || typeof isMaximized !== 'boolean') return undefined;
  const { x, y, width, height } = bounds;
  if (![x, y, width, height].every((number) => Number.isInteger(number) && Math.abs(number) < 100_000))
    return undefined;
  if (width < minimumSize.width || height < minimumSize.height) return undefined;
  return { bounds: { x, y, width, height }, isMaximized };
}

// A display may be gone since: then only the size is kept. Enough of the window must be seen to take hold of it.
export function fitPlace(place: WindowPlace, displays: readonly Rectangle[]): Partial<Rectangle> {
  const { bounds } = place;
  const isReachable = displays.some((display) => {
    const seen = Math.min(bounds.x + bounds.width, display.x + display.width) - Math.max(bounds.x, display.x);
    const isTitleSeen = bounds.y >= display.y && bounds.y < display.y + display.height - 40;
    return seen >= 120 && isTitleSeen;
  });
  return isReachable ? bounds : { width: bounds.width, height: bounds.height };
}
