import { useRef } from 'react';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { texts } from '../texts.ts';
import { showPalette, showShortcuts } from '../palette/palette-store.ts';
import { askToRemove } from './remove-store.ts';

// What the tray's menu offers beyond the pages, for desktops that show no tray.
export function Menu({ snapshot }: { readonly snapshot: Snapshot | undefined }) {
  const popover = useRef<HTMLDivElement>(null);
  const actions = snapshot?.stack.actions;
  const isConnected = snapshot?.engine.kind === 'connected';
  function choose(action: () => void) {
    popover.current?.hidePopover();
    action();
  }
  return (
    <>
      <button type="button" className="button button-quiet menu-button" popoverTarget="menu">
        <Icon name="menu" />
        <span className="menu-button-words">{texts.menu.label}</span>
      </button>
      <div id="menu" ref={popover} popover="auto" className="menu" role="group" aria-label={texts.menu.label}>
        <Button
          kind="quiet"
          icon="start"
          isEnabled={actions?.start ?? false}
          onPress={() => choose(() => void run('stack:up', {}))}
        >
          {texts.menu.startAll}
        </Button>
        <Button
          kind="quiet"
          icon="stop"
          isEnabled={actions?.stop ?? false}
          onPress={() => choose(() => void run('stack:stop', {}))}
        >
          {texts.menu.stopAll}
        </Button>
        <Button
          kind="quiet"
          icon="remove"
          isEnabled={isConnected && snapshot?.activity === undefined}
          onPress={() => choose(askToRemove)}
        >
          {texts.menu.remove}
        </Button>
        <hr />
        <Button kind="quiet" icon="search" onPress={() => choose(showPalette)}>
          {texts.palette.open}…
        </Button>
        <Button kind="quiet" icon="keyboard" onPress={() => choose(showShortcuts)}>
          {texts.palette.shortcuts}
        </Button>
        <hr />
        <Button kind="quiet" icon="power" onPress={() => choose(() => void run('app:quit', undefined))}>
          {texts.menu.quit}
        </Button>
        <p className="menu-hint">{texts.menu.quitHint}</p>
      </div>
    </>
  );
}
