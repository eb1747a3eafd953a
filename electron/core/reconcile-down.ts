// Stop, restart and down: what is ours, dependents before what they need.
import { findContainer, serviceOf } from './conflicts.ts';
import type { DesiredService, DesiredStack } from './desired.ts';
import { desiredFiles } from './desired-files.ts';
import { isOurs, networkName } from './identity.ts';
import type { Observed, ObservedContainer } from './observed.ts';
import { operationId, type Operation, type Plan, type PlannedOperation } from './plan.ts';

export interface StopRequest {
  // Switched-off services can be stopped too; undefined is everything that is ours.
  readonly ids: readonly string[] | undefined;
}

export function planStop(desired: DesiredStack, observed: Observed, request: StopRequest): Plan {
  const running = observed.containers.filter(
    (container) =>
      isOurs(container.labels) &&
      isUp(container) &&
      (request.ids === undefined || request.ids.includes(serviceOf(container))),
  );
  return { operations: running.map((container) => stopOperation(desired, running, container, 'asked to stop')) };
}

export function planRestart(observed: Observed, chosen: readonly DesiredService[]): Plan {
  const operations = chosen.flatMap((service): PlannedOperation[] => {
    const current = findContainer(observed, service.definition.id);
    if (current === undefined) return [];
    const seconds = service.container.stopSeconds;
    const { container } = service;
    // Created but never started: whoever made it was killed before it had its files.
    const upload: PlannedOperation[] =
      current.phase === 'created' && desiredFiles(container).length > 0
        ? [
            toPlanned(
              { kind: 'upload-files', service: service.definition.id, container },
              'it was created but never started',
              [],
            ),
          ]
        : [];
    const restart: Operation = {
      kind: 'restart-container',
      service: service.definition.id,
      containerId: current.id,
      seconds,
    };
    const ready: Operation = { kind: 'await-ready', service: service.definition.id, probe: service.probe };
    const isChosen = (id: string) => chosen.some((other) => other.definition.id === id);
    return [
      ...upload,
      {
        id: operationId(restart),
        operation: restart,
        cause: 'asked to restart',
        after: [
          ...service.needs.filter(isChosen).map((id) => `await-ready ${id}`),
          ...upload.map((planned) => planned.id),
        ],
      },
      { id: operationId(ready), operation: ready, cause: service.probe.url, after: [operationId(restart)] },
    ];
  });
  return { operations };
}

export function planDown(
  desired: DesiredStack,
  observed: Observed,
  request: { readonly removeVolumes: boolean },
): Plan {
  const ours = observed.containers.filter((container) => isOurs(container.labels));
  const running = ours.filter(isUp);
  const stops = running.map((container) => stopOperation(desired, running, container, 'asked to take the stack down'));
  const removals = ours.map((container): PlannedOperation => {
    const service = serviceOf(container);
    const operation: Operation = { kind: 'remove-container', service, containerId: container.id, name: container.name };
    const stop = `stop-container ${service}`;
    return {
      id: operationId(operation),
      operation,
      cause: 'asked to take the stack down',
      after: stops.some((planned) => planned.id === stop) ? [stop] : [],
    };
  });
  const removed = removals.map((planned) => planned.id);
  const networks = observed.networks
    .filter((network) => network.name === networkName && isOurs(network.labels))
    .map((network): PlannedOperation => {
      const operation: Operation = { kind: 'remove-network', name: network.name, networkId: network.id };
      return { id: operationId(operation), operation, cause: 'asked to take the stack down', after: removed };
    });
  const volumes = request.removeVolumes ? volumesToRemove(observed, removed) : [];
  return { operations: [...stops, ...removals, ...networks, ...volumes] };
}

// The names a user is asked about before their data goes.
export function volumeNamesToRemove(observed: Pick<Observed, 'volumes'>): readonly string[] {
  return observed.volumes.filter((volume) => isOurs(volume.labels)).map((volume) => volume.name);
}

function volumesToRemove(observed: Observed, after: readonly string[]): readonly PlannedOperation[] {
  return volumeNamesToRemove(observed).map((name) => {
    const operation: Operation = { kind: 'remove-volume', name };
    return { id: operationId(operation), operation, cause: 'asked to delete the data too', after };
  });
}

function stopOperation(
  desired: DesiredStack,
  stopping: readonly ObservedContainer[],
  container: ObservedContainer,
  cause: string,
): PlannedOperation {
  const service = serviceOf(container);
  const own = desired.services.find((candidate) => candidate.definition.id === service);
  const dependents = desired.services
    .filter((candidate) => candidate.needs.includes(service))
    .map((candidate) => candidate.definition.id)
    .filter((id) => stopping.some((other) => serviceOf(other) === id));
  const operation: Operation = {
    kind: 'stop-container',
    service,
    containerId: container.id,
    seconds: own?.container.stopSeconds ?? 10,
  };
  return { id: operationId(operation), operation, cause, after: dependents.map((id) => `stop-container ${id}`) };
}

function toPlanned(operation: Operation, cause: string, after: readonly string[]): PlannedOperation {
  return { id: operationId(operation), operation, cause, after };
}

function isUp(container: ObservedContainer): boolean {
  return container.phase === 'running' || container.phase === 'restarting' || container.phase === 'paused';
}
