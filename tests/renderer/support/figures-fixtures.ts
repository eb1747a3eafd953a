// What services use, as values.
import { catalog } from '../../../electron/core/catalog/index.ts';
import type { FiguresSample, ServiceFigures } from '../../../electron/core/figures.ts';
import type { FiguresScenario } from '../mock-bridge.ts';
import { start } from './fixtures.ts';

const every = 2000;
const machine = { processors: 8, memoryBytes: 16_600_000_000 };
const catalogIds = catalog.map(({ id }) => id);

function figuresOf(index: number, step: number): ServiceFigures {
  const wave = 1 + Math.sin(step / 4 + index) * 0.6 + Math.sin(step * 1.7 + index) * 0.3;
  return {
    processors: 0.02 * (index + 1) * wave,
    memoryBytes: (80 + index * 40 + wave * 8 + step / 5) * 1_000_000,
    memoryLimitBytes: 0,
    receivedPerSecond: 12_000 * wave * (index + 1),
    sentPerSecond: 4000 * (2.2 - wave),
    readPerSecond: 0,
    writtenPerSecond: step % 9 === 0 ? 900_000 : 30_000 * wave,
    processes: 12 + index,
  };
}

export function samplesOf(count: number, ids: readonly string[] = catalogIds): readonly FiguresSample[] {
  return Array.from({ length: count }, (_, step) => ({
    at: start - (count - step) * every,
    services: Object.fromEntries(ids.map((id, index) => [id, figuresOf(index % 12, step)])),
    machine,
  }));
}

// As the first look tells it: nothing that wants a second one.
export function firstLook(ids: readonly string[] = catalogIds): FiguresSample {
  const services = ids.map((id, index) => {
    const { memoryBytes, memoryLimitBytes, processes } = figuresOf(index % 12, 0);
    return [id, { memoryBytes, memoryLimitBytes, processes }] as const;
  });
  return { at: start, services: Object.fromEntries(services), machine };
}

export function figuresScenario(change: Partial<FiguresScenario> = {}): FiguresScenario {
  return {
    samples: samplesOf(40),
    disk: {
      measuredAt: start,
      volumes: catalog.flatMap(({ id, volumes }) =>
        volumes.map(({ name }, index) => ({ name, service: id, bytes: (index + 1) * 143_000_000 })),
      ),
      images: catalog.map(({ id, image }, index) => ({
        name: `${image.repository}:${image.tag}`,
        id: `sha256:${String(index).repeat(64)}`,
        service: id,
        bytes: (index + 1) * 52_000_000,
      })),
    },
    ...change,
  };
}
