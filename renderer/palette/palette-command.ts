import type { IconName } from '../components/icon.tsx';
import type { paletteTexts } from '../palette-texts.ts';

export interface PaletteCommand {
  // The same in every snapshot: it is remembered as used.
  readonly id: string;
  readonly title: string;
  readonly group: keyof typeof paletteTexts.groups;
  readonly icon: IconName;
  // More words that lead to it.
  readonly also?: string;
  // Why it cannot be done now; undefined where it can.
  readonly off?: string | undefined;
  // Never the first one offered: Enter alone must not end anything.
  readonly isEnding?: true;
  readonly run: () => void;
}
