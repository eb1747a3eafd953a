// Walks a plan: everything that may run runs at once, what waits starts as soon as it may. Decides nothing.
import type { EnginePort, PullProgress } from '../core/engine-port.ts';
import { FailureError, type Failure } from '../core/failure.ts';
import { containerLabels, networkLabels, networkName, volumeLabels } from '../core/identity.ts';
import type { Probe } from '../core/desired.ts';
import { desiredFiles } from '../core/desired-files.ts';
import type { Operation, Plan, PlannedOperation } from '../core/plan.ts';
import type { OperationState } from '../core/progress.ts';
import { runCheck } from './run-check.ts';

export interface ExecutionPorts {
  readonly engine: EnginePort;
  // Container and image ids known before the plan began, by service.
  readonly containerIds: Readonly<Record<string, string>>;
  imageId(service: string): Promise<string>;
  // Resolves when the service is ready; throws FailureError container-exited or not-ready.
  awaitReady(service: string, containerId: string, probe: Probe, signal: AbortSignal): Promise<void>;
  // Looks at the engine: after it, what is observed includes what was just done.
  look(): Promise<void>;
  onOperation(planned: PlannedOperation, state: OperationState): void;
  // At once, so that a service is never shown as off for the moment until the plan has ended.
  onFailure(failure: Failure): void;
  onPull(service: string, progress: PullProgress): void;
}

export interface Execution {
  readonly failures: readonly Failure[];
  // The first thing that went wrong and was not expected: a bug, rethrown by the caller.
  readonly unexpected: unknown;
}

// Resolves when nothing runs any more. A failed operation ends what waits for it, never what does not.
export async function executePlan(plan: Plan, ports: ExecutionPorts, signal: AbortSignal): Promise<Execution> {
  const failures: Failure[] = [];
  let unexpected: unknown;
  const containerIds: Record<string, string> = { ...ports.containerIds };
  const outcomes = new Map<string, Promise<boolean>>();

  async function run(planned: PlannedOperation): Promise<boolean> {
    const before = await Promise.all(planned.after.map((id) => outcomes.get(id) ?? Promise.resolve(true)));
    if (before.includes(false) || signal.aborted) {
      ports.onOperation(planned, 'skipped');
      return false;
    }
    ports.onOperation(planned, 'running');
    try {
      await execute(planned.operation, ports, containerIds, signal);
      ports.onOperation(planned, 'done');
      return true;
    } catch (error) {
      if (error instanceof FailureError) {
        const failure = withService(error.failure, planned.operation);
        failures.push(failure);
        ports.onFailure(failure);
      } else if (!signal.aborted) unexpected ??= error;
      ports.onOperation(planned, 'failed');
      return false;
    }
  }

  // Every operation's waits come from the same plan, which has no cycles; a promise is there before anyone awaits it
  // because each run begins with an await.
  for (const planned of plan.operations) {
    const start = Promise.resolve().then(() => run(planned));
    outcomes.set(planned.id, start);
  }
  await Promise.all(outcomes.values());
  return { failures: withoutEcho(failures), unexpected };
}

// The engine layer does not know whom it works for.
function withService(failure: Failure, operation: Operation): Failure {
  if (!('service' in operation)) return failure;
  const isNameless = failure.code === 'operation-failed' || ('service' in failure && failure.service === '');
  return isNameless ? { ...failure, service: operation.service } : failure;
}

// When the engine goes away every operation under way says so; once is enough.
function withoutEcho(failures: readonly Failure[]): readonly Failure[] {
  const seen = new Set<string>();
  return failures.filter((failure) => {
    const key = failure.code === 'engine-lost' || failure.code === 'disk-full' ? failure.code : JSON.stringify(failure);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

async function execute(
  operation: Operation,
  ports: ExecutionPorts,
  containerIds: Record<string, string>,
  signal: AbortSignal,
): Promise<void> {
  const { engine } = ports;
  const idOf = (service: string): string => {
    const id = containerIds[service];
    if (id === undefined) throw new Error(`The plan uses the container of ${service} before it makes it`);
    return id;
  };
  switch (operation.kind) {
    case 'pull-image':
      return engine.pullImage(
        operation.container.image,
        (progress) => ports.onPull(operation.service, progress),
        signal,
      );
    case 'check-config': {
      const { service, container, check } = operation;
      const words = await runCheck(engine, await ports.imageId(service), container, check, signal);
      if (words !== undefined) throw new FailureError({ code: 'config-refused', service, words });
      return;
    }
    case 'create-network':
      return engine.createNetwork(operation.network, networkLabels());
    case 'remove-network':
      return engine.removeNetwork(operation.networkId);
    case 'create-volume':
      return engine.createVolume(operation.name, volumeLabels(operation.name));
    case 'remove-volume':
      return engine.removeVolume(operation.name);
    case 'create-container': {
      const { container, service } = operation;
      const image = await ports.imageId(service);
      containerIds[service] = await engine.createContainer(container, image, networkName, containerLabels(container));
      return;
    }
    case 'upload-files':
      return engine.uploadFiles(idOf(operation.service), desiredFiles(operation.container));
    case 'start-container':
      return engine.startContainer(idOf(operation.service));
    case 'stop-container':
      await engine.stopContainer(operation.containerId, operation.seconds);
      // Else it would be shown as running once more, between the end of the operation and the engine's event.
      return ports.look();
    case 'restart-container':
      return engine.restartContainer(operation.containerId, operation.seconds);
    case 'remove-container':
      return engine.removeContainer(operation.containerId);
    case 'await-ready':
      return ports.awaitReady(operation.service, idOf(operation.service), operation.probe, signal);
  }
}
