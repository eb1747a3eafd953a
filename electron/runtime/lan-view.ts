// LAN mode as it is now, for everybody who shows it.
import type { LanNetwork } from '../core/host/host-facts.ts';
import type { GuardIntent } from '../core/host/host-request.ts';
import type { LanView } from '../core/host/host-view.ts';
import { lanView } from '../core/host/lan.ts';
import type { Observed } from '../core/observed.ts';
import type { RuntimeParts } from './runtime-parts.ts';

export interface LanSight {
  readonly observed: Observed | undefined;
  readonly guard: GuardIntent | undefined;
}

export interface NetworkSight {
  readonly lan?: LanNetwork | undefined;
  readonly lanProblem?: string | undefined;
}

export function lanViewNow({ observed, guard }: LanSight, parts: RuntimeParts, seen: NetworkSight): LanView {
  return lanView({
    catalog: parts.catalog,
    settings: parts.settings.get().lan,
    disabled: parts.settings.get().disabledServices,
    observed,
    guard,
    network: seen.lan,
    problem: seen.lanProblem,
    now: parts.clock.now(),
  });
}
