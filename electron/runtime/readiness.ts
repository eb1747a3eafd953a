// Waits for readiness without wasting it: quick at first, calmer later, and over at once when the container ends.
import type { Probe } from '../core/desired.ts';
import type { EnginePort } from '../core/engine-port.ts';
import { FailureError } from '../core/failure.ts';
import type { ProbeResult } from '../core/status.ts';
import type { Clock } from './runtime-parts.ts';

export interface ReadinessParts {
  readonly engine: EnginePort;
  readonly clock: Clock;
  probe(probe: Probe, signal: AbortSignal): Promise<ProbeResult>;
  onResult(service: string, containerId: string, result: ProbeResult): void;
  lastLines(service: string, containerId: string): Promise<readonly string[]>;
}

const firstPauseMilliseconds = 25;
const longestPauseMilliseconds = 500;
// A container that died is seen at the latest after so many fruitless probes; an engine event tells sooner.
const probesBetweenInspections = 4;

export async function awaitReady(
  service: string,
  containerId: string,
  probe: Probe,
  parts: ReadinessParts,
  signal: AbortSignal,
): Promise<void> {
  const begun = parts.clock.now();
  let pause = firstPauseMilliseconds;
  for (let asked = 1; ; asked += 1) {
    const result = await parts.probe(probe, signal);
    signal.throwIfAborted();
    parts.onResult(service, containerId, result);
    if (result.kind === 'ready') return;
    if (asked % probesBetweenInspections === 0) await failIfExited(service, containerId, parts);
    const seconds = (parts.clock.now() - begun) / 1000;
    if (seconds > probe.timeoutSeconds) {
      const lastLines = await parts.lastLines(service, containerId);
      throw new FailureError({
        code: 'not-ready',
        service,
        seconds: Math.round(seconds),
        reason: result.reason,
        lastLines,
      });
    }
    await sleep(pause, parts.clock, signal);
    pause = Math.min(pause * 1.25, longestPauseMilliseconds);
  }
}

async function failIfExited(service: string, containerId: string, parts: ReadinessParts): Promise<void> {
  const container = await parts.engine.inspectContainer(containerId);
  // Twice restarted by the engine is a loop: it will not come right by waiting.
  const isLoop = (container?.restartCount ?? 0) >= 2;
  if (container !== undefined && !isLoop && (container.phase === 'running' || container.phase === 'restarting')) return;
  throw new FailureError({
    code: 'container-exited',
    service,
    exitCode: container?.exitCode ?? -1,
    outOfMemory: container?.outOfMemory ?? false,
    lastLines: container === undefined ? [] : await parts.lastLines(service, containerId),
  });
}

function sleep(milliseconds: number, clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      cancel();
      reject(signal.reason as Error);
    };
    const cancel = clock.after(milliseconds, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
