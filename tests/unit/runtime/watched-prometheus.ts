// Prometheus alone on the fake engine, and containers of others beside it.
import { catalog } from '../../../electron/core/catalog/index.ts';
import type { Labels } from '../../../electron/core/identity.ts';
import type { Clock } from '../../../electron/runtime/runtime-parts.ts';
import { systemClock } from '../../../electron/runtime/system-parts.ts';
import type { FakeContainer } from '../../engine/fake-world.ts';
import { desiredStack } from '../core/fixtures.ts';
import { createHarness, type Harness, type HarnessOptions } from './harness.ts';

// What failed is tried again at once.
export const hurriedClock: Clock = {
  now: Date.now,
  after: (milliseconds, callback) =>
    systemClock.after([5000, 15_000].includes(milliseconds) ? 1 : milliseconds, callback),
};

export const userPath = '/etc/prometheus/targets/user.json';
export const observedPath = '/etc/prometheus/targets/observed.json';

export function prometheusHarness(options: HarnessOptions = {}): Harness {
  return createHarness({
    catalog: catalog.filter(({ id }) => id === 'prometheus'),
    templates: {
      'prometheus/prometheus.yml': 'scrape_configs: []',
      'prometheus/targets.json': '{{userTargets}}',
      'prometheus/observed.json': '{{observedTargets}}',
    },
    ...options,
  });
}

export function prometheusOf({ engine }: Harness): FakeContainer {
  return engine.container('macula-prometheus');
}

export function contentOf(harness: Harness, path: string): string | undefined {
  return prometheusOf(harness).files.get(path)?.content;
}

// A container of somebody else's, running on a network of its own.
export async function startOther(
  harness: Harness,
  name: string,
  network: string,
  labels: Labels,
  prefix = '10.9.0',
): Promise<string> {
  const { engine } = harness;
  const addresses = { subnet: `${prefix}.0/24`, ipRange: `${prefix}.128/25`, gateway: `${prefix}.1` };
  await engine.createNetwork({ name: network, ...addresses }, {});
  const [service] = desiredStack().services;
  if (service === undefined) throw new Error('The catalog is empty');
  const { container } = service;
  const other = { ...container, service: 'other', name, address: `${prefix}.7`, publishes: [] };
  const id = await engine.createContainer(other, engine.world.images[0]?.id ?? '', network, labels);
  await engine.startContainer(id);
  return id;
}

export function changesOf(harness: Harness, calls: readonly string[]): readonly string[] {
  return harness.engine.changes
    .map(({ call, subject }) => `${call} ${subject}`)
    .filter((line) => calls.some((call) => line.startsWith(call)));
}
