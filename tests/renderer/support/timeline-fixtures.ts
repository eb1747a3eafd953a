// What happened, as values.
import { catalog } from '../../../electron/core/catalog/index.ts';
import type { TimelineStep, TimelineView } from '../../../electron/core/timeline.ts';
import { start } from './fixtures.ts';

const begin = start - 5 * 60_000;

function stepsOf(index: number): readonly TimelineStep[] {
  const pulled = 2000 + index * 1500;
  return [
    { kind: 'pull', from: begin, to: begin + pulled, result: 'done' },
    { kind: 'create', from: begin + pulled, to: begin + pulled + 300, result: 'done' },
    { kind: 'start', from: begin + pulled + 300, to: begin + pulled + 700, result: 'done' },
    { kind: 'ready', from: begin + pulled + 700, to: begin + pulled + 1900 + index * 200, result: 'done' },
  ];
}

export function timelineView(change: Partial<TimelineView> = {}): TimelineView {
  return {
    lastUp: {
      startedAt: begin,
      endedAt: begin + 14_000,
      outcome: 'done',
      services: catalog.map(({ id, title }, index) => ({ service: id, title, steps: stepsOf(index) })),
    },
    changes: [
      { at: start - 60_000, service: 'loki', title: 'Loki', from: 'degraded', to: 'ready', reason: '' },
      {
        at: start - 90_000,
        service: 'loki',
        title: 'Loki',
        from: 'ready',
        to: 'degraded',
        reason: 'Does not answer: connection refused',
      },
      ...catalog.map(({ id, title }, index) => ({
        at: begin + 14_000 - index * 500,
        service: id,
        title,
        from: 'starting' as const,
        to: 'ready' as const,
        reason: '',
      })),
    ],
    isCut: false,
    ...change,
  };
}
