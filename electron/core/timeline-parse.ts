// What was remembered in a file, if it is what this version writes. Anybody may have edited it, or half of it is there.
import type { ServiceState } from './snapshot.ts';
import type { ServiceTimeline, StateChange, StepKind, StepResult, TimelineStep, UpTimeline } from './timeline.ts';

const states: readonly ServiceState[] = ['off', 'pulling', 'starting', 'ready', 'degraded', 'failed', 'stopping'];
const kinds: readonly StepKind[] = ['pull', 'create', 'start', 'ready'];
const results: readonly StepResult[] = ['done', 'failed', 'skipped', 'cancelled', 'running'];
const outcomes: readonly UpTimeline['outcome'][] = ['running', 'done', 'failed', 'cancelled'];
const mostServices = 200;
const longestText = 1000;

export function parseChange(value: unknown): StateChange | undefined {
  if (!isRecord(value)) return undefined;
  const { at, service, title, from, to, reason } = value;
  if (!isMoment(at) || !isText(service) || !isText(title) || !isText(reason)) return undefined;
  if (!isOneOf(states, from) || !isOneOf(states, to)) return undefined;
  return { at, service, title, from, to, reason };
}

export function parseUp(value: unknown): UpTimeline | undefined {
  if (!isRecord(value)) return undefined;
  const { startedAt, endedAt, outcome, services } = value;
  if (!isMoment(startedAt) || !isOneOf(outcomes, outcome)) return undefined;
  if ((outcome !== 'running' || endedAt !== undefined) && !isMoment(endedAt)) return undefined;
  const parsed = parseList(services, mostServices, parseService);
  if (parsed === undefined) return undefined;
  return { startedAt, ...(endedAt === undefined ? {} : { endedAt }), outcome, services: parsed };
}

function parseService(value: unknown): ServiceTimeline | undefined {
  if (!isRecord(value)) return undefined;
  const { service, title } = value;
  const steps = parseList(value['steps'], kinds.length, parseStep);
  return isText(service) && isText(title) && steps !== undefined ? { service, title, steps } : undefined;
}

function parseStep(value: unknown): TimelineStep | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, from, to, result } = value;
  if (!isOneOf(kinds, kind) || !isMoment(from) || !isOneOf(results, result)) return undefined;
  if (result === 'running') return { kind, from, result };
  return isMoment(to) && to >= from ? { kind, from, to, result } : undefined;
}

function parseList<Item>(
  value: unknown,
  most: number,
  parse: (item: unknown) => Item | undefined,
): readonly Item[] | undefined {
  if (!Array.isArray(value) || value.length > most) return undefined;
  const items = value.map(parse);
  return items.includes(undefined) ? undefined : (items as readonly Item[]);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isMoment(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 8.64e15;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestText;
}

function isOneOf<Word extends string>(words: readonly Word[], value: unknown): value is Word {
  return words.some((word) => word === value);
}
