import { useEffect, useRef } from 'react';
import type { Page } from '../../electron/contract/contract.ts';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { Icon } from '../components/icon.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { Keys } from '../palette/keys.tsx';
import { showPalette } from '../palette/palette-store.ts';
import { keysOf, shortcutOf } from '../palette/shortcuts.ts';
import { navigate } from '../stores/navigation.ts';
import { texts } from '../texts.ts';
import { Menu } from './menu.tsx';
import { pageNames } from './page-names.ts';

export function TopBar({ page, snapshot }: { readonly page: Page; readonly snapshot: Snapshot | undefined }) {
  const state = snapshot?.stack.state ?? 'unknown';
  const current = useRef<HTMLButtonElement>(null);
  // In a narrow window the tabs scroll.
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [page]);
  return (
    <header className="top-bar">
      <div className="brand">
        <Mark />
        <span className="brand-name">{texts.app.name}</span>
      </div>
      <nav aria-label={texts.app.pages} className="tabs">
        <ul>
          {pageNames.map((name, index) => (
            <li key={name}>
              <button
                type="button"
                ref={name === page ? current : undefined}
                className="tab"
                aria-current={name === page ? 'page' : undefined}
                aria-keyshortcuts={`Control+${index + 1}`}
                title={keysOf({ command: '', key: String(index + 1) }).join('+')}
                onClick={() => navigate(name)}
              >
                {texts.pages[name]}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <p className="top-state">
        <StateIcon state={state} />
        <span className="top-state-words">{texts.stackState[state]}</span>
      </p>
      <PaletteButton />
      <Menu snapshot={snapshot} />
    </header>
  );
}

const paletteShortcut = shortcutOf('palette');

function PaletteButton() {
  return (
    <button type="button" className="button palette-button" aria-keyshortcuts="Control+K" onClick={showPalette}>
      <Icon name="search" />
      <span>{texts.palette.open}</span>
      {paletteShortcut !== undefined && (
        <span aria-hidden="true">
          <Keys shortcut={paletteShortcut} />
        </span>
      )}
    </button>
  );
}

// The macula is the spot of sharpest sight: a ring, its scale and the spot.
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10" className="mark-ring" />
      <path d="M12 2v3M12 19v3M2 12h3M19 12h3" className="mark-scale" />
      <circle cx="13.6" cy="11" r="3.4" className="mark-spot" />
    </svg>
  );
}
