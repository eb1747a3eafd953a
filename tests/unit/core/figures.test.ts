import { describe, expect, it } from 'vitest';
import type { ContainerStats } from '../../../electron/core/engine-port.ts';
import { diskTotals, diskView, stackVolumes } from '../../../electron/core/figure-disk.ts';
import { figuresBetween, totalFigures } from '../../../electron/core/figure-rates.ts';
import { stackLabels } from '../../../electron/core/identity.ts';
import type { Observed } from '../../../electron/core/observed.ts';
import { smallCatalog } from './fixtures.ts';

const first: ContainerStats = {
  at: 10_000,
  cpuSeconds: 4,
  memoryBytes: 500,
  memoryLimitBytes: 2000,
  networkReceivedBytes: 100,
  networkSentBytes: 1000,
  diskReadBytes: 0,
  diskWrittenBytes: 7,
  processes: 3,
};

const second: ContainerStats = {
  ...first,
  at: 12_000,
  cpuSeconds: 7,
  memoryBytes: 600,
  networkReceivedBytes: 300,
  diskWrittenBytes: 8,
};

describe('figures from two looks', () => {
  it('have no rates at the first look', () => {
    expect(figuresBetween(undefined, first)).toEqual({ memoryBytes: 500, memoryLimitBytes: 2000, processes: 3 });
  });

  it('are what was counted between them, a second', () => {
    expect(figuresBetween(first, second)).toEqual({
      processors: 1.5,
      memoryBytes: 600,
      memoryLimitBytes: 2000,
      receivedPerSecond: 100,
      sentPerSecond: 0,
      readPerSecond: 0,
      writtenPerSecond: 0.5,
      processes: 3,
    });
  });

  it('leave out what began to count anew, and only that', () => {
    const figures = figuresBetween(first, { ...second, networkSentBytes: 10 });
    expect(figures).not.toHaveProperty('sentPerSecond');
    expect(figures.receivedPerSecond).toBe(100);
  });

  it.each([0, -5000])('have no rates where the clock of the engine moved by %i ms', (moved) => {
    expect(figuresBetween(first, { ...second, at: first.at + moved })).toEqual({
      memoryBytes: 600,
      memoryLimitBytes: 2000,
      processes: 3,
    });
  });
});

describe('totals', () => {
  it('add up what is known of each', () => {
    const one = figuresBetween(first, second);
    const fresh = figuresBetween(undefined, first);
    expect(totalFigures([one, one, fresh])).toEqual({
      processors: 3,
      memoryBytes: 1700,
      memoryLimitBytes: 0,
      receivedPerSecond: 200,
      sentPerSecond: 0,
      readPerSecond: 0,
      writtenPerSecond: 1,
      processes: 9,
    });
  });

  it('have no rates where nobody has', () => {
    expect(totalFigures([figuresBetween(undefined, first)])).toEqual({
      memoryBytes: 500,
      memoryLimitBytes: 0,
      processes: 3,
    });
    expect(totalFigures([])).toEqual({ memoryBytes: 0, memoryLimitBytes: 0, processes: 0 });
  });
});

describe('the disk', () => {
  const observed: Observed = {
    containers: [],
    networks: [],
    volumes: [
      { name: 'store-data', labels: stackLabels() },
      { name: 'older', labels: stackLabels() },
      { name: 'of-others', labels: {} },
    ],
    images: {
      store: { id: 'sha256:a', origin: 'pinned', sizeBytes: 50 },
      shop: { id: 'sha256:a', origin: 'stub', sizeBytes: 50 },
    },
    listeners: [],
    hostSubnets: [],
  };

  it('is that of our volumes and images, each with the service that has it', () => {
    expect(stackVolumes(smallCatalog, observed)).toEqual(['store-data', 'older']);
    expect(diskView(5, smallCatalog, observed, { 'store-data': 300 })).toEqual({
      measuredAt: 5,
      volumes: [
        { name: 'store-data', service: 'store', bytes: 300 },
        { name: 'older', service: '' },
      ],
      images: [
        { name: 'example/store:1', id: 'sha256:a', service: 'store', bytes: 50 },
        { name: 'example/shop:1', id: 'sha256:a', service: 'shop', bytes: 50 },
      ],
    });
  });

  it('counts an image that two services have once', () => {
    expect(diskTotals(diskView(5, smallCatalog, observed, { 'store-data': 300, older: 4 }))).toEqual({
      volumes: 304,
      images: 50,
    });
  });
});
