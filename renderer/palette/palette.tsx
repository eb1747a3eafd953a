import { type KeyboardEvent, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { Icon } from '../components/icon.tsx';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { commandsOf, type Match, matchCommands } from './commands.ts';
import type { PaletteCommand } from './palette-command.ts';
import { PaletteOption } from './palette-option.tsx';
import { closePalette, paletteStore, recentCommands, rememberCommand } from './palette-store.ts';

const words = texts.palette;
// More are found by typing on.
const mostShown = 60;

export function Palette({ snapshot }: { readonly snapshot: Snapshot | undefined }) {
  const isOpen = useStore(paletteStore) === 'palette';
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen && dialog.current?.open === false) dialog.current.showModal();
    if (!isOpen) dialog.current?.close();
  }, [isOpen]);

  function choose(command: PaletteCommand) {
    if (command.off !== undefined) return;
    if (command.isEnding !== true) rememberCommand(command.id);
    // Closed first: what the command focuses keeps the focus.
    dialog.current?.close();
    closePalette();
    command.run();
  }

  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={words.title}
      onClose={(event) => {
        // Told late on a busy machine: it may be open again.
        if (!event.currentTarget.open && paletteStore.get() === 'palette') closePalette();
      }}
      // By a click beside it too.
      {...{ closedby: 'any' }}
    >
      {isOpen && snapshot !== undefined && <PaletteBody snapshot={snapshot} onChoose={choose} />}
    </dialog>
  );
}

interface PaletteBodyProps {
  readonly snapshot: Snapshot;
  readonly onChoose: (command: PaletteCommand) => void;
}

function PaletteBody({ snapshot, onChoose }: PaletteBodyProps) {
  const id = useId();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const commands = useMemo(() => commandsOf(snapshot), [snapshot]);
  const asked = useDeferredValue(query);
  const matches = useMemo(() => matchCommands(commands, asked, recentCommands()), [commands, asked]);
  const shown = matches.slice(0, mostShown);
  const current = Math.min(active, shown.length - 1);
  const optionId = (match: Match | undefined) => (match === undefined ? undefined : `${id}-${match.command.id}`);
  const currentId = optionId(shown[current]);
  useEffect(() => {
    if (currentId !== undefined) document.getElementById(currentId)?.scrollIntoView({ block: 'nearest' });
  }, [currentId]);

  function onKey(event: KeyboardEvent) {
    const last = shown.length - 1;
    const next = { ArrowDown: current >= last ? 0 : current + 1, ArrowUp: current <= 0 ? last : current - 1 }[
      event.key
    ];
    const isEnd = event.key === 'Home' || event.key === 'End';
    if (next !== undefined) setActive(next);
    else if (isEnd) setActive(event.key === 'Home' ? 0 : last);
    // What was typed last counts, not what is drawn so far.
    else if (event.key === 'Enter') chooseBest();
    else return;
    event.preventDefault();
  }

  function chooseBest() {
    const list = asked === query ? matches : matchCommands(commands, query, recentCommands());
    const match = list[asked === query ? current : 0];
    if (match !== undefined) onChoose(match.command);
  }

  return (
    <>
      <div className="palette-field">
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          aria-label={words.label}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={currentId}
          aria-autocomplete="list"
          placeholder={words.placeholder}
          spellCheck={false}
          autoComplete="off"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKey}
        />
      </div>
      <div id={`${id}-list`} role="listbox" aria-label={words.list} className="palette-list">
        {shown.map((match, index) => (
          <PaletteOption
            key={match.command.id}
            id={optionId(match) ?? ''}
            match={match}
            isCurrent={index === current}
            onChoose={onChoose}
          />
        ))}
      </div>
      <p className="palette-foot">
        <span role="status">{shown.length === 0 ? words.none : words.count(matches.length)}</span>
        {matches.length > mostShown && <span>{words.more(matches.length - mostShown)}</span>}
        <span className="palette-keys">
          <kbd>↑</kbd> <kbd>↓</kbd> {words.keys}
        </span>
      </p>
    </>
  );
}
