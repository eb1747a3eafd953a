// The runtime on the fake engine: probes answer ready unless told otherwise, settings live in memory.
import type { ServiceDefinition } from '../../../electron/core/catalog/service.ts';
import { FailureError, type Failure } from '../../../electron/core/failure.ts';
import type { HostObservation } from '../../../electron/core/observed.ts';
import { defaultSettings, type Settings } from '../../../electron/core/settings.ts';
import type { Snapshot } from '../../../electron/core/snapshot.ts';
import type { StateChange, UpTimeline } from '../../../electron/core/timeline.ts';
import type { ProbeResult } from '../../../electron/core/status.ts';
import { createRuntime } from '../../../electron/runtime/runtime.ts';
import type { Runtime } from '../../../electron/runtime/runtime-api.ts';
import type {
  Clock,
  OverrideSource,
  Refusal,
  SecretStore,
  TimelineStore,
} from '../../../electron/runtime/runtime-parts.ts';
import { systemClock } from '../../../electron/runtime/system-parts.ts';
import { FakeEngine, type FakeEngineOptions } from '../../engine/fake-engine.ts';
import { pinnedImage } from '../../engine/fake-world.ts';
import { createFakeHost, type FakeHost } from './fake-host.ts';
import { smallCatalog, smallTemplates, testHash } from '../core/fixtures.ts';

export interface Harness {
  readonly runtime: Runtime;
  readonly engine: FakeEngine;
  // How often somebody asked who had time for the answer.
  askedPatiently: number;
  // Set: they get none until they give up.
  isSlow: boolean;
  // By service id; what is not named is ready.
  readonly probes: Record<string, ProbeResult>;
  readonly machine: FakeHost;
  readonly host: { -readonly [Key in keyof HostObservation]: HostObservation[Key] };
  // Set: connecting fails with it.
  unreachable: Failure | undefined;
  // Set: connecting waits for it first.
  connectAfter: Promise<void> | undefined;
  // How often each service was asked.
  readonly asked: Record<string, number>;
  settingsFailures: readonly Failure[];
  readonly snapshots: Snapshot[];
  readonly log: string[];
}

export interface HarnessOptions extends FakeEngineOptions {
  readonly catalog?: readonly ServiceDefinition[];
  readonly settings?: Partial<Settings>;
  readonly withoutImages?: boolean;
  readonly templates?: Readonly<Record<string, string>>;
  readonly overrides?: OverrideSource;
  readonly timeline?: TimelineStore;
  // One that another process worked on before.
  readonly engine?: FakeEngine;
  readonly clock?: Clock;
  readonly secrets?: SecretStore;
}

export function createHarness(options: HarnessOptions = {}): Harness {
  const catalog = options.catalog ?? smallCatalog;
  let settings: Settings = { ...defaultSettings, ...options.settings };
  const images = options.withoutImages === true ? [] : catalog.map((service) => pinnedImage(service.image));
  const engine = options.engine ?? new FakeEngine({ images, ...options });
  const harness: Omit<Harness, 'runtime'> = {
    engine,
    probes: {},
    askedPatiently: 0,
    isSlow: false,
    machine: createFakeHost(),
    host: { listeners: [], hostSubnets: [] },
    unreachable: undefined,
    connectAfter: undefined,
    asked: {},
    settingsFailures: [],
    snapshots: [],
    log: [],
  };
  const runtime = createRuntime({
    host: harness.machine,
    catalog,
    templates: options.templates ?? smallTemplates,
    overrides: options.overrides ?? memoryOverrides(),
    timeline: options.timeline ?? memoryTimeline(),
    settings: {
      path: '/settings.json',
      get failures() {
        return harness.settingsFailures;
      },
      get: () => settings,
      isFirstUse: () => false,
      change(patch) {
        settings = { ...settings, ...patch };
        return settings;
      },
    },
    async connectEngine(endpoint) {
      const wait = harness.connectAfter;
      harness.connectAfter = undefined;
      await wait;
      if (harness.unreachable !== undefined) throw new FailureError(harness.unreachable);
      // The real one stops being closed once it is connected anew.
      return { engine: withoutClose(engine, endpoint), rejected: [] };
    },
    listEngines: async () => [],
    secrets: options.secrets ?? memorySecrets(),
    observeHost: async () => harness.host,
    async probe(probe, signal, isPatient) {
      if (isPatient === true) harness.askedPatiently += 1;
      const service = catalog.find((candidate) => probe.url.includes(`:${candidate.ready.port}/`));
      const id = service?.id ?? '';
      harness.asked[id] = (harness.asked[id] ?? 0) + 1;
      if (isPatient === true && harness.isSlow) {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        return { kind: 'unreachable', reason: 'It was given up' };
      }
      return harness.probes[id] ?? { kind: 'ready' };
    },
    hasLoopbackAddresses: () => true,
    canPublishPort80: () => true,
    hash: testHash,
    clock: options.clock ?? systemClock,
    log: (line) => harness.log.push(line),
  });
  runtime.subscribe((snapshot) => harness.snapshots.push(snapshot));
  return Object.assign(harness, { runtime });
}

// A password in memory, as a file would keep it.
export function memorySecrets(first?: string): SecretStore {
  let password = first;
  let settled: string | undefined;
  return {
    path: '/secrets.json',
    kept: () => (password === undefined ? 'nowhere' : 'file'),
    wouldKeep: () => 'file',
    read: async () => (password === undefined ? { kind: 'none' } : { kind: 'known', password }),
    keep: async (next) => {
      password = next;
    },
    settledIn: () => settled,
    settle: (container) => (settled = container),
  };
}

// The user's own templates in memory; what was refused is remembered as a file would.
export function memoryOverrides(texts: Readonly<Record<string, string>> = {}): OverrideSource {
  let refusals: readonly Refusal[] = [];
  return {
    folder: '/templates',
    read: () => ({
      overrides: Object.fromEntries(Object.entries(texts).map(([template, text]) => [template, { text }])),
      strays: [],
    }),
    write: (template) => ({ kind: 'written', path: `/templates/${template}` }),
    recall: () => refusals,
    remember: (known) => (refusals = known),
  };
}

export function memoryTimeline(): TimelineStore {
  let last: UpTimeline | undefined;
  const remembered: StateChange[] = [];
  return {
    lastUp: () => last,
    rememberUp: (up) => (last = up),
    changes: () => remembered,
    addChanges: (changes) => void remembered.push(...changes),
  };
}

function withoutClose(engine: FakeEngine, endpoint: string): FakeEngine {
  return new Proxy(engine, {
    get(target, key) {
      if (key === 'close') return () => undefined;
      if (key === 'description' && endpoint !== 'auto') return { ...target.description, endpoint };
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

export function statesOf(snapshot: Snapshot): string {
  return snapshot.services.map((service) => `${service.id} ${service.state}`).join(', ');
}

// Each state a service went through, without repeats.
export function historyOf(harness: Harness, service: string): readonly string[] {
  const states = harness.snapshots.flatMap(
    (snapshot) => snapshot.services.find((one) => one.id === service)?.state ?? [],
  );
  return states.filter((state, index) => state !== states[index - 1]);
}

export async function until(isSo: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 10_000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`Waited ten seconds in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
