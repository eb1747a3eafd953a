import { useEffect } from 'react';
import type { DiskView } from '../../electron/core/figures.ts';
import { diskTotals } from '../../electron/core/figure-disk.ts';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { Button } from '../components/button.tsx';
import { figuresTexts } from '../figures-texts.ts';
import { announce } from '../stores/announcements.ts';
import { useStore } from '../stores/store.ts';
import { bytesWords } from '../words/bytes.ts';
import { dateTimeWords } from '../words/clock.ts';
import { diskStore, measureDisk } from './figures-store.ts';
import { SpaceTable } from './space-table.tsx';

const words = figuresTexts.space;

// Younger than this, it is not measured once more only because the page is opened.
const freshMilliseconds = 10 * 60_000;

export function SpaceSection({ snapshot }: { readonly snapshot: Snapshot }) {
  const { view, isMeasuring } = useStore(diskStore);
  const isConnected = snapshot.engine.kind === 'connected';
  useEffect(() => {
    const { view: known } = diskStore.get();
    if (isConnected && (known === undefined || Date.now() - known.measuredAt > freshMilliseconds)) {
      void measureDisk(false);
    }
  }, [isConnected]);
  return (
    <section className="host-section figures-space" aria-labelledby="figures-space">
      <h2 id="figures-space">{words.title}</h2>
      <p className="host-how">{words.intro}</p>
      <div className="host-actions">
        <Button icon="restart" isEnabled={isConnected && !isMeasuring} onPress={() => void measureAgain()}>
          {isMeasuring ? words.measuring : view === undefined ? words.measure : words.again}
        </Button>
        <p className="hint">{view !== undefined && words.measured(dateTimeWords(view.measuredAt))}</p>
      </div>
      {isMeasuring && view === undefined && <progress aria-label={words.measuring} />}
      {view !== undefined && <Tables view={view} snapshot={snapshot} />}
    </section>
  );
}

async function measureAgain(): Promise<void> {
  const view = await measureDisk(true);
  if (view === undefined) return;
  const { volumes, images } = diskTotals(view);
  announce(words.done(bytesWords(volumes), bytesWords(images)));
}

function Tables({ view, snapshot }: { readonly view: DiskView; readonly snapshot: Snapshot }) {
  const totals = diskTotals(view);
  const titleOf = (service: string) =>
    service === '' ? words.nobody : (snapshot.services.find(({ id }) => id === service)?.title ?? service);
  const rowsOf = (items: DiskView['volumes' | 'images']) =>
    items.map(({ name, service, bytes }) => ({ name, title: titleOf(service), bytes }));
  return (
    <div className="space-tables">
      <SpaceTable title={words.volumes} rows={rowsOf(view.volumes)} total={totals.volumes} none={words.noVolumes} />
      <SpaceTable
        title={words.images}
        rows={rowsOf(view.images)}
        total={totals.images}
        none={words.noImages}
        hint={words.imagesHint}
      />
    </div>
  );
}
