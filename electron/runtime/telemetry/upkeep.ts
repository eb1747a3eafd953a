// What a running stack needs besides its containers: files that change while they run, networks of others that are to
// be scraped, KinD clusters. Done after every look while the app watches, and once at the end of `up`. It stands in no
// command's way: what fails is logged and tried again.
import { findContainer } from '../../core/conflicts.ts';
import type { DesiredContainer } from '../../core/desired.ts';
import { FailureError } from '../../core/failure.ts';
import type { Observed, ObservedContainer } from '../../core/observed.ts';
import { kindClusters, kindJobsPath, kindNetworks } from '../../core/telemetry/kind.ts';
import { observeTargets } from '../../core/telemetry/targets.ts';
import type { RuntimeParts } from '../runtime-parts.ts';
import type { World } from '../world.ts';
import { createFollowedNetworks } from './followed-networks.ts';
import { createKindFollow } from './kind-follow.ts';
import { createLiveFiles, type LiveFile } from './live-files.ts';

const firstRetryMilliseconds = 5000;
const longestRetryMilliseconds = 60_000;
// A command in a node, or an engine, that does not come back keeps nothing else waiting.
const stepMilliseconds = 20_000;
const kindFiles = 'Files of KinD clusters';

export interface Upkeep {
  // From now on whenever something changed.
  start(): void;
  stop(): void;
  // A look ended, or a setting changed.
  changed(): void;
  // One round now; resolves in bounded time, whatever goes wrong.
  once(): Promise<void>;
}

export function createUpkeep(world: World, parts: RuntimeParts): Upkeep {
  const live = createLiveFiles();
  const networks = createFollowedNetworks();
  const kind = createKindFollow();
  let isWatching = false;
  let running: Promise<void> | undefined;
  let isAskedAgain = false;
  let cancelRetry: (() => void) | undefined;
  let retryMilliseconds = firstRetryMilliseconds;
  const lastWords = new Map<string, string>();
  // Service -> what its new container got with its making, in the command under way.
  const filled = new Map<string, readonly LiveFile[]>();
  // What the last round that went well was about.
  let settled: readonly unknown[] = [];

  world.store.subscribe(() => {
    for (const { planned, state } of world.progress?.operations ?? []) {
      const { operation } = planned;
      if (operation.kind === 'upload-files' && state === 'done') filled.set(operation.service, filesOf(operation));
    }
    changed();
  });

  function filesOf({ service, container }: { readonly service: string; readonly container: DesiredContainer }) {
    // Without clusters there is nothing more in a new one.
    const more = service === 'prometheus' && !parts.settings.get().kindClusters ? kind.files(false) : [];
    return [...container.liveFiles, ...more];
  }

  function noteFilled(observed: Observed): void {
    for (const [service, files] of filled) {
      const container = findContainer(observed, service);
      if (container !== undefined) live.note(container.id, files);
    }
    filled.clear();
  }

  // Returns whether it went well. The same words are logged once.
  async function step(name: string, work: () => Promise<void>): Promise<boolean> {
    const { engine } = world;
    try {
      await withinTime(work(), parts);
      lastWords.delete(name);
      return true;
    } catch (error) {
      // What the end of a connection broke off is not worth a word.
      if (world.engine !== engine) return true;
      const words = wordsOf(error);
      if (lastWords.get(name) !== words) parts.log(`${name}: ${words}; tried again later`);
      lastWords.set(name, words);
      return false;
    }
  }

  async function round(): Promise<boolean> {
    const { engine, observed } = world;
    if (engine === undefined || observed === undefined) return true;
    const isOn = parts.settings.get().kindClusters;
    const labelled = observed.labelled ?? [];
    const clusters = kindClusters(labelled);
    const prometheus = runningContainer(observed, 'prometheus');
    live.keepOnly(observed.containers.map(({ id }) => id));
    noteFilled(observed);
    const isRecalled = prometheus === undefined || (await recall(prometheus));
    const done = await Promise.all([
      ...world.desired().services.map(({ definition: { id }, container: { liveFiles } }) => {
        const container = runningContainer(observed, id);
        return container === undefined ? true : putFiles(`Files of ${id}`, container, liveFiles);
      }),
      prometheus === undefined ? true : follow(prometheus),
      // Off, no token is used any more before the accounts go; their names stay until they are gone.
      prometheus === undefined || isOn || !isRecalled ? true : putKindFiles(prometheus),
    ]);
    if (prometheus === undefined || !isRecalled) return isRecalled && !done.includes(false);
    const isKindDone = await step('KinD clusters', () => kind.follow(engine, clusters, isOn));
    const areFilesDone = await putKindFiles(prometheus);
    return isKindDone && areFilesDone && !done.includes(false);

    // What an earlier process left there.
    function recall({ id }: ObservedContainer): Promise<boolean> {
      return step(kindFiles, async () => {
        if (engine !== undefined) kind.recall(await live.read(engine, id, kindJobsPath));
      });
    }

    function putKindFiles(container: ObservedContainer): Promise<boolean> {
      return putFiles(kindFiles, container, kind.files(isOn));
    }

    function putFiles(name: string, container: ObservedContainer, files: readonly LiveFile[]): Promise<boolean> {
      return step(name, async () => engine && live.put(engine, container.id, files));
    }

    function follow(container: ObservedContainer): Promise<boolean> {
      const wanted = [...observeTargets(labelled).networks, ...kindNetworks(isOn ? clusters : [])];
      const left = isOn ? [] : kindNetworks(clusters.filter(kind.mayHaveAccount));
      return step('Networks of Prometheus', async () => engine && networks.follow(engine, container, wanted, left));
    }
  }

  // Never rejects.
  function once(): Promise<void> {
    if (running !== undefined) {
      isAskedAgain = true;
      return running;
    }
    running = (async () => {
      do {
        isAskedAgain = false;
        const about = present();
        const isDone = await round();
        settled = isDone ? about : [];
        retryLater(isDone);
      } while (isAskedAgain);
    })()
      .catch((error: unknown) => parts.log(`The upkeep of the stack failed: ${wordsOf(error)}`))
      .finally(() => {
        running = undefined;
      });
    return running;
  }

  function retryLater(isDone: boolean): void {
    cancelRetry?.();
    cancelRetry = undefined;
    if (isDone) retryMilliseconds = firstRetryMilliseconds;
    if (isDone || !isWatching) return;
    cancelRetry = parts.clock.after(retryMilliseconds, changed);
    retryMilliseconds = Math.min(retryMilliseconds * 3, longestRetryMilliseconds);
  }

  // While a command runs its containers come and go: its end is seen here too.
  function changed(): void {
    if (!isWatching || world.progress !== undefined || isSettled()) return;
    void once();
  }

  function present(): readonly unknown[] {
    return [world.engine, world.observed, world.desired()];
  }

  function isSettled(): boolean {
    return running === undefined && settled.length > 0 && present().every((part, index) => part === settled[index]);
  }

  return {
    start() {
      isWatching = true;
    },
    stop() {
      isWatching = false;
      cancelRetry?.();
      cancelRetry = undefined;
    },
    changed,
    once,
  };
}

function runningContainer(observed: Observed, service: string): ObservedContainer | undefined {
  const found = findContainer(observed, service);
  return found?.phase === 'running' ? found : undefined;
}

function wordsOf(error: unknown): string {
  if (!(error instanceof FailureError)) return String(error);
  const { failure } = error;
  return failure.code === 'operation-failed' ? `could not ${failure.operation}: ${failure.detail}` : failure.code;
}

async function withinTime(work: Promise<void>, { clock }: RuntimeParts): Promise<void> {
  let cancel: () => void = () => undefined;
  const late = new Promise<never>((_resolve, reject) => {
    cancel = clock.after(stepMilliseconds, () => {
      reject(new Error(`it did not end within ${stepMilliseconds / 1000} s`));
    });
  });
  try {
    await Promise.race([work, late]);
  } finally {
    cancel();
    work.catch(() => undefined);
    late.catch(() => undefined);
  }
}
