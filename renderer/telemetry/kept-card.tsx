import type { Retention } from '../../electron/core/settings.ts';
import type { ServiceSnapshot } from '../../electron/core/snapshot.ts';
import { hoursWords } from '../../electron/core/telemetry/signal-stores.ts';
import type { SignalStore } from '../../electron/core/telemetry/telemetry-view.ts';
import { Button } from '../components/button.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { texts } from '../texts.ts';
import { bytesWords } from '../words/bytes.ts';
import { RetentionForm } from './retention-form.tsx';

const words = texts.telemetry.kept;
const bytesAGigabyte = 1e9;

interface KeptCardProps {
  readonly store: SignalStore;
  // Of the settings; the store's own is as old as the last look.
  readonly retention: Retention;
  readonly service: ServiceSnapshot | undefined;
  readonly isSaved: boolean;
  readonly isSaving: boolean;
  readonly isWiping: boolean;
  readonly mayWipe: boolean;
  readonly onWipe: () => void;
}

export function KeptCard(props: KeptCardProps) {
  const { store, retention, service, isSaved, isSaving, isWiping, mayWipe, onWipe } = props;
  const name = texts.telemetry.signal[store.signal];
  const note = noteOf(store, retention);
  return (
    <li className="kept-card" data-signal={store.signal}>
      <h3>
        {name} <span className="aside">{words.by(service?.title ?? store.service)}</span>
      </h3>
      <Use store={store} retention={retention} name={name} />
      {note !== '' && (
        <p className="with-icon kept-note">
          <StateIcon state="degraded" />
          <span>{note}</span>
        </p>
      )}
      <RetentionForm
        signal={store.signal}
        retention={retention}
        isRunning={service !== undefined && service.containerId !== undefined && service.state !== 'off'}
        isSaved={isSaved}
        isSaving={isSaving}
      />
      <Button icon="remove" about={name.toLowerCase()} isEnabled={mayWipe} onPress={onWipe}>
        {isWiping ? words.wiping : words.wipe}
      </Button>
    </li>
  );
}

interface UseProps {
  readonly store: SignalStore;
  readonly retention: Retention;
  readonly name: string;
}

function Use({ store: { usedBytes }, retention, name }: UseProps) {
  const cap = retention.gigabytes * bytesAGigabyte;
  const capWords = bytesWords(cap);
  return (
    <div className="kept-use">
      <p>
        {usedBytes === undefined
          ? words.unknown(capWords)
          : words.used(bytesWords(usedBytes), capWords, usedBytes / cap)}
      </p>
      {/* Its room is there also while nothing is known. */}
      <div className="kept-bar" data-over={usedBytes !== undefined && usedBytes > cap}>
        {usedBytes !== undefined && (
          <progress aria-label={words.bar(name)} value={Math.min(usedBytes, cap)} max={cap} />
        )}
      </div>
    </div>
  );
}

function noteOf({ shortenedToHours, usedBytes, isOverCap }: SignalStore, { gigabytes }: Retention): string {
  if (isOverCap) return words.over;
  if (shortenedToHours !== undefined) return words.shortened(hoursWords(shortenedToHours));
  return usedBytes !== undefined && usedBytes > gigabytes * bytesAGigabyte ? words.above : '';
}
