// The networks of others that Prometheus is on while something there is to be scraped.
import type { EnginePort } from '../../core/engine-port.ts';
import type { ObservedContainer } from '../../core/observed.ts';
import { networkChange } from '../../core/telemetry/networks.ts';

export interface FollowedNetworks {
  // left: those that an earlier process may have put it on. Throws FailureError of the first that failed, when all were
  // tried.
  follow(
    engine: EnginePort,
    prometheus: ObservedContainer,
    wanted: readonly string[],
    left: readonly string[],
  ): Promise<void>;
}

export function createFollowedNetworks(): FollowedNetworks {
  // Those that it was put on because they were wanted, or was on when they were: of this container only.
  let joined: { readonly containerId: string; readonly names: Set<string> } | undefined;

  return {
    async follow(engine, prometheus, wanted, left) {
      const { id, networks: isOn = [] } = prometheus;
      if (joined?.containerId !== id) joined = { containerId: id, names: new Set() };
      const { names } = joined;
      for (const name of [...wanted, ...left]) if (isOn.includes(name)) names.add(name);
      const { connect, disconnect } = networkChange(wanted, isOn, names);
      const results = await Promise.allSettled([
        ...connect.map(async (name) => {
          await engine.connectNetwork(name, id);
          names.add(name);
        }),
        ...disconnect.map(async (name) => {
          await engine.disconnectNetwork(name, id);
          names.delete(name);
        }),
      ]);
      const failed = results.find((result) => result.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
  };
}
