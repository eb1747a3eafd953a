// Keeps readiness true while nobody gives commands: quick for what is starting, slow for what is ready.
import { findContainer } from '../core/conflicts.ts';
import type { DesiredService } from '../core/desired.ts';
import type { ObservedContainer } from '../core/observed.ts';
import { probeAsItRuns } from '../core/probe-as-it-runs.ts';
import { runningKinds } from '../core/progress.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import type { World } from './world.ts';

const startingMilliseconds = 1000;
const readyMilliseconds = 15_000;
// A container that ends is told by the engine at once, seen or not.
const unseenMilliseconds = 60_000;

export interface Probing {
  // Asks every running service once, all at the same time.
  probeAll(): Promise<void>;
  // Asks now, and again as long as it is not stopped; resolves after the first answers.
  follow(): Promise<void>;
  // Something changed: what is starting is asked at once.
  hurry(): void;
  // Somebody looks: what is shown must be true now.
  seen(): void;
  stop(): void;
}

export function createProbing(world: World, parts: RuntimeParts): Probing {
  const ended = new AbortController();
  // Service -> what gives up the question that is under way.
  const running = new Map<string, AbortSignal>();
  let patience = new AbortController();
  let timer: { readonly dueAt: number; readonly cancel: () => void } | undefined;
  let isFollowing = false;

  async function probeOne(service: DesiredService, container: ObservedContainer, isPatient = false): Promise<void> {
    const { id } = service.definition;
    if (running.get(id)?.aborted === false) return;
    const signal = isPatient ? AbortSignal.any([ended.signal, patience.signal]) : ended.signal;
    running.set(id, signal);
    try {
      const { observed } = world;
      const probe = observed === undefined ? service.probe : probeAsItRuns(service, observed);
      const result = await world.ask(probe, signal, isPatient);
      if (signal.aborted) return;
      const current = world.observed === undefined ? undefined : findContainer(world.observed, id);
      // What was asked may have been replaced meanwhile.
      if (current?.id === container.id && current.startedAt === container.startedAt)
        world.setProbe(id, container.id, result);
    } finally {
      if (running.get(id) === signal) running.delete(id);
    }
  }

  function candidates() {
    return world.desired().services.flatMap((service) => {
      const container = world.observed === undefined ? undefined : findContainer(world.observed, service.definition.id);
      return container?.phase === 'running' ? [{ service, container }] : [];
    });
  }

  async function probeAll(isPatient = false): Promise<void> {
    await Promise.all(candidates().map(({ service, container }) => probeOne(service, container, isPatient)));
  }

  // An answer that is waited for with patience comes too late for whoever wants to know now.
  async function probeNow(): Promise<void> {
    patience.abort();
    patience = new AbortController();
    await probeAll();
  }

  function isReady(service: DesiredService): boolean {
    return world.probes[service.definition.id]?.kind === 'ready';
  }

  // One timer for all: a machine that is idle wakes once a minute, or not at all when nothing runs.
  function schedule(): void {
    if (!isFollowing || ended.signal.aborted) return;
    const open = candidates();
    if (open.length === 0) return disarm();
    const restful = world.isSeen ? readyMilliseconds : unseenMilliseconds;
    const pause = open.every(({ service }) => isReady(service)) ? restful : startingMilliseconds;
    const dueAt = parts.clock.now() + pause;
    // Never put off: else a machine where something always happens would never be asked again.
    if (timer !== undefined && timer.dueAt <= dueAt) return;
    disarm();
    const cancel = parts.clock.after(pause, () => {
      timer = undefined;
      // What is ready at an app that nobody sees: all answers together will do.
      const isPatient = !world.isSeen && candidates().every(({ service }) => isReady(service));
      void probeAll(isPatient).finally(schedule);
    });
    timer = { dueAt, cancel };
  }

  function disarm(): void {
    timer?.cancel();
    timer = undefined;
  }

  return {
    probeAll: probeNow,
    async follow() {
      isFollowing = true;
      await probeNow().finally(schedule);
    },
    hurry() {
      if (!isFollowing) return;
      // The command under way asks its own services, and oftener.
      const unasked = candidates().filter(
        ({ service }) =>
          !isReady(service) && !runningKinds(world.progress, service.definition.id).includes('await-ready'),
      );
      void Promise.all(unasked.map(({ service, container }) => probeOne(service, container))).finally(schedule);
    },
    seen() {
      if (isFollowing) void probeNow().finally(schedule);
    },
    stop() {
      ended.abort();
      disarm();
    },
  };
}
