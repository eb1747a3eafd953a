// What containers use, whether services are ready and how much volumes hold, as OTLP metrics in JSON. Pure.
import type { ContainerStats } from '../engine-port.ts';

export interface ContainerFigures {
  readonly service: string;
  readonly containerName: string;
  readonly stats: ContainerStats;
}

export interface Figures {
  readonly containers: readonly ContainerFigures[];
  readonly services: readonly { readonly service: string; readonly isReady: boolean }[];
  readonly volumes: readonly { readonly volume: string; readonly service: string; readonly bytes: number }[];
}

export interface Point {
  // OTLP's; Prometheus makes container_cpu_time_seconds_total of container.cpu.time in seconds.
  readonly metric: string;
  readonly unit: string;
  readonly isCounter: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface ContainerMetric {
  readonly metric: string;
  readonly unit: string;
  readonly isCounter: boolean;
  // undefined: nothing to tell.
  value(stats: ContainerStats): number | undefined;
}

const bytes = 'By';

const containerMetrics: readonly ContainerMetric[] = [
  { metric: 'container.cpu.time', unit: 's', isCounter: true, value: (stats) => stats.cpuSeconds },
  { metric: 'container.memory.usage', unit: bytes, isCounter: false, value: (stats) => stats.memoryBytes },
  {
    metric: 'container.memory.limit',
    unit: bytes,
    isCounter: false,
    value: (stats) => (stats.memoryLimitBytes > 0 ? stats.memoryLimitBytes : undefined),
  },
  { metric: 'container.network.receive', unit: bytes, isCounter: true, value: (stats) => stats.networkReceivedBytes },
  { metric: 'container.network.transmit', unit: bytes, isCounter: true, value: (stats) => stats.networkSentBytes },
  { metric: 'container.disk.read', unit: bytes, isCounter: true, value: (stats) => stats.diskReadBytes },
  { metric: 'container.disk.write', unit: bytes, isCounter: true, value: (stats) => stats.diskWrittenBytes },
  // A unit of one, or one in words, would become a part of the name of a gauge.
  { metric: 'container.processes', unit: '', isCounter: false, value: (stats) => stats.processes },
];

export function points({ containers, services, volumes }: Figures): readonly Point[] {
  return [
    ...containers.flatMap(({ service, containerName, stats }) =>
      containerMetrics.flatMap(({ value, ...metric }): Point[] => {
        const found = value(stats);
        const labels = { service, 'container.name': containerName };
        return found === undefined ? [] : [{ ...metric, labels, value: found }];
      }),
    ),
    ...services.map(({ service, isReady }) => ({
      ...{ metric: 'macula.service.ready', unit: '', isCounter: false },
      labels: { service },
      value: isReady ? 1 : 0,
    })),
    ...volumes.map(({ volume, service, bytes: size }) => ({
      ...{ metric: 'macula.volume.size', unit: bytes, isCounter: false },
      labels: { volume, service },
      value: size,
    })),
  ];
}

// Those of the last round that are no more. They are told to have ended: else Prometheus shows them for five minutes.
export function endedPoints(before: readonly Point[], now: readonly Point[]): readonly Point[] {
  const keys = new Set(now.map(keyOf));
  return before.filter((point) => !keys.has(keyOf(point)));
}

function keyOf({ metric, labels }: Point): string {
  return JSON.stringify([metric, labels]);
}

const noRecordedValue = 1;
const cumulative = 2;

// at: milliseconds since 1970, of all points. Without attributes of the resource, so that Prometheus adds no labels.
export function metricsBody(at: number, current: readonly Point[], ended: readonly Point[] = []): string {
  const timeUnixNano = `${Math.round(at)}000000`;
  const dataPoint = (point: Point, isEnded: boolean) => ({
    timeUnixNano,
    attributes: Object.entries(point.labels).map(([key, value]) => ({ key, value: { stringValue: value } })),
    ...(isEnded ? { flags: noRecordedValue } : { asDouble: point.value }),
  });
  const kinds = new Map([...current, ...ended].map((point) => [point.metric, point]));
  const metrics = [...kinds.values()].map(({ metric, unit, isCounter }) => {
    const isOne = (point: Point): boolean => point.metric === metric;
    const dataPoints = [
      ...current.filter(isOne).map((point) => dataPoint(point, false)),
      ...ended.filter(isOne).map((point) => dataPoint(point, true)),
    ];
    const data = isCounter
      ? { sum: { aggregationTemporality: cumulative, isMonotonic: true, dataPoints } }
      : { gauge: { dataPoints } };
    return { name: metric, unit, ...data };
  });
  return JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] });
}
