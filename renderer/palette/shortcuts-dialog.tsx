import { useEffect, useRef } from 'react';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { Button } from '../components/button.tsx';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { commandsOf } from './commands.ts';
import { Keys } from './keys.tsx';
import { closePalette, paletteStore } from './palette-store.ts';
import { shortcuts } from './shortcuts.ts';

const words = texts.palette.overview;

const moving: readonly (readonly [string, readonly string[]])[] = [
  [words.tab, ['Tab', 'Shift+Tab']],
  [words.press, ['Enter', 'Space']],
  [words.ends, ['Home', 'End']],
  [words.escape, ['Esc']],
];

export function ShortcutsDialog({ snapshot }: { readonly snapshot: Snapshot | undefined }) {
  const isOpen = useStore(paletteStore) === 'shortcuts';
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isOpen && dialog.current?.open === false) {
      dialog.current.showModal();
      title.current?.focus();
    }
    if (!isOpen) dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      className="dialog shortcuts"
      aria-labelledby="shortcuts-title"
      onClose={(event) => {
        // Told late on a busy machine: it may be open again.
        if (!event.currentTarget.open && paletteStore.get() === 'shortcuts') closePalette();
      }}
    >
      <h2 id="shortcuts-title" ref={title} tabIndex={-1}>
        {words.title}
      </h2>
      {isOpen && snapshot !== undefined && <Tables snapshot={snapshot} />}
      <p className="hint">{words.hint}</p>
      <div className="dialog-actions">
        <Button kind="primary" onPress={() => dialog.current?.close()}>
          {words.close}
        </Button>
      </div>
    </dialog>
  );
}

function Tables({ snapshot }: { readonly snapshot: Snapshot }) {
  const titles = new Map(commandsOf(snapshot).map(({ id, title }) => [id, title]));
  titles.set('palette', texts.palette.label).set('evidence', texts.palette.evidence(words.firstFailed));
  return (
    // Scrolls in a low window, so the keyboard gets there.
    <div className="shortcut-tables" role="region" aria-label={words.title} tabIndex={0}>
      <ShortcutTable caption={words.everywhere}>
        {shortcuts.map((shortcut) => (
          <tr key={shortcut.command}>
            <th scope="row">{titles.get(shortcut.command)}</th>
            <td>
              <Keys shortcut={shortcut} />
              {shortcut.command === 'shortcuts' && (
                <span className="keys">
                  <kbd>?</kbd>
                </span>
              )}
            </td>
          </tr>
        ))}
      </ShortcutTable>
      <ShortcutTable caption={words.moving}>
        {moving.map(([what, keys]) => (
          <tr key={what}>
            <th scope="row">{what}</th>
            <td>
              {keys.map((key) => (
                <span key={key} className="keys">
                  {key.split('+').map((each) => (
                    <kbd key={each}>{each}</kbd>
                  ))}
                </span>
              ))}
            </td>
          </tr>
        ))}
      </ShortcutTable>
    </div>
  );
}

function ShortcutTable({ caption, children }: { readonly caption: string; readonly children: React.ReactNode }) {
  return (
    <table>
      <caption>{caption}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{words.command}</th>
          <th scope="col">{words.keys}</th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
