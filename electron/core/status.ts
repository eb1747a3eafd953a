// What state a service is in, from what is observed, what is under way and what its probe said. Pure.
import type { DesiredService } from './desired.ts';
import type { Failure } from './failure.ts';
import { failureText } from './failure-text.ts';
import type { ObservedContainer } from './observed.ts';
import type { Operation } from './plan.ts';
import type { ServiceState } from './snapshot.ts';

export type ProbeResult =
  | { readonly kind: 'ready' }
  // It answered, but not with "ready": the body or status says why.
  | { readonly kind: 'not-ready'; readonly reason: string }
  // Nobody answered.
  | { readonly kind: 'unreachable'; readonly reason: string };

export interface ServiceFacts {
  readonly service: DesiredService;
  readonly container: ObservedContainer | undefined;
  readonly probe: ProbeResult | undefined;
  // Whether it has been ready since its container started.
  readonly wasReady: boolean;
  // Operations under way for this service.
  readonly running: readonly Operation['kind'][];
  // Operations of the current command for this service that are not finished.
  readonly open: readonly Operation['kind'][];
  // Services that it still waits for.
  readonly waitingFor: readonly string[];
  // Its container is being removed, or was just now.
  readonly isRemoved: boolean;
  // The failure of the last command that was about this service.
  readonly failure: Failure | undefined;
  // Now, milliseconds since 1970.
  readonly now: number;
}

export interface ServiceStatus {
  readonly state: ServiceState;
  readonly reason: string;
}

export function deriveStatus(facts: ServiceFacts): ServiceStatus {
  return underWay(facts) ?? (isAlive(facts.container) ? alive(facts) : notAlive(facts));
}

// Until the last operation for it is done, a service is on its way, whatever was last observed of its container.
const startKinds: readonly Operation['kind'][] = ['create-container', 'upload-files', 'start-container', 'await-ready'];

function underWay(facts: ServiceFacts): ServiceStatus | undefined {
  const { running, waitingFor, container } = facts;
  if (facts.open.includes('pull-image')) return { state: 'pulling', reason: 'Downloading its image' };
  if (running.includes('stop-container') || running.includes('remove-container'))
    return { state: 'stopping', reason: '' };
  if (running.includes('restart-container')) return { state: 'starting', reason: 'Restarting' };
  if (isAlive(container)) return undefined;
  if (facts.open.some((kind) => startKinds.includes(kind)))
    return { state: 'starting', reason: waitingFor.length === 0 ? '' : `Waiting for ${waitingFor.join(', ')}` };
  // Stopped and not gone yet is one step on the way, told once.
  return facts.open.includes('remove-container') ? { state: 'stopping', reason: '' } : undefined;
}

function isAlive(container: ObservedContainer | undefined): container is ObservedContainer {
  return container?.phase === 'running' || container?.phase === 'paused' || container?.phase === 'restarting';
}

function alive(facts: ServiceFacts): ServiceStatus {
  const container = facts.container as ObservedContainer;
  if (container.phase === 'paused') return { state: 'degraded', reason: 'It is paused' };
  if (container.phase === 'restarting') {
    return { state: 'failed', reason: `It keeps stopping by itself (${exitWords(container)}) and is being restarted` };
  }
  const { probe, service } = facts;
  if (probe?.kind === 'ready') return { state: 'ready', reason: '' };
  // Not asked yet: nothing is claimed, however long it runs.
  if (probe === undefined) return { state: 'starting', reason: '' };
  const why = probe.reason;
  if (facts.wasReady) return { state: 'degraded', reason: why };
  const age = facts.now - (container.startedAt ?? facts.now);
  if (age > service.probe.timeoutSeconds * 1000) {
    return { state: 'failed', reason: `Not ready ${service.probe.timeoutSeconds} s after its start: ${why}` };
  }
  return { state: 'starting', reason: why };
}

function notAlive(facts: ServiceFacts): ServiceStatus {
  const { container, failure } = facts;
  if (failure !== undefined) return { state: 'failed', reason: sentence(failure) };
  if (container === undefined || container.phase === 'removing') return { state: 'off', reason: '' };
  // What an engine is taking apart is dead for a moment.
  if (container.phase === 'dead' && facts.isRemoved) return { state: 'off', reason: '' };
  if (container.error !== undefined && container.error !== '') return { state: 'failed', reason: container.error };
  if (container.phase === 'created') return { state: 'off', reason: 'Created, not started' };
  if (container.phase === 'dead') return { state: 'failed', reason: 'The engine could not remove it cleanly' };
  // 143 and 137 are the polite request and the kill when its time is over: somebody stopped it.
  // Out of memory, which is 137 too, is told apart.
  const wasStopped = [0, 143, 137].includes(container.exitCode ?? 0) && !container.outOfMemory;
  return wasStopped ? { state: 'off', reason: '' } : { state: 'failed', reason: capital(exitWords(container)) };
}

function exitWords(container: ObservedContainer): string {
  if (container.outOfMemory) return 'out of memory';
  return `exit code ${container.exitCode ?? 'unknown'}`;
}

function sentence(failure: Failure): string {
  const text = failureText(failure);
  return `${text.title}. ${text.detail}`.trim();
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
