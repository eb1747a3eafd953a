import type { HostView, LanView } from '../../electron/core/host/host-view.ts';
import type { ServiceState, Snapshot } from '../../electron/core/snapshot.ts';
import { Button } from '../components/button.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { texts } from '../texts.ts';
import { HostSection } from './host-section.tsx';
import { LanAlarm } from './lan-alarm.tsx';
import { LanForm } from './lan-form.tsx';
import { LanOpen } from './lan-open.tsx';
import { openPreview } from './sheet-store.ts';

const words = texts.host.lan;

const icons: Readonly<Record<LanView['state'], ServiceState>> = {
  off: 'off',
  on: 'ready',
  unguarded: 'failed',
  closed: 'degraded',
};

interface LanSectionProps {
  readonly view: HostView;
  readonly snapshot: Snapshot;
}

export function LanSection({ view, snapshot }: LanSectionProps) {
  const { lan } = view;
  const { state } = lan;
  // After a change what is ticked begins anew from what is open.
  const open = lan.services.filter((service) => service.isOpen).map((service) => service.id);
  const form = <LanForm key={`${state} ${open.join(' ')}`} lan={lan} />;
  return (
    <HostSection name="lan" title={words.title}>
      {state === 'unguarded' ? (
        <LanAlarm summary={lan.summary}>
          <Button onPress={() => void openPreview(asItIs(lan))}>{words.guardAgain}</Button>
        </LanAlarm>
      ) : (
        <div className="host-lead lan-lead">
          <StateIcon state={icons[state]} />
          <div>
            <p className="lan-state">{words.states[state]}</p>
            <p className="host-summary">{lan.summary}</p>
          </div>
        </div>
      )}
      {state !== 'off' && state !== 'closed' && <LanOpen lan={lan} snapshot={snapshot} />}
      {(state === 'on' || state === 'closed') && (
        <div className="host-actions">
          <Button kind="primary" onPress={() => void openPreview({ kind: 'lan-off' })}>
            {words.turnOff}
          </Button>
        </div>
      )}
      {state === 'off' && form}
      {state === 'closed' && (
        <>
          <h3>{words.openAgain}</h3>
          {form}
        </>
      )}
      {state === 'on' && (
        <details className="lan-change">
          <summary>{words.change}</summary>
          {form}
        </details>
      )}
    </HostSection>
  );
}

// The same once more: what is missing of it is put back.
function asItIs({ services, limit }: LanView) {
  const open = services.filter((service) => service.isOpen);
  return {
    kind: 'lan-on',
    services: open.map((service) => service.id),
    limit: limit ?? 'hour',
    allowUnprotected: open.some((service) => service.protection === 'none'),
  } as const;
}
