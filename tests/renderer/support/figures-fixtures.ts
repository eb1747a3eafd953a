// What services use, as values.
import { catalog } from '../../../electron/core/catalog/index.ts';
import type { FiguresSample, ServiceFigures } from '../../../electron/core/figures.ts';
import type { FiguresScenario } from '../mock-bridge.ts';
import { start } from './fixtures.ts';

const every = 2000;

function figuresOf(index: number, step: number): ServiceFigures {
  const wave = 1 + Math.sin(step / 4 + index);
  return {
    processors: 0.02 * (index + 1) * wave,
    memoryBytes: (80 + index * 40 + wave * 8) * 1_000_000,
    memoryLimitBytes: 0,
    receivedPerSecond: 12_000 * wave * (index + 1),
    sentPerSecond: 4000 * wave,
    readPerSecond: 0,
    writtenPerSecond: 90_000 * wave,
    processes: 12 + index,
  };
}

export function samplesOf(count: number): readonly FiguresSample[] {
  return Array.from({ length: count }, (_, step) => ({
    at: start - (count - step) * every,
    services: Object.fromEntries(catalog.map(({ id }, index) => [id, figuresOf(index, step)])),
  }));
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
