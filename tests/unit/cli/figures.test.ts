import { describe, expect, it } from 'vitest';
import { diskJson, diskText, figuresJson, figuresText } from '../../../electron/cli/figures-text.ts';
import { plain } from '../../../electron/cli/paint.ts';
import type { DiskView, FiguresSample } from '../../../electron/core/figures.ts';

const sample: FiguresSample = {
  at: Date.parse('2026-11-29T12:00:00Z'),
  machine: { processors: 8, memoryBytes: 16_000_000_000 },
  services: {
    loki: {
      ...{ processors: 1.5, memoryBytes: 250_000_000, memoryLimitBytes: 1_000_000_000, processes: 12 },
      ...{ receivedPerSecond: 1500, sentPerSecond: 0, readPerSecond: 0, writtenPerSecond: 2_000_000 },
    },
    tempo: { memoryBytes: 9_990_000, memoryLimitBytes: 0, processes: 3 },
  },
};

const disk: DiskView = {
  measuredAt: Date.parse('2026-11-29T12:00:00Z'),
  volumes: [
    { name: 'loki-data', service: 'loki', bytes: 143_000_000 },
    { name: 'older', service: '' },
  ],
  images: [{ name: 'grafana/loki:3', id: 'sha256:1', service: 'loki', bytes: 1_200_000_000 }],
};

describe('figures in a terminal', () => {
  it('are a table, with a dash for what is not known yet, and a sum', () => {
    expect(figuresText(sample, plain)).toBe(
      [
        'service  processor            memory  network in  network out  disk read  disk written  processes',
        'loki         150 %  250 MB of 1.0 GB    1.5 kB/s        0 B/s      0 B/s      2.0 MB/s         12',
        'tempo            -           10.0 MB           -            -          -             -          3',
        'all          150 %            260 MB    1.5 kB/s        0 B/s      0 B/s      2.0 MB/s         15',
        'The machine has 8 processors and 16.0 GB of memory.',
        '',
      ].join('\n'),
    );
  });

  it('say why there are none', () => {
    expect(figuresText({ at: 1, services: {} }, plain)).toContain('macula up starts it');
    expect(figuresText({ at: 1, services: {}, problem: 'The engine is away.' }, plain)).toBe('The engine is away.\n');
    expect(figuresText({ ...sample, problem: 'Not told.' }, plain)).toMatch(/Not told\.\n$/);
  });

  it('for programs have every key always', () => {
    const figures = figuresJson(sample);
    expect(figures).toMatchObject({
      at: '2026-11-29T12:00:00.000Z',
      problem: null,
      all: { processors: 1.5, processes: 15 },
    });
    expect((figures['services'] as unknown[])[1]).toEqual({
      ...{ service: 'tempo', processors: null, memoryBytes: 9_990_000, memoryLimitBytes: null, processes: 3 },
      ...{ receivedPerSecond: null, sentPerSecond: null, readPerSecond: null, writtenPerSecond: null },
    });
    expect(figuresJson({ at: 1, services: {} })).toMatchObject({ services: [], all: null, machine: null });
  });
});

describe('the disk in a terminal', () => {
  it('is two tables with sums', () => {
    expect(diskText(disk, plain)).toBe(
      [
        'volume                   size  service',
        'loki-data              143 MB  loki',
        'older      cannot be measured',
        'all                    143 MB',
        '',
        'image             size  service',
        'grafana/loki:3  1.2 GB  loki',
        'all             1.2 GB',
        '',
      ].join('\n'),
    );
    expect(diskJson(disk)).toMatchObject({
      volumeBytes: 143_000_000,
      imageBytes: 1_200_000_000,
      volumes: [{ bytes: 143_000_000 }, { name: 'older', service: null, bytes: null }],
    });
  });
});
