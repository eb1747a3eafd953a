// The engine port over dockerode: Docker, Podman's service and everything else that speaks Docker's API.
import type Docker from 'dockerode';
import type { EnginePort } from '../core/engine-port.ts';
import type { EngineDescription } from '../core/observed.ts';
import { translated } from './failures.ts';
import { inspectContainer, observeEngine } from './observe.ts';

export function dockerEngine(docker: Docker, description: EngineDescription): EnginePort {
  return {
    description,
    observe: (query) => translated({ operation: 'observe the engine' }, () => observeEngine(docker, query)),
    inspectContainer: (id) => translated({ operation: 'inspect a container' }, () => inspectContainer(docker, id)),
  } as EnginePort;
}
