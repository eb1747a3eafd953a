// What somebody has to be told who does not look at the window: a service failed, a long download came to its end, LAN
// mode ended. Everything else can wait until they look. Pure.
import type { Failure } from './failure.ts';
import { lanNotice } from './host/lan-notice.ts';
import type { ServiceSnapshot, ServiceState, Snapshot } from './snapshot.ts';

export interface Notice {
  readonly title: string;
  readonly text: string;
  // Where a click leads: to what it is about.
  readonly place: NoticePlace;
  // Told also while somebody looks: it may be seen by others, and it is about who gets in.
  readonly isAlways: boolean;
}

export interface NoticePlace {
  readonly page: 'services' | 'logs' | 'host';
  readonly service?: string;
  readonly section?: 'lan';
  // Milliseconds since 1970.
  readonly at?: number;
}

interface FailedService {
  readonly id: string;
  // Since when, in milliseconds since 1970.
  readonly at: number;
  // In the course of a command: whoever gave it waits for the answer.
  readonly isAsked: boolean;
}

export interface NoticeMemory {
  // Not told yet.
  readonly failed: readonly FailedService[];
  // Services whose images the up under way downloads.
  readonly pulled: readonly string[];
  // Service -> when it was told last that it failed by itself.
  readonly toldAt: Readonly<Record<string, number>>;
}

export interface Noticed {
  readonly memory: NoticeMemory;
  readonly notices: readonly Notice[];
}

export const nothingNoticed: NoticeMemory = { failed: [], pulled: [], toldAt: {} };

// One that comes and goes is told once in this time.
const quietMilliseconds = 10 * 60 * 1000;
// Whoever started it is likely to do something else by then.
const longMilliseconds = 30 * 1000;
const longestText = 300;
const mostNames = 3;

// `before` is undefined for the first snapshot. Failures are kept until they are told by tellFailures: one is seldom alone.
export function noteSnapshot(memory: NoticeMemory, before: Snapshot | undefined, now: Snapshot, at: number): Noticed {
  const lan = lanNotice(before?.host, now.host);
  const notices: readonly Notice[] =
    lan === undefined ? [] : [{ ...lan, place: { page: 'host', section: 'lan' }, isAlways: true }];
  // What is found on connecting was so already, or is the engine's doing.
  if (before?.engine.kind !== 'connected' || now.engine.kind !== 'connected') {
    return { memory: { ...memory, failed: [], pulled: [] }, notices };
  }
  const failed = [...memory.failed, ...newlyFailed(before, now)];
  const pulled = pulledNow(memory, before, now);
  const ready = readyNotice(pulled, before, now, at);
  return {
    memory: { ...memory, failed, pulled: now.activity === undefined ? [] : pulled },
    notices: ready === undefined ? notices : [...notices, ready],
  };
}

function newlyFailed(before: Snapshot, now: Snapshot): readonly FailedService[] {
  const command = now.activity?.command ?? before.activity?.command;
  // Whoever stops something does not mind how it ends.
  if (command === 'stop' || command === 'down' || command === 'wipe') return [];
  const hasEnded = before.activity !== undefined && now.activity === undefined;
  return now.services.flatMap((service) => {
    const { id, enabled, state, since } = service;
    const was = before.services.find((one) => one.id === id)?.state;
    if (!enabled || state !== 'failed' || was === undefined || was === 'stopping') return [];
    // What had failed before the command may have failed of it once more.
    const isNew = was !== 'failed' || (hasEnded && failureOf(service, now) !== undefined);
    return isNew ? [{ id, at: since, isAsked: command !== undefined }] : [];
  });
}

function pulledNow(memory: NoticeMemory, before: Snapshot, now: Snapshot): readonly string[] {
  const { activity } = now;
  if (activity === undefined) return memory.pulled;
  if (activity.command !== 'up') return [];
  const known = before.activity?.startedAt === activity.startedAt ? memory.pulled : [];
  const pulling = now.services.filter(({ state }) => state === 'pulling').map(({ id }) => id);
  return [...new Set([...known, ...pulling])];
}

function readyNotice(pulled: readonly string[], before: Snapshot, now: Snapshot, at: number): Notice | undefined {
  if (before.activity?.command !== 'up' || now.activity !== undefined || pulled.length === 0) return undefined;
  const length = at - before.activity.startedAt;
  const services = now.services.filter(({ id }) => pulled.includes(id));
  if (length < longMilliseconds || services.some(({ state }) => state !== 'ready')) return undefined;
  const isWhole = now.stack.state === 'ready';
  return {
    title: isWhole ? 'The stack is ready' : `${names(services)} ${services.length === 1 ? 'is' : 'are'} ready`,
    text: `${now.stack.summary}. It took ${minutes(length)}, with downloads.`,
    place: { page: 'services' },
    isAlways: false,
  };
}

// To be asked a moment after the first failure, once no command is under way.
export function tellFailures(memory: NoticeMemory, now: Snapshot, at: number): Noticed {
  const later: readonly ServiceState[] = ['ready', 'off', 'stopping'];
  const due = memory.failed.flatMap((failed) => {
    const service = now.services.find(({ id }) => id === failed.id);
    const isQuiet = !failed.isAsked && (memory.toldAt[failed.id] ?? Number.NEGATIVE_INFINITY) > at - quietMilliseconds;
    if (service === undefined || later.includes(service.state) || isQuiet) return [];
    // One that was not started because of another says nothing new.
    if (failureOf(service, now)?.failure.code === 'needed-service-failed') return [];
    return [{ service, failed }];
  });
  const toldAt = { ...memory.toldAt, ...Object.fromEntries(due.map(({ failed }) => [failed.id, at])) };
  const told: NoticeMemory = { ...memory, failed: [], toldAt };
  const services = [...new Map(due.map(({ service }) => [service.id, service])).values()];
  const [first] = due;
  if (first === undefined) return { memory: told, notices: [] };
  if (services.length === 1) return { memory: told, notices: [oneFailed(first.service, first.failed.at, now)] };
  const lines = services
    .slice(0, mostNames)
    .map(({ title, reason }) => (reason === '' ? title : `${title}: ${reason}`));
  return {
    memory: told,
    notices: [
      {
        title: services.length <= mostNames ? `${names(services)} failed` : `${services.length} services failed`,
        text: shorten(lines.join('\n')),
        place: { page: 'services' },
        isAlways: false,
      },
    ],
  };
}

function oneFailed(service: ServiceSnapshot, at: number, now: Snapshot): Notice {
  const shown = failureOf(service, now);
  // What it wrote explains why it ended or does not answer, and nothing else.
  const hasLines =
    service.actions.logs && (shown === undefined || ['container-exited', 'not-ready'].includes(shown.failure.code));
  return {
    title: shown?.text.title ?? `${service.title} failed`,
    text: shorten(shown?.text.nextStep ?? service.reason),
    place: hasLines ? { page: 'logs', service: service.id, at } : { page: 'services' },
    isAlways: false,
  };
}

function failureOf(service: ServiceSnapshot, now: Snapshot) {
  return now.failures.find(({ failure }) => 'service' in failure && failure.service === service.id);
}

// Whether tellFailures tells this failure of a command, so that whoever gave the command need not be told twice.
export function isOfFailedService(failure: Failure, now: Snapshot): boolean {
  return 'service' in failure && now.services.some(({ id, state }) => id === failure.service && state === 'failed');
}

function names(services: readonly ServiceSnapshot[]): string {
  const titles = services.map(({ title }) => title);
  return titles.length < 2 ? titles.join('') : `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)}`;
}

function minutes(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function shorten(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText - 1)}…`;
}
