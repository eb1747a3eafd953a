import { useEffect, useState } from 'react';
import type { NamesBackend } from '../../electron/core/host/host-view.ts';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { hostStore, loadHost } from '../host/host-store.ts';
import { NamesChoices } from '../host/names-choices.tsx';
import { usualChoice } from '../host/names-section.tsx';
import { openPreview } from '../host/sheet-store.ts';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';

const words = texts.firstRun.names;

export function NamesStep({ snapshot }: { readonly snapshot: Snapshot }) {
  const { view, hasFailed } = useStore(hostStore);
  const [chosen, setChosen] = useState<NamesBackend>();
  const { host } = snapshot;
  useEffect(() => void loadHost(), [host]);
  const places = snapshot.services.flatMap(({ urls }) => urls.filter(({ id }) => id.endsWith(':localhost')));
  const backend = chosen ?? (view === undefined ? 'localhost' : usualChoice(view.names));
  const isUp = view?.names.hosts.length !== 0 && view?.names.hosts.every(({ state }) => state === 'right') === true;
  return (
    <>
      <p className="first-run-what">{words.what(`grafana.${snapshot.baseDomain}`)}</p>
      {places.length > 0 && (
        <div>
          <p>{words.without}</p>
          <ul className="first-run-places">
            {places.map(({ id, url }) => (
              <li key={id} className="code">
                {url.replace(/\/$/, '')}
              </li>
            ))}
          </ul>
        </div>
      )}
      {view === undefined && !hasFailed && <p role="status">{texts.host.loading}</p>}
      {view === undefined && hasFailed && (
        <Notice kind="degraded" title={texts.host.unread}>
          <Button icon="restart" onPress={() => void loadHost()}>
            {texts.host.again}
          </Button>
        </Notice>
      )}
      {view !== undefined && (
        <>
          <p className="first-run-found" role="status">
            <StateIcon state={isUp ? 'ready' : 'off'} />
            <span>
              <strong>{texts.host.names.summary(view.names)}</strong> {isUp && texts.host.names.how(view.names)}
            </span>
          </p>
          {!isUp && <NamesChoices names={view.names} chosen={backend} onChoose={setChosen} />}
          {!isUp && (
            <div className="images-actions">
              <Button
                kind="primary"
                about={words.previewAbout}
                isEnabled={backend !== 'localhost'}
                onPress={() => void openPreview({ kind: 'names', backend })}
              >
                {words.preview}
              </Button>
              <p className="hint">{backend === 'localhost' ? words.nothing : words.effect}</p>
            </div>
          )}
        </>
      )}
      <p className="hint">{words.later}</p>
    </>
  );
}
