// Finds the engine, follows its events, and finds it again when it goes.
import type { EnginePort } from '../core/engine-port.ts';
import { FailureError, type Failure } from '../core/failure.ts';
import { failureText } from '../core/failure-text.ts';
import type { Observation } from './observation.ts';
import type { Probing } from './probing.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import { noteDeath, type World } from './world.ts';

const firstRetryMilliseconds = 500;
const longestRetryMilliseconds = 5000;
// A command that follows at once need not look and ask a second time.
const freshMilliseconds = 500;
const firstAnswersMilliseconds = 1000;

export interface Connection {
  // Connects and looks once; resolves also when there is no engine.
  connect(options: { readonly watch: boolean }): Promise<void>;
  // Tries again now, at the address the settings name now.
  reconnect(): Promise<void>;
  close(): void;
}

export function createConnection(
  world: World,
  parts: RuntimeParts,
  observation: Observation,
  probing: Probing,
): Connection {
  let watch = false;
  let isClosed = false;
  let attempt = 0;
  let retryMilliseconds = firstRetryMilliseconds;
  let cancelRetry: (() => void) | undefined;
  // Ends the event stream of the connection it belongs to.
  let following: AbortController | undefined;

  async function connectOnce(): Promise<void> {
    release();
    // Whoever connects later wins: the answers of an older attempt are not for us any more.
    const own = ++attempt;
    const isStale = () => isClosed || own !== attempt;
    try {
      const { engine, rejected } = await parts.connectEngine(parts.settings.get().engineEndpoint);
      if (isStale()) return engine.close();
      world.engine = engine;
      world.rejected = rejected;
      const events = watch ? follow(engine) : undefined;
      // Events are listened to before the first look, so that nothing falls between the two.
      await events?.listening;
      if (isStale()) return;
      await observation.look();
      if (isStale()) return;
      const freshUntil = parts.clock.now() + freshMilliseconds;
      // Readiness is known when the connection is shown; one service that hangs does not hold it up for long.
      await Promise.race([watch ? probing.follow() : probing.probeAll(), pause(firstAnswersMilliseconds)]);
      if (isStale()) return;
      if (!watch) world.freshUntil = freshUntil;
      world.engineState = { kind: 'connected', description: engine.description };
      retryMilliseconds = firstRetryMilliseconds;
      world.failures = world.failures.filter((failure) => failure.code !== 'engine-lost');
      world.publish();
    } catch (error) {
      const failure = failureOf(error);
      if (!isStale()) lose(failure);
    }
  }

  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => void parts.clock.after(milliseconds, resolve));
  }

  // Throws what is a bug.
  function failureOf(error: unknown): Failure {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }

  function release(): void {
    attempt += 1;
    observation.forget();
    following?.abort();
    following = undefined;
    cancelRetry?.();
    cancelRetry = undefined;
    world.engine?.close();
    world.engine = undefined;
  }

  function lose(failure: Failure): void {
    release();
    world.observed = undefined;
    world.probes = {};
    if ('tried' in failure && failure.code !== 'no-free-subnet') world.rejected = failure.tried;
    const isRetrying = watch && !isClosed;
    world.engineState = { kind: 'unavailable', failure: { failure, text: failureText(failure) }, retrying: isRetrying };
    world.publish();
    if (!isRetrying) return;
    // Not all apps of a machine at the same moment after the engine comes back.
    const jitter = 0.8 + Math.random() * 0.4;
    cancelRetry = parts.clock.after(retryMilliseconds * jitter, () => void connectOnce());
    retryMilliseconds = Math.min(retryMilliseconds * 2, longestRetryMilliseconds);
  }

  function follow(engine: EnginePort): { readonly listening: Promise<void> } {
    const controller = new AbortController();
    following = controller;
    const isOurs = () => following === controller;
    let onListening: () => void = () => undefined;
    const listening = new Promise<void>((resolve) => {
      onListening = resolve;
    });
    void (async () => {
      let detail = 'Its stream of events ended';
      try {
        for await (const event of engine.events(controller.signal)) {
          if (event.kind === 'engine') {
            onListening();
            continue;
          }
          if (event.action === 'die') noteDeath(world, event);
          // Not awaited: a burst of events is one look, and one more.
          void observation.look().then(probing.hurry, (error: unknown) => {
            parts.log(`A look failed: ${String(error)}`);
            if (isOurs() && error instanceof FailureError && error.failure.code === 'engine-lost') lose(error.failure);
          });
        }
      } catch (error) {
        detail = error instanceof FailureError && 'detail' in error.failure ? error.failure.detail : String(error);
        parts.log(`The engine's events ended: ${detail}`);
      }
      onListening();
      if (isOurs()) lose({ code: 'engine-lost', detail });
    })();
    return { listening };
  }

  return {
    async connect(options) {
      watch = options.watch;
      await connectOnce();
    },
    async reconnect() {
      retryMilliseconds = firstRetryMilliseconds;
      await connectOnce();
    },
    close() {
      isClosed = true;
      release();
    },
  };
}
