// What is to be told of the steps of a start: how long each took, and which service took longest. Pure.
import type { ServiceTimeline, StepKind, TimelineStep, UpTimeline } from './timeline.ts';

// Milliseconds. What is under way ends now.
export function stepLength({ from, to }: TimelineStep, now: number): number {
  return Math.max(0, (to ?? now) - from);
}

// From the beginning of its first step to the end of its last, with what it waited for in between.
export function serviceLength({ steps }: ServiceTimeline, now: number): number {
  const begin = Math.min(...steps.map(({ from }) => from));
  const end = Math.max(...steps.map(({ to }) => to ?? now));
  return steps.length === 0 ? 0 : Math.max(0, end - begin);
}

// The whole of it, and never shorter than its parts.
export function upLength({ startedAt, endedAt, services }: UpTimeline, now: number): number {
  const ends = services.flatMap(({ steps }) => steps.map(({ to }) => to ?? now));
  return Math.max(0, ...[endedAt ?? now, ...ends].map((end) => end - startedAt));
}

export interface Slowest {
  readonly title: string;
  // Milliseconds.
  readonly length: number;
  readonly longest: { readonly kind: StepKind; readonly length: number };
}

// undefined where there is none to compare with, and where not all came to their end.
export function slowest(up: UpTimeline): Slowest | undefined {
  const { services, endedAt, outcome } = up;
  if (outcome !== 'done' || endedAt === undefined || services.length < 2) return undefined;
  const [service] = services.toSorted((one, other) => serviceLength(other, endedAt) - serviceLength(one, endedAt));
  if (service === undefined) return undefined;
  const [longest] = service.steps.toSorted((one, other) => stepLength(other, endedAt) - stepLength(one, endedAt));
  if (longest === undefined) return undefined;
  return {
    title: service.title,
    length: serviceLength(service, endedAt),
    longest: { kind: longest.kind, length: stepLength(longest, endedAt) },
  };
}

const second = 1000;
const minute = 60 * second;
const distances = [
  ...[50, 100, 200, 500, second, 2 * second, 5 * second, 10 * second, 15 * second, 30 * second],
  ...[minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, 60 * minute],
];

// Milliseconds between two marks of an axis of this length, at round times.
export function markDistance(length: number, mostMarks: number): number {
  const least = length / Math.max(1, mostMarks);
  const hour = 60 * minute;
  return distances.find((distance) => distance >= least) ?? Math.ceil(least / hour) * hour;
}
