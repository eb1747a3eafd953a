// The real catalog, all ready, as the shell gets it.
import { catalog } from '../../../electron/core/catalog/index.ts';
import { deriveSnapshot } from '../../../electron/core/derive-snapshot.ts';
import type { Snapshot } from '../../../electron/core/snapshot.ts';
import { allRunning, desiredStack } from '../core/fixtures.ts';

export function readySnapshot(): Snapshot {
  const desired = desiredStack();
  const observed = allRunning(desired);
  return deriveSnapshot({
    number: 1,
    now: 60_000,
    engine: {
      kind: 'connected',
      description: {
        product: 'Docker Engine',
        version: '28.0.0',
        apiVersion: '1.48',
        operatingSystem: 'Debian',
        rootless: false,
        endpoint: 'unix:///var/run/docker.sock',
        foundBy: 'the usual socket',
      },
    },
    catalog,
    desired,
    observed,
    probes: Object.fromEntries(catalog.map((service) => [service.id, { kind: 'ready' as const }])),
    readyContainers: new Set(observed.containers.map((container) => container.id)),
    progress: undefined,
    failures: [],
    notes: [],
    baseDomain: 'macula.local',
    trayVisible: true,
    previous: undefined,
  });
}
