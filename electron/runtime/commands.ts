// A user's command: look, plan, execute, look again. One at a time.
import { findContainer } from '../core/conflicts.ts';
import type { ServiceDefinition } from '../core/catalog/service.ts';
import type { EnginePort } from '../core/engine-port.ts';
import { FailureError, type Failure } from '../core/failure.ts';
import type { Observed } from '../core/observed.ts';
import type { Plan } from '../core/plan.ts';
import type { OperationState } from '../core/progress.ts';
import { planDown, planRestart, planStop } from '../core/reconcile-down.ts';
import { planPull } from '../core/reconcile-pull.ts';
import { planUp, type PlanResult } from '../core/reconcile-up.ts';
import { planWipe } from '../core/reconcile-wipe.ts';
import { findUnknown, selectServices } from '../core/selection.ts';
import type { Signal } from '../core/settings.ts';
import { keeperOf, signalServices } from '../core/telemetry/signal-services.ts';
import { confirmReady, readinessParts } from './confirm-ready.ts';
import { engineFailure } from './engine-failure.ts';
import { executePlan } from './executor.ts';
import { notStarted } from './not-started.ts';
import type { Observation } from './observation.ts';
import { awaitReady } from './readiness.ts';
import {
  keptContainers,
  noteAccepted,
  readOverrides,
  settleRefusals,
  takeRefusals,
  tryAgain,
  untouchedBy,
} from './refusals.ts';
import type { Command, Outcome } from './runtime-api.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import type { UpRecorder } from './timeline.ts';
import type { World } from './world.ts';

export interface Commands {
  plan(command: Command): Promise<PlanResult>;
  run(command: Command): Promise<Outcome>;
  cancel(): void;
}

export function createCommands(
  world: World,
  parts: RuntimeParts,
  observation: Observation,
  recorder: UpRecorder,
): Commands {
  let running: AbortController | undefined;

  async function plan(command: Command): Promise<PlanResult> {
    try {
      if (world.engine === undefined) throw new FailureError(engineFailure(world));
      readOverrides(world, parts);
      if (!takeFresh()) await observation.look();
      if (command.kind === 'wipe') return await decideWipe(command.signal, world.engine);
      const result = decide(command, seen());
      const hasNothingToDo = result.ok && result.plan.operations.length === 0;
      if (command.kind !== 'up' || hasNothingToDo || world.isRemote()) return result;
      // Who holds which port matters only when something is to be started: reading it costs more than the rest.
      await observation.lookAtHost();
      return decide(command, seen());
    } catch (error) {
      if (error instanceof FailureError) return { ok: false, failures: [error.failure] };
      throw error;
    }
  }

  function seen(): Observed {
    if (world.observed === undefined) throw new FailureError(engineFailure(world));
    return world.observed;
  }

  function isFresh(): boolean {
    return parts.clock.now() < world.freshUntil;
  }

  // For one command only: it changes what was seen.
  function takeFresh(): boolean {
    const wasFresh = isFresh();
    world.freshUntil = 0;
    return wasFresh;
  }

  function decide(command: Exclude<Command, { readonly kind: 'wipe' }>, observed: Observed): PlanResult {
    const desired = world.desired();
    if (command.kind === 'down') return { ok: true, plan: planDown(desired, observed, command) };
    if (command.kind === 'stop') {
      const ids = command.services ?? [];
      const unknown = findUnknown(parts.catalog, ids);
      if (unknown !== undefined) return { ok: false, failures: [unknown] };
      return { ok: true, plan: planStop(desired, observed, { ids: ids.length === 0 ? undefined : ids }) };
    }
    const selection = selectServices(desired, parts.catalog, command.services);
    if (!selection.ok) return { ok: false, failures: [selection.failure] };
    const isWhole = command.services === undefined || command.services.length === 0;
    switch (command.kind) {
      case 'up':
        if (world.subnet.kind === 'none-free') {
          return { ok: false, failures: [{ code: 'no-free-subnet', tried: world.subnet.tried }] };
        }
        return planUp(desired, observed, {
          chosen: selection.services,
          wholeStack: isWhole,
          kept: keptContainers(world),
        });
      case 'pull':
        return planPull(selection.services, observed);
      case 'restart':
        return { ok: true, plan: planRestart(observed, selection.services) };
    }
  }

  async function decideWipe(signal: Signal, engine: EnginePort): Promise<PlanResult> {
    const keeper = keeperOf(parts.catalog, signal);
    if (keeper === undefined) {
      const known = parts.catalog.map(({ id }) => id);
      return { ok: false, failures: [{ code: 'unknown-service', id: signalServices[signal], known }] };
    }
    const users = keeper.volumes.map(async ({ name }) => [name, await engine.volumeUsers(name)] as const);
    return planWipe(world.desired(), seen(), keeper, Object.fromEntries(await Promise.all(users)));
  }

  async function run(command: Command): Promise<Outcome> {
    if (running !== undefined) {
      return { kind: 'failed', failures: [{ code: 'busy', running: world.progress?.command ?? 'a command' }] };
    }
    const controller = new AbortController();
    running = controller;
    world.failures = [];
    world.progress = { command: command.kind, startedAt: parts.clock.now(), operations: [], pulls: {} };
    world.publish();
    recorder.begin(command.kind, world.progress.startedAt);
    let kind: Outcome['kind'] = 'failed';
    try {
      const failures = await carryOut(command, controller.signal);
      world.failures = controller.signal.aborted ? [] : failures;
      kind = controller.signal.aborted ? 'cancelled' : failures.length === 0 ? 'done' : 'failed';
      return kind === 'failed' ? { kind, failures } : { kind };
    } finally {
      recorder.end(kind);
      settleRefusals(world, parts);
      // Looked at before the progress goes: else what was just done would be shown as it was before.
      const hasActed = (world.progress?.operations.length ?? 0) > 0;
      if (hasActed) {
        await observation
          .look()
          .catch((error: unknown) => parts.log(`The look after ${command.kind} failed: ${String(error)}`));
      }
      running = undefined;
      world.progress = undefined;
      world.publish();
    }
  }

  async function carryOut(command: Command, signal: AbortSignal): Promise<readonly Failure[]> {
    // Services that answered a moment ago are not asked again.
    const known = isFresh() ? world.probes : {};
    if (command.kind === 'up') tryAgain(world);
    // As often as something is refused that can be done without.
    for (let earlier: readonly Failure[] = []; ; ) {
      const planned = await plan(command);
      if (!planned.ok) return [...earlier, ...planned.failures];
      if (command.kind === 'down' && command.removeVolumes) forgetPasswords();
      earlier = untouchedBy(planned.plan, earlier, parts);
      world.failures = earlier;
      const failed = await execute(planned.plan, signal);
      const mayGoOn = (command.kind === 'up' || command.kind === 'wipe') && !signal.aborted;
      const remaining = mayGoOn ? takeRefusals(world, parts, failed) : undefined;
      earlier = [...earlier, ...(remaining ?? failed)];
      if (remaining !== undefined) continue;
      if (earlier.length > 0 || signal.aborted || command.kind !== 'up') return earlier;
      const isKnown = ({ id }: ServiceDefinition): boolean => known[id]?.kind === 'ready';
      return confirmReady({ world, parts, command, plan: planned.plan, isKnown }, signal);
    }
  }

  // With its data a service loses the password that its user gave it: it is not opened again with the one it comes with.
  function forgetPasswords(): void {
    const { lan } = parts.settings.get();
    if (lan === null) return;
    const hasDefault = (id: string) =>
      parts.catalog.some((one) => one.id === id && one.lan?.defaultPassword !== undefined);
    const services = lan.services.filter((id) => !hasDefault(id));
    if (services.length === lan.services.length) return;
    parts.settings.change({ lan: services.length === 0 ? null : { ...lan, services } });
  }

  async function execute(plan: Plan, signal: AbortSignal): Promise<readonly Failure[]> {
    const { engine, observed } = world;
    if (plan.operations.length === 0 || engine === undefined || observed === undefined) return [];
    const states = new Map<string, OperationState>(plan.operations.map((planned) => [planned.id, 'waiting']));
    const show = (): void => {
      if (world.progress === undefined) return;
      const operations = plan.operations.map((planned) => ({ planned, state: states.get(planned.id) ?? 'waiting' }));
      world.progress = { ...world.progress, operations };
      world.publish();
    };
    show();
    recorder.plan(plan);
    const execution = await executePlan(
      plan,
      {
        engine,
        containerIds: Object.fromEntries(
          parts.catalog.flatMap(({ id }) => {
            const container = findContainer(observed, id);
            return container === undefined ? [] : [[id, container.id]];
          }),
        ),
        async imageId(service) {
          const id = usableImage(service) ?? (await observation.look(), usableImage(service));
          if (id !== undefined) return id;
          throw new FailureError({
            code: 'operation-failed',
            operation: `find the image of ${service}`,
            detail: 'It is not on the engine.',
          });
        },
        async awaitReady(service, containerId, probe, waitSignal) {
          // It may answer before the engine's word that it runs was taken in, and that word voids older answers. Both at
          // once: whoever needs this service waits for no more than its answer.
          await Promise.all([
            observation.look(),
            awaitReady(service, containerId, probe, readinessParts(world, parts, engine), waitSignal),
          ]);
          world.setProbe(service, containerId, { kind: 'ready' });
        },
        look: () => observation.look(),
        onOperation(planned, state) {
          const { operation } = planned;
          if (operation.kind === 'check-config' && state === 'done') noteAccepted(world, operation.service);
          states.set(planned.id, state);
          recorder.operation(planned, state, signal);
          show();
        },
        onFailure(failure) {
          if (!signal.aborted) world.failures = [...world.failures, failure];
        },
        onPull(service, progress) {
          if (world.progress === undefined) return;
          world.progress = { ...world.progress, pulls: { ...world.progress.pulls, [service]: progress } };
          world.publish();
        },
      },
      signal,
    );
    if (execution.unexpected !== undefined) throw execution.unexpected;
    return [...execution.failures, ...notStarted(plan, states, execution.failures)];
  }

  // What only shares the pinned name is never run: after a pull it is what was seen before it.
  function usableImage(service: string): string | undefined {
    const image = world.observed?.images[service];
    return image === undefined || image.origin === 'unknown' ? undefined : image.id;
  }

  return { plan, run, cancel: () => running?.abort(new Error('Cancelled by the user')) };
}
