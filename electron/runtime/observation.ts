// Looking, one at a time: a trigger during a look means "once more afterwards".
import { FailureError } from '../core/failure.ts';
import type { GuardIntent } from '../core/host/host-request.ts';
import { closedGuard, holds } from '../core/host/lan.ts';
import type { HostObservation } from '../core/observed.ts';
import { acceptObservation, observeQuery, type World } from './world.ts';
import type { RuntimeParts } from './runtime-parts.ts';

// A suspended machine or a stopped daemon takes the connection and says nothing.
const lookMilliseconds = 10_000;

export interface Observation {
  // Resolves when a look that began after this call has ended. Throws FailureError when the engine is gone.
  look(): Promise<void>;
  // The host's listeners and routes, which only planning needs.
  lookAtHost(): Promise<void>;
  // Looks that wait for an engine that was given up are not waited for.
  forget(): void;
}

export function createObservation(world: World, parts: RuntimeParts, onLook: () => void): Observation {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  async function lookOnce(): Promise<void> {
    const { engine } = world;
    if (engine === undefined) return;
    const [seen] = await Promise.all([
      withinTime(engine.observe(observeQuery(world, parts)), parts),
      lookAtRecord(world, parts),
    ]);
    if (world.engine !== engine) return;
    acceptObservation(world, { ...seen, hostSubnets: world.observed?.hostSubnets ?? [] });
    world.publish();
    onLook();
  }

  function look(): Promise<void> {
    if (running === undefined) {
      const own = lookOnce().finally(() => {
        if (running === own) running = undefined;
      });
      running = own;
      return own;
    }
    // The one under way may have begun before what triggered this.
    if (next === undefined) {
      const own = running
        .catch(() => undefined)
        .then(() => {
          if (next === own) next = undefined;
          return look();
        });
      next = own;
    }
    return next;
  }

  async function lookAtHost(): Promise<void> {
    const ports = world
      .desired()
      .services.flatMap((service) => service.container.publishes.map((publish) => publish.hostPort));
    addHost(world, await parts.observeHost([...new Set(ports)]));
  }

  return {
    look,
    lookAtHost,
    forget() {
      running = undefined;
      next = undefined;
    },
  };
}

// What is set up on this machine, and whether the guard stands: both cost next to nothing, and decide what is published.
// The record is the machine's, the settings are this user's: another one may have set the guard up.
export async function lookAtRecord(world: World, parts: RuntimeParts): Promise<void> {
  const { lan } = parts.settings.get();
  const record = await parts.host.record();
  const { guard, names } = record.intent;
  const [inForce, { lan: network }] = await Promise.all([
    guard === undefined ? undefined : guardInForce(guard, parts),
    lan === null && guard === undefined ? { lan: undefined } : parts.host.network(),
  ]);
  if (names === undefined) world.hasBrokenNames = false;
  world.record = record;
  world.guard = inForce;
  world.isGuarded = lan !== null && inForce !== undefined && holds(inForce, parts.catalog, lan);
  world.network = network;
}

async function guardInForce(guard: GuardIntent, { host }: RuntimeParts): Promise<GuardIntent | undefined> {
  if (await host.isGuarded(guard)) return guard;
  const closed = closedGuard(guard);
  return guard.until !== undefined && (await host.isGuarded(closed)) ? closed : undefined;
}

async function withinTime<Value>(work: Promise<Value>, parts: RuntimeParts): Promise<Value> {
  let cancel: () => void = () => undefined;
  const late = new Promise<never>((_resolve, reject) => {
    cancel = parts.clock.after(lookMilliseconds, () => {
      reject(
        new FailureError({ code: 'engine-lost', detail: `It did not answer within ${lookMilliseconds / 1000} s.` }),
      );
    });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
    // Whichever comes second is nobody's any more.
    work.catch(() => undefined);
    late.catch(() => undefined);
  }
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
