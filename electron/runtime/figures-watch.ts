// One round of looks after the other, never two at once. Nothing is asked and no timer runs while nothing of the stack
// runs or the engine is away: the next snapshot tells.
import type { ContainerStats, EngineMachine, EnginePort } from '../core/engine-port.ts';
import { FailureError } from '../core/failure.ts';
import { figuresBetween } from '../core/figure-rates.ts';
import type { FiguresSample } from '../core/figures.ts';
import { type FeedSource, feedSources } from '../core/telemetry/feed-sources.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import { statsOf } from './telemetry/stats-round.ts';
import type { World } from './world.ts';

const everyMilliseconds = 2000;
// The first look has no rates: the second one does not let anybody wait for them.
const firstRatesMilliseconds = 1000;
const longestPauseMilliseconds = 30_000;

// The last look at one run of a container.
interface Look {
  readonly run: string;
  readonly stats: ContainerStats;
}

export async function watchFigures(
  world: World,
  parts: Pick<RuntimeParts, 'catalog' | 'clock' | 'log'>,
  onSample: (sample: FiguresSample) => void,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = parts;
  const ids = parts.catalog.map(({ id }) => id);
  let looks: ReadonlyMap<string, Look> = new Map();
  let quiet: string | undefined;

  // What can be said without asking the engine is said once.
  function sayOnce(problem: string | undefined): void {
    const key = problem ?? '';
    if (quiet === key) return;
    quiet = key;
    onSample({ at: clock.now(), services: {}, ...(problem === undefined ? {} : { problem }) });
  }

  async function round(engine: EnginePort, running: readonly FeedSource[]): Promise<void> {
    const [{ figures, missing }, machine] = await Promise.all([statsOf(engine, running, clock), machineOf(engine)]);
    // Of an engine that went away meanwhile nothing is told; the next turn says why.
    if (signal.aborted || world.engine !== engine) return;
    const next = new Map<string, Look>();
    const services = figures.map(({ service, stats }) => {
      const source = running.find((each) => each.service === service);
      const run = `${source?.id} ${source?.startedAt}`;
      const before = looks.get(service);
      next.set(service, { run, stats });
      return [service, figuresBetween(before?.run === run ? before.stats : undefined, stats)] as const;
    });
    looks = next;
    quiet = undefined;
    onSample({
      at: clock.now(),
      services: Object.fromEntries(services),
      ...(machine === undefined ? {} : { machine }),
      ...(missing.length === 0 ? {} : { problem: `The engine did not tell the figures of ${missing.join(', ')}.` }),
    });
  }

  while (!signal.aborted) {
    const { engine, engineState } = world;
    // The engine lists the youngest first, which is another one each time.
    const running = feedSources(world.observed)
      .filter(({ isRunning, isObserved }) => isRunning && !isObserved)
      .toSorted((one, other) => ids.indexOf(one.service) - ids.indexOf(other.service));
    if (engine === undefined || engineState.kind !== 'connected' || running.length === 0) {
      looks = new Map();
      if (engineState.kind !== 'connecting') sayOnce(awayWords(engineState));
      await change(world, signal);
      continue;
    }
    const startedAt = clock.now();
    const isFirst = looks.size === 0;
    try {
      await round(engine, running);
    } catch (error) {
      parts.log(`Reading figures failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      sayOnce('The figures could not be read.');
    }
    const wait = isFirst ? firstRatesMilliseconds : everyMilliseconds;
    const taken = clock.now() - startedAt;
    await pause(pauseAfter(taken, wait), engine);
  }

  // Cut short where the engine is another one.
  function pause(milliseconds: number, engine: EnginePort): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(milliseconds, end);
      const unsubscribe = world.store.subscribe(() => {
        if (world.engine !== engine) end();
      });
      function end(): void {
        cancel();
        unsubscribe();
        signal.removeEventListener('abort', end);
        resolve();
      }
      if (signal.aborted || world.engine !== engine) end();
      else signal.addEventListener('abort', end);
    });
  }
}

// An engine that is slow to answer is left alone for as long. Within bounds: a machine that slept in the meantime, or whose
// clock was set, seems to have taken hours.
function pauseAfter(taken: number, wait: number): number {
  return taken < 0 ? wait : Math.min(Math.max(wait - taken, taken), longestPauseMilliseconds);
}

function awayWords(state: World['engineState']): string | undefined {
  return state.kind === 'unavailable' ? `${state.failure.text.title}. ${state.failure.text.nextStep}` : undefined;
}

async function machineOf(engine: EnginePort): Promise<EngineMachine | undefined> {
  try {
    return await engine.machine();
  } catch (error) {
    if (error instanceof FailureError) return undefined;
    throw error;
  }
}

// Resolves with the next snapshot.
function change({ store }: World, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = store.subscribe(end);
    function end(): void {
      unsubscribe();
      signal.removeEventListener('abort', end);
      resolve();
    }
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });
}
