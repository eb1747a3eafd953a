// What the engine says of itself, as it happens.
import type Docker from 'dockerode';
import type { EngineEvent } from '../core/engine-port.ts';
import { FailureError } from '../core/failure.ts';
import { labels } from '../core/identity.ts';
import { isAbort, toFailure } from './failures.ts';
import { jsonLines } from './json-lines.ts';
import { openStream } from './stream.ts';

export interface EngineMessage {
  readonly Type?: string;
  readonly Action?: string;
  readonly Actor?: { readonly ID?: string; readonly Attributes?: Readonly<Record<string, string>> | null };
  readonly time?: number;
  readonly timeNano?: number;
}

const kinds: readonly EngineEvent['kind'][] = ['container', 'network', 'volume', 'image'];

export async function* followEvents(docker: Docker, signal: AbortSignal): AsyncIterable<EngineEvent> {
  try {
    const query = { filters: JSON.stringify({ type: kinds }) };
    const answer = await openStream(docker, { path: '/events', query, signal });
    // The engine listens to itself before it answers.
    yield { kind: 'engine', action: 'subscribed', id: '', at: Date.parse(answer.headers.date ?? '') || Date.now() };
    for await (const message of jsonLines(answer)) {
      const event = toEvent(message as EngineMessage);
      if (event !== undefined) yield event;
    }
  } catch (error) {
    if (signal.aborted || isAbort(error)) return;
    throw new FailureError(toFailure(error, { operation: 'follow the events of the engine' }), { cause: error });
  }
}

export function toEvent(message: EngineMessage): EngineEvent | undefined {
  const kind = kinds.find((candidate) => candidate === message.Type);
  if (kind === undefined || message.Action === undefined) return undefined;
  const { ID: actor, Attributes: attributes } = message.Actor ?? {};
  // Podman gives volumes only a name.
  const id = actor || (attributes?.['name'] ?? '');
  const service = attributes?.[labels.service];
  if (isIdle(message.Action)) return undefined;
  // 'health_status: healthy', 'exec_create: /bin/sh -c ...': what follows the colon is not the action.
  const action = message.Action.split(':')[0] ?? message.Action;
  return {
    kind,
    action: ourWord[action] ?? action,
    id,
    at: toMilliseconds(message),
    ...toExitCode(attributes),
    ...(service !== undefined && { service }),
  };
}

// Nothing that is observed changes by these, and health checks of others make one every few seconds.
function isIdle(action: string): boolean {
  return /^(exec_|top|attach|detach|resize|export|copy|commit|archive-path|extract-to-dir|mount|unmount|sync|cleanup)/.test(
    action,
  );
}

// Podman's own words for what Docker calls otherwise.
const ourWord: Readonly<Record<string, string>> = { died: 'die', remove: 'destroy' };

function toExitCode(attributes: Readonly<Record<string, string>> | null | undefined): { exitCode?: number } {
  const text = attributes?.['exitCode'] ?? attributes?.['containerExitCode'];
  return text !== undefined && /^\d+$/.test(text) ? { exitCode: Number(text) } : {};
}

function toMilliseconds(message: EngineMessage): number {
  return message.timeNano === undefined ? (message.time ?? 0) * 1000 : Math.floor(message.timeNano / 1e6);
}
