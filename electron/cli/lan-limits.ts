// How long LAN mode stays on, as it is typed and as it is told. Pure.
import type { LanLimit } from '../core/host/host-view.ts';

// Typed after --for -> what is meant.
export const lanLimitWords: Readonly<Record<string, LanLimit>> = { hour: 'hour', network: 'network', ever: 'off' };

export const lanLimitSentences: Readonly<Record<LanLimit, string>> = {
  hour: 'for an hour',
  network: 'until this network is left',
  off: 'until it is turned off',
};
