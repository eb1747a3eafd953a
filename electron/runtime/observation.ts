// Looking, one at a time: a trigger during a look means "once more afterwards".
import type { HostObservation } from '../core/observed.ts';
import { acceptObservation, observeQuery, type World } from './world.ts';
import type { RuntimeParts } from './runtime-api.ts';

export interface Observation {
  // Resolves when a look that began after this call has ended. Throws FailureError when the engine is gone.
  look(): Promise<void>;
  // The host's listeners and routes, which only planning needs.
  lookAtHost(): Promise<void>;
}

export function createObservation(world: World, parts: RuntimeParts): Observation {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  async function lookOnce(): Promise<void> {
    const { engine } = world;
    if (engine === undefined) return;
    const seen = await engine.observe(observeQuery(world, parts));
    if (world.engine !== engine) return;
    acceptObservation(world, { ...seen, hostSubnets: world.observed?.hostSubnets ?? [] });
    world.publish();
  }

  function look(): Promise<void> {
    if (running === undefined) {
      running = lookOnce().finally(() => {
        running = undefined;
      });
      return running;
    }
    // The one under way may have begun before what triggered this.
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return look();
      });
    return next;
  }

  async function lookAtHost(): Promise<void> {
    const ports = world
      .desired()
      .services.flatMap((service) => service.container.publishes.map((publish) => publish.hostPort));
    addHost(world, await parts.observeHost([...new Set(ports)]));
  }

  return { look, lookAtHost };
}

function addHost(world: World, host: HostObservation): void {
  if (world.observed === undefined) return;
  const listeners = [
    ...world.observed.listeners.filter((listener) => listener.containerId !== undefined),
    ...host.listeners,
  ];
  acceptObservation(world, { ...world.observed, listeners, hostSubnets: host.hostSubnets });
  world.publish();
}
