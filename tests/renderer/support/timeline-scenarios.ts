// Each way that a start can have gone, and as much of the last day as there can be.
import { catalog } from '../../../electron/core/catalog/index.ts';
import { mostChanges } from '../../../electron/core/timeline-changes.ts';
import type { ServiceTimeline, StateChange, TimelineStep, UpTimeline } from '../../../electron/core/timeline.ts';
import type { Scenario } from '../mock-bridge.ts';
import { start } from './fixtures.ts';
import { hostileTexts } from './log-lines.ts';
import { scenarios } from './scenarios.ts';
import { timelineView } from './timeline-fixtures.ts';

const begin = start - 8000;
const minute = 60_000;

const step = (kind: TimelineStep['kind'], from: number, to: number, result: TimelineStep['result'] = 'done') => ({
  ...{ kind, from: begin + from, to: begin + to, result },
});

function upOf(
  outcome: UpTimeline['outcome'],
  stepsOf: (id: string, index: number) => readonly TimelineStep[],
): UpTimeline {
  const services = catalog.map(({ id, title }, index) => ({ service: id, title, steps: stepsOf(id, index) }));
  return { startedAt: begin, ...(outcome === 'running' ? {} : { endedAt: begin + 8000 }), outcome, services };
}

const usual = (index: number): readonly TimelineStep[] => [
  step('create', 100 + index * 40, 400 + index * 60),
  step('start', 500 + index * 60, 900 + index * 80),
  step('ready', 900 + index * 80, 1500 + index * 500),
];

const running = upOf('running', (id, index) => {
  if (id === 'grafana') return [{ kind: 'pull', from: begin + 50, result: 'running' }];
  if (id === 'loki') return [...usual(index).slice(0, 2), { kind: 'ready', from: begin + 1200, result: 'running' }];
  return usual(index);
});

const failed = upOf('failed', (id, index) => {
  if (id === 'loki') return [...usual(index).slice(0, 2), step('ready', 1200, 7400, 'failed')];
  if (id === 'grafana')
    return [step('pull', 50, 4200), step('create', 4200, 4500), step('start', 7400, 7400, 'skipped')];
  return usual(index);
});

const cancelled = upOf('cancelled', (_id, index) =>
  index < 3 ? usual(index) : [step('pull', 50, 8000, 'cancelled'), step('create', 8000, 8000, 'skipped')],
);

const manyUp: UpTimeline = {
  ...{ startedAt: begin, endedAt: begin + 3 * minute, outcome: 'done' },
  services: Array.from({ length: 200 }, (_, index): ServiceTimeline => {
    const number = String(index + 1).padStart(3, '0');
    return { service: `service-${number}`, title: `Service ${number}`, steps: usual(index) };
  }),
};

const manyChanges = Array.from({ length: mostChanges }, (_, index): StateChange => {
  const { id = '', title = '' } = catalog[index % catalog.length] ?? {};
  const isBad = index % 5 === 0;
  return {
    ...{ at: start - index * 17_000, service: id, title, from: isBad ? 'ready' : 'degraded' },
    ...{ to: isBad ? 'degraded' : 'ready', reason: isBad ? 'connection refused' : '' },
  };
});

// The app keeps no more of a reason.
const longestReason = 300;
const hostile: readonly StateChange[] = hostileTexts.map((text, index) => ({
  ...{
    at: start - index * minute,
    service: 'loki',
    title: 'Loki',
    from: 'ready',
    to: 'failed',
    reason: text.slice(0, longestReason),
  },
}));

const exit: StateChange = {
  ...{ at: start - 50_000, service: 'loki', title: 'Loki', from: 'starting', to: 'failed' },
  reason: 'Loki stopped by itself. It exited with code 1.',
};

const scenario = (base: Scenario, change: Parameters<typeof timelineView>[0]): Scenario => ({
  ...base,
  timeline: timelineView(change),
});
const { lastUp: _, ...withoutUp } = timelineView();

export const timelineScenarios = {
  ready: scenario(scenarios.ready, {}),
  running: scenario(scenarios.working, { lastUp: running }),
  failed: scenario(scenarios.failed, { lastUp: failed, changes: [exit, ...withoutUp.changes] }),
  cancelled: scenario(scenarios.off, { lastUp: cancelled }),
  none: { ...scenarios.off, timeline: { changes: [], isCut: false } },
  many: scenario(scenarios.ready, { lastUp: manyUp, changes: manyChanges, isCut: true }),
  hostile: scenario(scenarios.hostile, { changes: hostile }),
} as const satisfies Record<string, Scenario>;

export type TimelineScenarioName = keyof typeof timelineScenarios;
