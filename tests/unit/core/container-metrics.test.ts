import { describe, expect, it } from 'vitest';
import type { ContainerStats } from '../../../electron/core/engine-port.ts';
import { endedPoints, metricsBody, points } from '../../../electron/core/telemetry/container-metrics.ts';

const stats: ContainerStats = {
  at: 1_700_000_000_123,
  cpuSeconds: 1.5,
  memoryBytes: 2,
  memoryLimitBytes: 3,
  networkReceivedBytes: 4,
  networkSentBytes: 5,
  diskReadBytes: 6,
  diskWrittenBytes: 7,
  processes: 8,
};
const container = { service: 'loki', containerName: 'macula-loki', stats };
const nothing = { containers: [], services: [], volumes: [] };

interface Metric {
  readonly name: string;
  readonly unit: string;
  readonly sum?: { readonly isMonotonic: boolean; readonly dataPoints: readonly unknown[] };
  readonly gauge?: { readonly dataPoints: readonly unknown[] };
}

function metricsOf(body: string): readonly Metric[] {
  const parsed = JSON.parse(body) as {
    readonly resourceMetrics: readonly [{ readonly scopeMetrics: readonly [{ readonly metrics: readonly Metric[] }] }];
  };
  return parsed.resourceMetrics[0].scopeMetrics[0].metrics;
}

describe('points', () => {
  it('tells all of a container, of services and of volumes, with their labels', () => {
    const found = points({
      containers: [container],
      services: [
        { service: 'loki', isReady: true },
        { service: 'tempo', isReady: false },
      ],
      volumes: [{ volume: 'loki-data', service: 'loki', bytes: 9 }],
    });
    expect(found.map(({ metric, unit, isCounter, value }) => `${metric} ${unit} ${isCounter} ${value}`)).toEqual([
      'container.cpu.time s true 1.5',
      'container.memory.usage By false 2',
      'container.memory.limit By false 3',
      'container.network.receive By true 4',
      'container.network.transmit By true 5',
      'container.disk.read By true 6',
      'container.disk.write By true 7',
      'container.processes  false 8',
      'macula.service.ready  false 1',
      'macula.service.ready  false 0',
      'macula.volume.size By false 9',
    ]);
    expect(found[0]?.labels).toEqual({ service: 'loki', 'container.name': 'macula-loki' });
    expect(found.at(-2)?.labels).toEqual({ service: 'tempo' });
    expect(found.at(-1)?.labels).toEqual({ volume: 'loki-data', service: 'loki' });
  });

  it('tells no limit where there is none', () => {
    const found = points({ ...nothing, containers: [{ ...container, stats: { ...stats, memoryLimitBytes: 0 } }] });
    expect(found.map(({ metric }) => metric)).not.toContain('container.memory.limit');
    expect(found).toHaveLength(7);
  });
});

describe('metricsBody', () => {
  it('sends counters as sums, the rest as gauges, all of one moment', () => {
    const metrics = metricsOf(metricsBody(stats.at, points({ ...nothing, containers: [container] })));
    expect(metrics[0]).toEqual({
      name: 'container.cpu.time',
      unit: 's',
      sum: {
        aggregationTemporality: 2,
        isMonotonic: true,
        dataPoints: [
          {
            timeUnixNano: '1700000000123000000',
            attributes: [
              { key: 'service', value: { stringValue: 'loki' } },
              { key: 'container.name', value: { stringValue: 'macula-loki' } },
            ],
            asDouble: 1.5,
          },
        ],
      },
    });
    expect(metrics[1]?.gauge?.dataPoints).toHaveLength(1);
  });

  it('puts the points of several containers into one metric each', () => {
    const other = { ...container, service: 'tempo', containerName: 'macula-tempo' };
    const metrics = metricsOf(metricsBody(1, points({ ...nothing, containers: [container, other] })));
    expect(metrics).toHaveLength(8);
    expect(metrics.every(({ sum, gauge }) => (sum ?? gauge)?.dataPoints.length === 2)).toBe(true);
  });

  it('tells the end of what is no more, and of nothing else', () => {
    const before = points({ ...nothing, containers: [container], services: [{ service: 'loki', isReady: true }] });
    const now = points({ ...nothing, services: [{ service: 'loki', isReady: false }] });
    const ended = endedPoints(before, now);
    expect(ended).toHaveLength(8);
    const metrics = metricsOf(metricsBody(1, now, ended));
    const memory = metrics.find(({ name }) => name === 'container.memory.usage');
    expect(memory?.gauge?.dataPoints).toMatchObject([{ flags: 1 }]);
    expect(memory?.gauge?.dataPoints[0]).not.toHaveProperty('asDouble');
    const ready = metrics.find(({ name }) => name === 'macula.service.ready');
    expect(ready?.gauge?.dataPoints).toMatchObject([{ asDouble: 0 }]);
    expect(ready?.gauge?.dataPoints[0]).not.toHaveProperty('flags');
  });
});
