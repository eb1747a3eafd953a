// What somebody has to be told of LAN mode, whether or not a window is open. Pure.
import type { HostSnapshot } from '../snapshot.ts';

export interface Notice {
  readonly title: string;
  readonly text: string;
}

export function lanNotice(before: HostSnapshot | undefined, now: HostSnapshot | undefined): Notice | undefined {
  if (now === undefined || before?.lan === now.lan) return undefined;
  if (now.lan === 'unguarded') {
    return {
      title: 'The services are open to every network',
      text: `${now.lanSummary} Turn LAN mode off, or on again.`,
    };
  }
  if (before?.lan === 'on' && now.lan !== 'on') return { title: 'LAN mode has ended', text: now.lanSummary };
  return undefined;
}
