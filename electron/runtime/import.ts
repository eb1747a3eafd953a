// Takes older data of a service over into its own volume. Loaded when somebody asks for it.
import { findContainer } from '../core/conflicts.ts';
import type { ServiceDefinition } from '../core/catalog/service.ts';
import type { EnginePort, VolumeUser } from '../core/engine-port.ts';
import { FailureError } from '../core/failure.ts';
import { labels } from '../core/identity.ts';
import { isWhole, planImport, type ImportPlan, type ImportStep } from '../core/import-plan.ts';
import type { ImportRefusal } from '../core/import-refusal.ts';
import type { ImportLook } from '../core/import-scripts.ts';
import { chooseSource, type ImportSource } from '../core/import-source.ts';
import type { Commands } from './commands.ts';
import { compareVolumes, copyVolume, type ImportTools, lookInto } from './import-programs.ts';
import { importTools } from './import-tools.ts';
import type { Observation } from './observation.ts';
import type { ImportRequest, ImportRuntime } from './runtime-api.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import type { World } from './world.ts';

export interface ImportParts {
  readonly world: World;
  readonly parts: RuntimeParts;
  readonly commands: Commands;
  readonly observation: Observation;
}

type Source = Exclude<ImportSource, { readonly kind: 'refused' }>;

export function createImportRuntime({ world, parts, commands, observation }: ImportParts): ImportRuntime {
  // Short-lived containers of imports whose commands are gone are nobody's users.
  async function usersOf(engine: EnginePort, name: string): Promise<readonly VolumeUser[]> {
    return (await engine.volumeUsers(name)).filter(({ labels: found }) => found[labels.check] === undefined);
  }

  async function preview(request: ImportRequest, signal = new AbortController().signal): Promise<ImportPlan> {
    await observation.look();
    const { engine, definition } = subjectOf(request, world, parts);
    const volumes = await engine.listVolumes();
    const source = chooseSource(definition, volumes, request.from);
    if (source.kind === 'refused') throw refusal(request, source.refusal);
    const { from, to } = namesOf(source);
    const tools = await importTools({ world, parts, observation, definition, signal });
    const { observed } = world;
    const isRunning = observed !== undefined && findContainer(observed, definition.id)?.phase === 'running';
    const look = await lookInto(tools, from, hasTo(source) ? to : undefined, signal);
    const isBothWhole = source.kind === 'same-name' && isWhole(look.to);
    const decision = planImport({
      service: definition.id,
      title: definition.title,
      source,
      look,
      users: await usersOf(engine, from),
      isRunning,
      mayReplace: request.mayReplace,
      wasFinished:
        source.kind === 'plain' &&
        ((await wasFinished(engine, from, to)) ||
          // Killed in its last moment, or given twice.
          (mayBeTheSame(look) && !isRunning && (await compareVolumes(tools, from, to, signal)))),
      ...(isBothWhole ? { isSameAsKept: await compareVolumes(tools, from, to, signal) } : {}),
      settings: parts.settings.get(),
    });
    if (decision.kind === 'refused') throw refusal(request, decision.refusal);
    return decision.plan;
  }

  async function carryOut(
    request: ImportRequest,
    plan: ImportPlan,
    onStep: (step: ImportStep) => void,
    signal: AbortSignal,
  ): Promise<'done' | 'cancelled'> {
    const { engine, definition } = subjectOf(request, world, parts);
    const now = await preview(request, signal);
    if (JSON.stringify(now.steps) !== JSON.stringify(plan.steps)) throw refusal(request, { kind: 'changed' });
    await removeLeftovers(engine, plan);
    if (plan.steps.length === 0) return 'done';
    const tools = await importTools({ world, parts, observation, definition, signal });
    const waiting = [...plan.steps];
    try {
      for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
        signal.throwIfAborted();
        onStep(step);
        await takeStep(step, tools, signal);
      }
      return 'done';
    } catch (error) {
      // It ran before: it is not left off because of what went wrong.
      const start = waiting.find(({ kind }) => kind === 'start-service');
      if (start !== undefined) {
        onStep(start);
        await commands.run({ kind: 'up', services: [definition.id] }).catch(() => undefined);
      }
      if (signal.aborted) return 'cancelled';
      throw error;
    }
  }

  async function takeStep(step: ImportStep, tools: ImportTools, signal: AbortSignal): Promise<void> {
    switch (step.kind) {
      case 'copy':
        return copyVolume(tools, step, signal);
      case 'remove-volume':
        return tools.engine.removeVolume(step.name);
      case 'stop-service':
      case 'start-service': {
        const kind = step.kind === 'stop-service' ? 'stop' : 'up';
        const outcome = await commands.run({ kind, services: [tools.definition.id] });
        const [failure] = outcome.kind === 'failed' ? outcome.failures : [];
        if (failure !== undefined) throw new FailureError(failure);
      }
    }
  }

  return { preview: (request) => preview(request), carryOut };
}

function subjectOf(
  { service }: ImportRequest,
  world: World,
  parts: RuntimeParts,
): { readonly engine: EnginePort; readonly definition: ServiceDefinition } {
  const definition = parts.catalog.find(({ id }) => id === service);
  if (definition === undefined) {
    throw new FailureError({ code: 'unknown-service', id: service, known: parts.catalog.map(({ id }) => id) });
  }
  const { engine } = world;
  if (engine !== undefined) return { engine, definition };
  throw new FailureError({ code: 'engine-lost', detail: 'There is no connection to an engine.' });
}

function namesOf(source: Source): { readonly from: string; readonly to: string } {
  return source.kind === 'plain' ? source : { from: source.name, to: source.kept };
}

function hasTo(source: Source): boolean {
  return source.kind === 'plain' ? source.exists : source.keptExists;
}

function mayBeTheSame({ from, to }: ImportLook): boolean {
  return to !== undefined && to.leftover === undefined && to.files > 0 && to.files === from.files;
}

function copyLabel(from: string, to: string): string {
  return `${from} ${to}`;
}

// A container goes on copying when the command that wanted it is killed.
async function wasFinished(engine: EnginePort, from: string, to: string): Promise<boolean> {
  const copies = (await engine.volumeUsers(from)).filter(
    ({ labels: found, isRunning }) => found[labels.checkVolumes] === copyLabel(from, to) && !isRunning,
  );
  const ended = await Promise.all(copies.map(({ id }) => engine.inspectContainer(id)));
  return ended.some((one) => one?.phase === 'exited' && one.exitCode === 0);
}

// Also those that are still at it: nobody would learn how it ended.
async function removeLeftovers(engine: EnginePort, { from, to, kept }: ImportPlan): Promise<void> {
  const names = [from, to, ...(kept === undefined ? [] : [kept])];
  const users = (await Promise.all(names.map((name) => engine.volumeUsers(name)))).flat();
  const ids = new Set(users.filter((one) => one.labels[labels.check] !== undefined).map(({ id }) => id));
  await Promise.all([...ids].map((id) => engine.removeContainer(id)));
}

function refusal({ service }: ImportRequest, why: ImportRefusal): FailureError {
  return new FailureError({ code: 'import-refused', service, refusal: why });
}
