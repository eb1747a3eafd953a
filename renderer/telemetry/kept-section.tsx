import { useRef, useState } from 'react';
import type { Settings, Signal } from '../../electron/core/settings.ts';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import type { SignalStore } from '../../electron/core/telemetry/telemetry-view.ts';
import { run } from '../bridge.ts';
import { announce } from '../stores/announcements.ts';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { KeptCard } from './kept-card.tsx';
import { loadTelemetry, telemetryStore } from './telemetry-store.ts';
import { TelemetrySection } from './telemetry-section.tsx';
import { WipeDialog } from './wipe-dialog.tsx';

const words = texts.telemetry.kept;

interface KeptSectionProps {
  readonly stores: readonly SignalStore[];
  readonly settings: Settings;
  readonly snapshot: Snapshot;
}

export function KeptSection({ stores, settings, snapshot }: KeptSectionProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [asked, setAsked] = useState<SignalStore>();
  const [wiping, setWiping] = useState<Signal>();
  const { saved, saving } = useStore(telemetryStore);
  const serviceOf = (store: SignalStore) => snapshot.services.find(({ id }) => id === store.service);

  async function wipe({ signal }: SignalStore) {
    dialog.current?.close();
    setWiping(signal);
    const result = await run('telemetry:wipe', { signal });
    setWiping(undefined);
    if (result.ok) announce(texts.telemetry.wipe.done(texts.telemetry.signal[signal]));
    void loadTelemetry();
  }

  return (
    <TelemetrySection name="kept" title={words.title}>
      <p className="host-how">{words.intro}</p>
      <ul className="kept">
        {stores.map((store) => (
          <KeptCard
            key={store.signal}
            store={store}
            retention={settings.retention[store.signal]}
            service={serviceOf(store)}
            isSaved={saved === `retention ${store.signal}`}
            isSaving={saving === `retention ${store.signal}`}
            isWiping={wiping === store.signal}
            mayWipe={snapshot.engine.kind === 'connected' && snapshot.activity === undefined && wiping === undefined}
            onWipe={() => {
              setAsked(store);
              dialog.current?.showModal();
            }}
          />
        ))}
      </ul>
      <WipeDialog
        dialog={dialog}
        store={asked}
        title={(asked && serviceOf(asked)?.title) ?? asked?.service ?? ''}
        onConfirm={() => asked !== undefined && void wipe(asked)}
      />
    </TelemetrySection>
  );
}
