// The Images page in every state that it tells apart.
import type { ServiceImage } from '../../../electron/core/images/images-view.ts';
import type { ImagesScenario, Scenario } from '../mock-bridge.ts';
import { type ServiceChange, servicesWith, snapshotOf, start } from './fixtures.ts';
import { imagesScenario, imagesView } from './images-fixtures.ts';
import { hostileTexts } from './log-lines.ts';
import { scenarios } from './scenarios.ts';

const gone: Partial<ServiceImage> = { state: 'missing', sizeBytes: undefined as never };
const missing = { grafana: gone, loki: gone, tempo: gone };

function imagesPage(images: Partial<ImagesScenario>, change: Partial<Scenario> = {}): Scenario {
  return { ...scenarios.off, images: imagesScenario(images), ...change };
}

function withoutImages(change: Readonly<Record<string, ServiceChange>> = {}) {
  return servicesWith({ '*': { state: 'off' } }).map((service) =>
    service.id in missing
      ? { ...service, image: { ...service.image, present: false }, ...change[service.id] }
      : { ...service, ...change[service.id] },
  );
}

export const sizes = [
  { service: 'grafana', bytes: 221_000_000 },
  { service: 'loki', bytes: 42_300_000 },
  { service: 'tempo', problem: 'The registry does not answer: connection refused.' },
];

export const missingSnapshot = snapshotOf('off', 'The stack is off', withoutImages());
export const pullingSnapshot = snapshotOf(
  'working',
  '0 of 7 services are ready',
  withoutImages({
    grafana: {
      state: 'pulling',
      pull: { layersDone: 4, layersTotal: 11, bytesDone: 84_300_000, bytesTotal: 221_000_000 },
    },
    tempo: { state: 'pulling', pull: { layersDone: 0, layersTotal: 3, bytesDone: 1_240_000, bytesTotal: 0 } },
  }),
  { activity: { command: 'pull', startedAt: start - 20_000, operationsDone: 0, operationsTotal: 3 } },
);

export const imagesScenarios = {
  present: imagesPage({}, { snapshot: scenarios.ready.snapshot }),
  missing: imagesPage({ view: imagesView(missing), sizes }, { snapshot: missingSnapshot }),
  pulling: imagesPage({ view: imagesView(missing), sizes }, { snapshot: pullingSnapshot }),
  mixed: imagesPage({
    view: {
      ...imagesView({
        ingress: { state: 'substitute', substitute: 'packaged' },
        prometheus: { state: 'substitute', substitute: 'built' },
        grafana: { state: 'substitute', substitute: 'stub', sizeBytes: 4_100_000 },
        loki: { state: 'outdated' },
        tempo: { state: 'foreign' },
        alloy: { isImported: true, imported: 'bundle-record' },
        excalidraw: { ...gone, enabled: false },
      }),
      unused: ['grafana/grafana:12.4.0', 'grafana/loki:3.6.1', 'prom/prometheus@sha256:'].map((name, index) => ({
        id: `sha256:${`${index}b`.repeat(32)}`,
        name: name.endsWith(':') ? `${name}${'9c'.repeat(32)}` : name,
        sizeBytes: 612_000_000 / (index + 1),
        createdAt: start - (index + 1) * 40 * 24 * 3_600_000,
      })),
    },
    sizes: [{ service: 'tempo', bytes: 41_000_000 }],
  }),
  transfer: imagesPage({
    view: {
      ...imagesView(),
      transfer: { kind: 'import', bytesDone: 812_000_000, bytesTotal: 1_456_000_000, image: 'grafana/grafana:12.4.1' },
    },
  }),
  away: imagesPage({}, { snapshot: scenarios.engineUnavailable.snapshot }),
  hostile: imagesPage({
    view: {
      ...imagesView({
        loki: { name: `example.org/${'long-name-'.repeat(30)}:1`, title: hostileTexts[0] ?? '' },
        tempo: { state: 'missing', name: hostileTexts[1] ?? '' },
      }),
      unused: hostileTexts.slice(0, 4).map((name, index) => ({
        id: `sha256:${`${index}c`.repeat(32)}`,
        name,
        sizeBytes: 9e15,
        createdAt: 0,
      })),
    },
    sizes: [{ service: 'tempo', problem: hostileTexts[0] ?? '' }],
  }),
} as const satisfies Record<string, Scenario>;

export type ImagesScenarioName = keyof typeof imagesScenarios;
