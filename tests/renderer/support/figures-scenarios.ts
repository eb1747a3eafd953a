// The Figures page in every state that it tells apart.
import type { FiguresSample } from '../../../electron/core/figures.ts';
import type { Scenario } from '../mock-bridge.ts';
import { figuresScenario, firstLook, samplesOf } from './figures-fixtures.ts';
import { hostileTexts } from './log-lines.ts';
import { scenarios } from './scenarios.ts';

function figuresPage(base: Scenario, change: Partial<Scenario['figures']> = {}): Scenario {
  return { ...base, figures: figuresScenario(change) };
}

const long = 'a-name-without-any-place-to-break-it-'.repeat(4);
const full = samplesOf(150);
const [now = firstLook()] = full.slice(-1);
const disk = figuresScenario().disk;

function without(sample: FiguresSample, ...ids: readonly string[]): FiguresSample {
  const services = Object.entries(sample.services).filter(([id]) => !ids.includes(id));
  return { ...sample, services: Object.fromEntries(services) };
}

export const figuresScenarios = {
  ready: figuresPage(scenarios.ready, { samples: full }),
  firstLook: figuresPage(scenarios.ready, { samples: [firstLook()] }),
  // Nothing has come yet.
  waiting: figuresPage(scenarios.ready, { samples: [] }),
  // Nobody looked for a while; then one service ended, and another one did not run at all.
  gaps: figuresPage(scenarios.failed, {
    samples: full
      .filter((_, index) => index < 40 || index > 70)
      .map((sample, index) => without(sample, 'grafana', ...(index > 100 ? ['loki'] : []))),
  }),
  off: figuresPage(scenarios.off, { samples: [{ at: now.at, services: {} }] }),
  one: figuresPage(scenarios.degraded, { samples: samplesOf(60, ['prometheus']) }),
  incomplete: figuresPage(scenarios.ready, {
    samples: [
      ...full.slice(0, -1),
      {
        ...without(now, 'loki'),
        problem: 'The engine did not tell the figures of macula-loki.',
      },
    ],
    disk: { ...disk, volumes: disk.volumes.map(({ name, service }) => ({ name, service })), images: [] },
  }),
  limited: figuresPage(scenarios.ready, {
    samples: full.map((sample) => ({
      ...sample,
      services: Object.fromEntries(
        Object.entries(sample.services).map(([id, figures]) => [id, { ...figures, memoryLimitBytes: 512_000_000 }]),
      ),
    })),
  }),
  engineUnavailable: figuresPage(scenarios.engineUnavailable, {
    samples: [{ at: now.at, services: {}, problem: 'You may not use the container engine.' }],
  }),
  many: figuresPage(scenarios.many, {
    samples: samplesOf(
      150,
      scenarios.many.snapshot.services.map(({ id }) => id),
    ),
  }),
  hostile: figuresPage(scenarios.hostile, {
    samples: full.map((sample) => ({
      ...sample,
      problem: `${hostileTexts[0]} ${long}`,
      services: Object.fromEntries(
        Object.keys(sample.services).map((id) => [
          id,
          {
            ...{ processors: 12_345.678, memoryBytes: 9.87e17, memoryLimitBytes: 1.2e18, processes: 1_234_567 },
            ...{ receivedPerSecond: 9.9e14, sentPerSecond: 1e15, readPerSecond: 5e14, writtenPerSecond: 7.7e14 },
          },
        ]),
      ),
    })),
    disk: {
      measuredAt: now.at,
      volumes: hostileTexts.slice(0, 4).map((text, index) => ({
        name: index === 0 ? long : text.slice(0, 2000),
        service: index === 1 ? '' : 'loki',
        bytes: 8e17,
      })),
      images: [
        {
          name: `registry.example/${long}/${hostileTexts[1]?.slice(0, 2000)}:latest`,
          id: 'sha256:1',
          service: long,
          bytes: 1,
        },
      ],
    },
  }),
} as const satisfies Record<string, Scenario>;

export type FiguresScenarioName = keyof typeof figuresScenarios;
