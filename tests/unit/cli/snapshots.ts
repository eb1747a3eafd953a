// Snapshots as small as the tables of these tests allow.
import type { ServiceSnapshot, Snapshot } from '../../../electron/core/snapshot.ts';

export type ServiceChange = Partial<ServiceSnapshot> & { readonly id: string };

export function snapshotOf(services: readonly ServiceChange[], change: Partial<Snapshot> = {}): Snapshot {
  return {
    number: 1,
    engine: {
      kind: 'connected',
      description: {
        product: 'Docker Engine',
        version: '28.0.0',
        apiVersion: '1.48',
        operatingSystem: 'Linux',
        rootless: false,
        endpoint: 'unix:///var/run/docker.sock',
        foundBy: "Docker's standard socket",
      },
    },
    stack: { state: 'working', summary: '', actions: { start: true, stop: true, cancel: false } },
    services: services.map(serviceOf),
    failures: [],
    notes: [],
    baseDomain: 'macula.local',
    ...change,
  };
}

function serviceOf(change: ServiceChange): ServiceSnapshot {
  const { id } = change;
  return {
    title: id,
    group: 'tools',
    summary: '',
    enabled: true,
    state: 'off',
    reason: '',
    since: 0,
    image: { name: `example/${id}:1`, digest: 'sha256:1', present: true },
    container: `macula-${id}`,
    containerId: `container-${id}`,
    address: '172.23.0.20',
    published: [],
    urls: [{ id: `${id}:localhost`, label: id, url: `http://${id}.macula.localhost:8080/` }],
    needs: [],
    actions: { start: true, stop: true, restart: true, open: true, logs: true },
    ...change,
  };
}
