// Finds the engine, follows its events, and finds it again when it goes.
import { FailureError, type Failure } from '../core/failure.ts';
import { failureText } from '../core/failure-text.ts';
import type { Observation } from './observation.ts';
import type { Probing } from './probing.ts';
import type { RuntimeParts } from './runtime-api.ts';
import type { World } from './world.ts';

const firstRetryMilliseconds = 500;
const longestRetryMilliseconds = 5000;
// A command that follows at once need not look and ask a second time.
const freshMilliseconds = 500;

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
  let retryMilliseconds = firstRetryMilliseconds;
  let cancelRetry: (() => void) | undefined;
  // Ends the event stream of the connection it belongs to.
  let following: AbortController | undefined;

  async function connectOnce(): Promise<void> {
    release();
    try {
      const { engine, rejected } = await parts.connectEngine(parts.settings.get().engineEndpoint);
      if (isClosed) return engine.close();
      world.engine = engine;
      world.rejected = rejected;
      const events = watch ? follow() : undefined;
      // Events are listened to before the first look, so that nothing falls between the two.
      await events?.listening;
      await observation.look();
      world.engineState = { kind: 'connected', description: engine.description };
      retryMilliseconds = firstRetryMilliseconds;
      world.failures = world.failures.filter((failure) => failure.code !== 'engine-lost');
      if (watch) {
        probing.follow();
      } else {
        const freshUntil = parts.clock.now() + freshMilliseconds;
        await probing.probeAll();
        world.freshUntil = freshUntil;
      }
      world.publish();
    } catch (error) {
      lose(failureOf(error));
    }
  }

  // Throws what is a bug.
  function failureOf(error: unknown): Failure {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }

  function release(): void {
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

  function follow(): { readonly listening: Promise<void> } {
    const controller = new AbortController();
    following = controller;
    const { engine } = world;
    if (engine === undefined) return { listening: Promise.resolve() };
    let onListening: () => void = () => undefined;
    const listening = new Promise<void>((resolve) => {
      onListening = resolve;
    });
    void (async () => {
      let detail = 'Its stream of events ended';
      try {
        for await (const event of engine.events(controller.signal)) {
          if (event.kind === 'engine') onListening();
          // Not awaited: a burst of events is one look, and one more.
          else
            void observation
              .look()
              .then(probing.hurry, (error: unknown) => parts.log(`A look failed: ${String(error)}`));
        }
      } catch (error) {
        detail = error instanceof FailureError && 'detail' in error.failure ? error.failure.detail : String(error);
        parts.log(`The engine's events ended: ${detail}`);
      }
      onListening();
      if (following === controller) lose({ code: 'engine-lost', detail });
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
