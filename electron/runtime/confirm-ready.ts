// Asks what ran already: it was not in the plan, and "up" still means that it answers.
import type { ServiceDefinition } from '../core/catalog/service.ts';
import { findContainer } from '../core/conflicts.ts';
import type { DesiredService, Probe } from '../core/desired.ts';
import type { EnginePort } from '../core/engine-port.ts';
import { FailureError, type Failure } from '../core/failure.ts';
import type { Observed } from '../core/observed.ts';
import type { Plan } from '../core/plan.ts';
import { selectServices, withNeeds } from '../core/selection.ts';
import { lastLines } from './log-lines.ts';
import { awaitReady } from './readiness.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import type { World } from './world.ts';

export interface Confirmation {
  readonly world: World;
  readonly parts: RuntimeParts;
  readonly command: { readonly services?: readonly string[] };
  readonly plan: Plan;
  // Whether it answered a moment ago.
  isKnown(service: ServiceDefinition): boolean;
}

export async function confirmReady(asked: Confirmation, signal: AbortSignal): Promise<readonly Failure[]> {
  const { world, parts, command, plan } = asked;
  const { engine, observed } = world;
  const desired = world.desired();
  const selection = selectServices(desired, parts.catalog, command.services);
  if (!selection.ok || engine === undefined || observed === undefined) return [];
  const planned = new Set(plan.operations.map((operation) => operation.id));
  const unplanned = withNeeds(desired, selection.services).filter(
    (service) => !planned.has(`await-ready ${service.definition.id}`) && !asked.isKnown(service.definition),
  );
  const confirm = (service: DesiredService) => confirmOne(service, asked, { engine, observed }, signal);
  return (await Promise.all(unplanned.map(confirm))).flat();
}

export function readinessParts(world: World, parts: RuntimeParts, engine: EnginePort) {
  return {
    engine,
    clock: parts.clock,
    probe: (probe: Probe, signal: AbortSignal) => world.ask(probe, signal),
    onResult: world.setProbe,
    lastLines: (service: string, containerId: string) => lastLines(engine, service, containerId),
  };
}

async function confirmOne(
  service: DesiredService,
  { world, parts }: Confirmation,
  { engine, observed }: { readonly engine: EnginePort; readonly observed: Observed },
  signal: AbortSignal,
): Promise<readonly Failure[]> {
  const { id } = service.definition;
  const container = findContainer(observed, id);
  if (container === undefined) return [];
  try {
    await awaitReady(id, container.id, service.probe, readinessParts(world, parts, engine), signal);
    return [];
  } catch (error) {
    if (error instanceof FailureError) return [error.failure];
    if (signal.aborted) return [];
    throw error;
  }
}
