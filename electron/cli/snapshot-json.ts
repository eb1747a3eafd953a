// The snapshot for programs. Its names are a promise: keys may be added, none changes. Pure.
import type { Failure } from '../core/failure.ts';
import { failureText } from '../core/failure-text.ts';
import type { EngineState, ServiceSnapshot, Snapshot } from '../core/snapshot.ts';

export function statusJson(snapshot: Snapshot): Record<string, unknown> {
  return {
    engine: engineJson(snapshot.engine),
    stack: { state: snapshot.stack.state, summary: snapshot.stack.summary },
    services: snapshot.services.map(serviceJson),
    lan: snapshot.host === undefined ? null : { state: snapshot.host.lan, summary: snapshot.host.lanSummary },
    notes: snapshot.notes,
    failures: snapshot.failures.map((shown) => failureJson(shown.failure)),
  };
}

// What a command came to. Printed also when it could not even begin, so that a program reads one shape only.
export function outcomeJson(
  command: string,
  outcome: 'done' | 'failed' | 'cancelled',
  snapshot: Snapshot,
  failures: readonly Record<string, unknown>[],
): Record<string, unknown> {
  return { command, outcome, ...statusJson(snapshot), failures };
}

function engineJson(engine: EngineState): Record<string, unknown> {
  if (engine.kind === 'connected') return { state: 'connected', ...engine.description };
  if (engine.kind === 'connecting') return { state: 'connecting' };
  return { state: 'unavailable', failure: failureJson(engine.failure.failure) };
}

function serviceJson(service: ServiceSnapshot): Record<string, unknown> {
  return {
    id: service.id,
    title: service.title,
    group: service.group,
    enabled: service.enabled,
    state: service.state,
    reason: service.reason,
    since: new Date(service.since).toISOString(),
    image: service.image.name,
    digest: service.image.digest,
    imagePresent: service.image.present,
    substitute: service.image.substitute ?? null,
    container: service.container,
    containerId: service.containerId ?? null,
    address: service.address,
    published: service.published,
    urls: service.urls.map((url) => url.url),
    needs: service.needs,
  };
}

export function failureJson(failure: Failure): Record<string, unknown> {
  const { title, detail, nextStep } = failureText(failure);
  return { ...failure, title, detail, nextStep };
}

// For what prints one object a line.
export function printedLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

export function printedJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
