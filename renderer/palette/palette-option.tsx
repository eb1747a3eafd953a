import { memo } from 'react';
import { Icon } from '../components/icon.tsx';
import { texts } from '../texts.ts';
import type { Match } from './commands.ts';
import { Keys } from './keys.tsx';
import type { PaletteCommand } from './palette-command.ts';
import { shortcutOf } from './shortcuts.ts';

interface PaletteOptionProps {
  readonly id: string;
  readonly match: Match;
  readonly isCurrent: boolean;
  readonly onChoose: (command: PaletteCommand) => void;
}

export const PaletteOption = memo(function PaletteOption({ id, match, isCurrent, onChoose }: PaletteOptionProps) {
  const { command, places } = match;
  const shortcut = shortcutOf(command.id);
  return (
    // The keys are the field's.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isCurrent}
      aria-disabled={command.off === undefined ? undefined : true}
      className="palette-option"
      onClick={() => onChoose(command)}
    >
      <Icon name={command.icon} />
      <span className="palette-title">
        <Marked title={command.title} places={places} />
        {command.off !== undefined && <span className="palette-off"> – {command.off}</span>}
      </span>
      <span className="palette-group">{texts.palette.groups[command.group]}</span>
      {shortcut !== undefined && <Keys shortcut={shortcut} />}
    </div>
  );
});

// The letters that were meant, as few pieces as can be.
function Marked({ title, places }: { readonly title: string; readonly places: readonly number[] }) {
  if (places.length === 0) return title;
  const marked = new Set(places);
  const pieces: { text: string; isMarked: boolean; at: number }[] = [];
  let at = 0;
  for (const character of title) {
    const isMarked = marked.has(at);
    const last = pieces.at(-1);
    if (last !== undefined && last.isMarked === isMarked) last.text += character;
    else pieces.push({ text: character, isMarked, at });
    at += character.length;
  }
  return pieces.map((piece) => (piece.isMarked ? <mark key={piece.at}>{piece.text}</mark> : piece.text));
}
