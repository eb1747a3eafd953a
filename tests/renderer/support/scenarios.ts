import type { Scenario } from '../mock-bridge.ts';
import { catalog } from '../../../electron/core/catalog/index.ts';
import type { ServiceDefinition } from '../../../electron/core/catalog/service.ts';
import { attempts, serviceOf, servicesWith, settingsView, shown, snapshotOf, start } from './fixtures.ts';
import { figuresScenario } from './figures-fixtures.ts';
import { hostScenario } from './host-fixtures.ts';
import { imagesScenario } from './images-fixtures.ts';
import { settingsScenario } from './settings-fixtures.ts';
import { timelineView } from './timeline-fixtures.ts';
import { telemetryScenario } from './telemetry-fixtures.ts';
import { hostileTexts, line, linesOf } from './log-lines.ts';

const ids = catalog.map((service) => service.id);
const first = catalog[0] as ServiceDefinition;

function scenario(snapshot: Scenario['snapshot'], change: Partial<Scenario> = {}): Scenario {
  return {
    snapshot,
    settings: settingsView,
    lines: linesOf(ids, 40),
    host: hostScenario(),
    telemetry: telemetryScenario(),
    figures: figuresScenario(),
    timeline: timelineView(),
    images: imagesScenario(),
    settingsChange: settingsScenario(),
    ...change,
  };
}

const exited = shown({
  code: 'container-exited',
  service: 'loki',
  exitCode: 1,
  outOfMemory: false,
  lastLines: [
    'level=error caller=main.go:73 msg="validating config" err="invalid schema config"',
    'failed parsing config: /etc/loki/loki.yml: yaml: line 14: did not find expected key',
  ],
});

const manyServices = Array.from({ length: 200 }, (_, index) => {
  const number = String(index + 1).padStart(3, '0');
  const group = (['ingress', 'observability', 'tools'] as const)[index % 3] ?? 'tools';
  return serviceOf(
    { ...first, id: `service-${number}`, title: `Service ${number}`, group, needs: index === 0 ? [] : ['service-001'] },
    index % 17 === 5 ? { state: 'starting', reason: 'Not ready yet: connection refused' } : {},
  );
});

export const scenarios = {
  off: scenario(
    snapshotOf('off', 'The stack is off', servicesWith({ '*': { state: 'off', since: start - 40 * 60_000 } }), {
      trayVisible: false,
    }),
    { lines: [] },
  ),
  working: scenario(
    snapshotOf(
      'working',
      '2 of 7 services are ready',
      servicesWith({
        '*': { isBusy: true, since: start - 48_000 },
        grafana: {
          state: 'pulling',
          isBusy: true,
          since: start - 22_000,
          pull: { layersDone: 4, layersTotal: 11, bytesDone: 84_300_000, bytesTotal: 221_000_000 },
        },
        loki: {
          state: 'starting',
          isBusy: true,
          since: start - 9_000,
          reason: 'Ingester not ready: waiting for 15s after being ready',
        },
        tempo: {
          state: 'pulling',
          isBusy: true,
          since: start - 4_000,
          pull: { layersDone: 0, layersTotal: 3, bytesDone: 1_240_000, bytesTotal: 0 },
        },
        excalidraw: { state: 'off', isBusy: true, since: start - 30 * 60_000, reason: 'Waits for Ingress' },
      }),
      { activity: { command: 'up', startedAt: start - 52_000, operationsDone: 9, operationsTotal: 24 } },
    ),
  ),
  ready: scenario(snapshotOf('ready', 'All 7 services are ready', servicesWith())),
  degraded: scenario(
    snapshotOf(
      'degraded',
      '5 of 7 services are ready: Tempo is degraded, Excalidraw is off',
      servicesWith({
        tempo: { state: 'degraded', reason: 'Does not answer since 14:02: connection refused', since: start - 130_000 },
        excalidraw: { state: 'off', enabled: false, reason: 'Switched off in Settings' },
      }),
      { notes: ['172.23.0.0/16 is in use on this machine, so the network is 172.24.0.0/16.'] },
    ),
  ),
  failed: scenario(
    snapshotOf(
      'failed',
      'Loki failed; 5 of 7 services are ready',
      servicesWith({
        loki: { state: 'failed', reason: 'Exited with code 1', since: start - 64_000 },
        grafana: { state: 'off', reason: 'Needs Loki, which failed', since: start - 64_000 },
      }),
      { failures: [exited, shown({ code: 'needed-service-failed', service: 'grafana', needed: 'loki' })] },
    ),
  ),
  engineUnavailable: scenario(
    snapshotOf(
      'unknown',
      'You may not use the container engine',
      servicesWith({ '*': { state: 'off', isCut: true } }),
      {
        engine: {
          kind: 'unavailable',
          // As the app always says it: it never stops looking.
          retrying: true,
          failure: shown({
            code: 'engine-permission-denied',
            endpoint: 'unix:///var/run/docker.sock',
            tried: attempts,
          }),
        },
      },
    ),
    { lines: [], settings: { ...settingsView, rejectedEngines: attempts } },
  ),
  stubs: scenario(
    snapshotOf(
      'ready',
      'All 7 services are ready',
      catalog.map((definition) => {
        const substitute = definition.id === 'grafana' ? 'stub' : definition.id === 'ingress' ? 'packaged' : 'built';
        const service = serviceOf(definition);
        return { ...service, image: { ...service.image, substitute } };
      }),
      {
        notes: [
          'Grafana: only a stub is here, not the real program. It appears as soon as its image can be downloaded or loaded.',
          'Port 80 is not published: this engine may not open it. Every page is at port 8080.',
        ],
      },
    ),
    {
      settings: {
        ...settingsView,
        warning: 'baseDomain could not be used; macula.local stands in for it.',
        settings: { ...settingsView.settings, publishPort80: false, engineEndpoint: 'unix:///var/run/docker.sock' },
      },
    },
  ),
  many: scenario(snapshotOf('working', '188 of 200 services are ready', manyServices), {
    lines: linesOf(
      manyServices.map((service) => service.id),
      6,
    ),
    settings: { ...settingsView, services: manyServices.map(({ id, title }) => ({ id, title, enabled: true })) },
  }),
  hostile: scenario(
    snapshotOf(
      'failed',
      'Loki failed; 6 of 7 services are ready',
      servicesWith({
        loki: { state: 'failed', reason: `Exited: ${hostileTexts[0]}` },
        grafana: { state: 'degraded', reason: `${'x'.repeat(600)}` },
      }),
      {
        failures: [
          shown({
            code: 'not-ready',
            service: 'loki',
            seconds: 120,
            reason: hostileTexts[1] ?? '',
            lastLines: hostileTexts.slice(0, 5),
          }),
        ],
      },
    ),
    { lines: ids.flatMap((id) => hostileTexts.map((text, index) => line(id, index, text))) },
  ),
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
