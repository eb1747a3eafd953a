import type { HostSnapshot } from '../../electron/core/snapshot.ts';
import { Button } from '../components/button.tsx';
import { LanAlarm } from '../host/lan-alarm.tsx';
import { navigate } from '../stores/navigation.ts';
import { texts } from '../texts.ts';
import { clockTime } from '../words/clock.ts';

const words = texts.host.lan;

// That other machines get in is said where it is seen without looking for it.
export function LanBanner({ host }: { readonly host: HostSnapshot | undefined }) {
  if (host?.lan !== 'unguarded') return null;
  return (
    <LanAlarm summary={host.lanSummary}>
      <ShowButton />
    </LanAlarm>
  );
}

export function LanLine({ host }: { readonly host: HostSnapshot | undefined }) {
  if (host === undefined || host.lan === 'off' || host.lan === 'unguarded') return null;
  const isTimed = host.lan === 'on' && host.lanUntil !== undefined;
  return (
    <p className="lan-line">
      <span>{isTimed ? words.onUntil(clockTime(host.lanUntil)) : words.states[host.lan]}</span>
      <ShowButton />
    </p>
  );
}

function ShowButton() {
  return (
    <Button kind="quiet" about={words.showAbout} onPress={() => navigate('host', { section: 'lan' })}>
      {words.show}
    </Button>
  );
}
