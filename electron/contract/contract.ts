// Every command and event between the window and the main process, as one value.
// The main process, the preload script and the tests' stand-in for it are all derived from here.
import * as v from 'valibot';
import type { EngineAttempt, Failure, FailureText } from '../core/failure.ts';
import type { DiskView, FiguresSample } from '../core/figures.ts';
import type { DoctorCheck } from '../core/doctor.ts';
import type { BundleReport, DownloadSize, ImagesView, TransferProgress } from '../core/images/images-view.ts';
import type { PackedLines } from '../core/log-pack.ts';
import {
  type HostOutcome,
  type HostPreview,
  type HostView,
  lanLimits,
  namesBackends,
  type PortHolder,
} from '../core/host/host-view.ts';
import type { Settings } from '../core/settings.ts';
import {
  areLanPorts,
  isBaseDomain,
  isDateLocale,
  isEngineEndpoint,
  isHttpPort,
  isLogLines,
  isRetention,
  isScrapeTarget,
  mostTargets,
  signals,
} from '../core/settings.ts';
import type { FoundEngine, LoginView, PasswordView, SettingsEffects } from '../core/settings-effects.ts';
import type { TimelineView } from '../core/timeline.ts';
import type { SignalReport } from '../core/telemetry/signal-report.ts';
import type { TelemetryView } from '../core/telemetry/telemetry-view.ts';
import type { Snapshot } from '../core/snapshot.ts';

const nothing = v.undefined();
const serviceId = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/));
const someServices = v.strictObject({
  services: v.optional(v.pipe(v.array(serviceId), v.minLength(1), v.maxLength(200))),
});
const hostChange = v.variant('kind', [
  v.strictObject({ kind: v.literal('names'), backend: v.picklist(namesBackends) }),
  v.strictObject({
    kind: v.literal('lan-on'),
    services: v.pipe(v.array(serviceId), v.minLength(1), v.maxLength(50)),
    limit: v.picklist(lanLimits),
    allowUnprotected: v.boolean(),
  }),
  v.strictObject({ kind: v.literal('lan-off') }),
  v.strictObject({ kind: v.literal('undo') }),
]);
const retention = v.pipe(
  v.strictObject({ days: v.number(), gigabytes: v.number() }),
  v.check((value) => isRetention(value)),
);
const scrapeTarget = v.pipe(
  v.strictObject({
    name: v.string(),
    address: v.string(),
    path: v.string(),
    scheme: v.picklist(['http', 'https']),
  }),
  v.check((value) => isScrapeTarget(value)),
);
const session = v.pipe(v.number(), v.integer(), v.minValue(1));

const moment = v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15));
const span = v.strictObject({ from: moment, to: moment });
const settingsPatch = v.partial(
  v.strictObject({
    engineEndpoint: v.pipe(v.string(), v.maxLength(300), v.check(isEngineEndpoint)),
    baseDomain: v.pipe(v.string(), v.check(isBaseDomain)),
    disabledServices: v.pipe(v.array(serviceId), v.maxLength(200)),
    startStackWithApp: v.boolean(),
    publishPort80: v.boolean(),
    httpPort: v.pipe(
      v.number(),
      v.check((value) => isHttpPort(value)),
    ),
    lanPorts: v.pipe(
      v.record(v.string(), v.number()),
      v.check((value) => areLanPorts(value)),
    ),
    retention: v.strictObject({ metrics: retention, logs: retention, traces: retention }),
    targets: v.pipe(v.array(scrapeTarget), v.maxLength(mostTargets)),
    containerLogs: v.picklist(['collector', 'app', 'off']),
    engineMetrics: v.boolean(),
    kindClusters: v.boolean(),
    notifications: v.boolean(),
    dateLocale: v.pipe(
      v.string(),
      v.check((value) => isDateLocale(value)),
    ),
    logLines: v.pipe(
      v.number(),
      v.check((value) => isLogLines(value)),
    ),
    firstRunDone: v.boolean(),
  }),
);
const password = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

export const pages = ['services', 'logs', 'figures', 'timeline', 'images', 'telemetry', 'host', 'settings'] as const;
export type Page = (typeof pages)[number];
// Of the page 'host'.
export type HostSection = 'names' | 'lan' | 'doctor' | 'ports';

// Carries the output's type; it is checked by the compiler only, since main is its only author.
function returns<Output>() {
  return undefined as unknown as Output;
}

function command<Input extends v.GenericSchema, Output>(input: Input, output: Output) {
  return { input, output };
}

export interface SettingsView {
  readonly settings: Settings;
  readonly path: string;
  // Engines that were looked for at the last connect, with why each was rejected; the one in use is not among them.
  readonly rejectedEngines: readonly EngineAttempt[];
  // What could not be read from the file, in words.
  readonly warning?: string;
  readonly services: readonly { readonly id: string; readonly title: string; readonly enabled: boolean }[];
}

export const commands = {
  'snapshot:get': command(nothing, returns<Snapshot>()),
  'stack:up': command(someServices, returns<void>()),
  'stack:stop': command(someServices, returns<void>()),
  'stack:restart': command(someServices, returns<void>()),
  'stack:down': command(v.strictObject({ removeVolumes: v.boolean() }), returns<void>()),
  // Ends what is under way; what was done stays done.
  'stack:cancel': command(nothing, returns<void>()),
  'engine:retry': command(nothing, returns<void>()),
  // An id out of the snapshot's urls or of the fixed help links, never an address.
  'link:open': command(v.strictObject({ id: v.pipe(v.string(), v.maxLength(100)) }), returns<void>()),
  'logs:open': command(
    v.strictObject({
      services: v.pipe(v.array(serviceId), v.minLength(1), v.maxLength(200)),
      tail: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(200_000)),
      // All lines of that time and no others, instead of the newest and those to come.
      span: v.optional(span),
    }),
    returns<{ readonly session: number }>(),
  ),
  // The window has shown this batch: the next may come.
  'logs:acknowledge': command(v.strictObject({ session, batch: session }), returns<void>()),
  'logs:close': command(v.strictObject({ session }), returns<void>()),
  // Asks where to, and writes it there. No path: the user changed their mind.
  'logs:save': command(
    v.strictObject({
      name: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,100}$/)),
      text: v.pipe(v.string(), v.maxLength(200_000_000)),
    }),
    returns<{ readonly path?: string }>(),
  ),
  // The same services, time and words in Grafana.
  'logs:explore': command(
    v.strictObject({
      services: v.pipe(v.array(serviceId), v.minLength(1), v.maxLength(200)),
      span,
      search: v.optional(
        v.strictObject({
          words: v.pipe(v.string(), v.maxLength(1000)),
          isPattern: v.boolean(),
          // Without it, capitals count.
          isCaseKept: v.optional(v.boolean()),
        }),
      ),
    }),
    returns<void>(),
  ),
  // From now on 'figures' events come, until it says stop or the page is gone.
  'figures:watch': command(nothing, returns<void>()),
  'figures:unwatch': command(nothing, returns<void>()),
  // Up to a minute old, unless it is wanted anew: measuring can take long.
  'figures:disk': command(v.strictObject({ anew: v.boolean() }), returns<DiskView>()),
  'timeline:get': command(nothing, returns<TimelineView>()),
  'images:get': command(nothing, returns<ImagesView>()),
  // Asks the registries; of the given services, or of all that are missing.
  'images:sizes': command(someServices, returns<readonly DownloadSize[]>()),
  // Downloads and starts nothing. 'stack:cancel' ends it; what came stays, and the next one goes on from there.
  'images:pull': command(someServices, returns<void>()),
  // Both ask for a file; undefined: the user changed their mind.
  'images:export': command(nothing, returns<BundleReport | undefined>()),
  'images:import': command(nothing, returns<BundleReport | undefined>()),
  'images:cancel': command(nothing, returns<void>()),
  // Ids out of the view's unused ones; whatever is used meanwhile stays.
  'images:remove': command(
    v.strictObject({
      ids: v.pipe(
        v.array(v.pipe(v.string(), v.regex(/^(sha256:)?[0-9a-f]{12,64}$/))),
        v.minLength(1),
        v.maxLength(500),
      ),
    }),
    returns<ImagesView>(),
  ),
  // Engines that answer here, and those that do not.
  'engine:list': command(nothing, returns<readonly FoundEngine[]>()),
  'settings:get': command(nothing, returns<SettingsView>()),
  // What the change would do to what runs. Reads only. null stands for all defaults.
  'settings:preview': command(v.strictObject({ patch: v.nullable(settingsPatch) }), returns<SettingsEffects>()),
  // Back to the defaults; data, targets, LAN mode and what was set up on this machine stay.
  'settings:reset': command(nothing, returns<SettingsView>()),
  'login:get': command(nothing, returns<LoginView>()),
  'login:set': command(v.strictObject({ startsAtLogin: v.boolean() }), returns<LoginView>()),
  'password:get': command(nothing, returns<PasswordView>()),
  // Grafana is told the new one with the current one, which is the one the app knows unless it is given.
  'password:change': command(
    v.strictObject({ current: v.optional(password), next: password }),
    returns<PasswordView>(),
  ),
  'settings:change': command(settingsPatch, returns<SettingsView>()),
  'host:get': command(nothing, returns<HostView>()),
  // Reads only. What it returns is what 'host:apply' with its hash does.
  'host:preview': command(hostChange, returns<HostPreview>()),
  'host:apply': command(
    v.strictObject({ hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) }),
    returns<HostOutcome>(),
  ),
  // Who listens there; with root's eyes where the user agrees to a password prompt.
  'host:port-owner': command(
    v.strictObject({ port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)), asRoot: v.boolean() }),
    returns<readonly PortHolder[]>(),
  ),
  'telemetry:get': command(nothing, returns<TelemetryView>()),
  // Sends a real metric, log line and trace, and looks for each; lasts as long as they take, a minute at most.
  'telemetry:signal': command(nothing, returns<SignalReport>()),
  // Throws away what is kept of one signal; its service is down for that moment.
  'telemetry:wipe': command(v.strictObject({ signal: v.picklist(signals) }), returns<void>()),
  'doctor:run': command(nothing, returns<readonly DoctorCheck[]>()),
  // The repair that a check of the last run offered.
  'doctor:repair': command(v.strictObject({ subject: v.pipe(v.string(), v.maxLength(200)) }), returns<void>()),
  'clipboard:write': command(v.strictObject({ text: v.pipe(v.string(), v.maxLength(10_000_000)) }), returns<void>()),
  'app:quit': command(nothing, returns<void>()),
} as const;

// What came over the bridge, if it is what the command takes.
export function parseInput<Name extends CommandName>(
  name: Name,
  input: unknown,
): { readonly input: CommandInput<Name> } | undefined {
  const parsed = v.safeParse(commands[name].input, input);
  // To the schema library a list is an object too.
  return parsed.success && !Array.isArray(input) ? { input: parsed.output as CommandInput<Name> } : undefined;
}

export interface LogBatch {
  readonly session: number;
  // Counts up from 1 within the session.
  readonly batch: number;
  readonly lines: PackedLines;
  readonly ended: boolean;
  // Why it ended early, in words.
  readonly problem?: string;
}

// A place in the window.
export interface Destination {
  readonly page: Page;
  readonly service?: string;
  readonly section?: HostSection;
  // Of the logs: milliseconds since 1970, the lines around that moment.
  readonly at?: number;
}

export interface Events {
  readonly snapshot: Snapshot;
  readonly logs: LogBatch;
  // The tray asked for a place in the window.
  readonly navigate: Destination;
  readonly figures: FiguresSample;
  // undefined once it has ended.
  readonly transfer: TransferProgress | undefined;
}

export const eventNames = [
  'snapshot',
  'logs',
  'navigate',
  'figures',
  'transfer',
] as const satisfies readonly (keyof Events)[];

export type Commands = typeof commands;
export type CommandName = keyof Commands;
export type CommandInput<Name extends CommandName> = v.InferInput<Commands[Name]['input']>;
export type CommandOutput<Name extends CommandName> = Commands[Name]['output'];

// Failures cross the bridge as data.
export type CommandResult<Name extends CommandName> =
  | { readonly ok: true; readonly value: CommandOutput<Name> }
  | { readonly ok: false; readonly failure: Failure; readonly text: FailureText }
  // A bug: the reference is in the app's log too.
  | { readonly ok: false; readonly unexpected: string };

// What the preload script puts on window.macula.
export interface Bridge {
  invoke<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<CommandResult<Name>>;
  // Returns the function that ends the subscription.
  on<Name extends keyof Events>(name: Name, listener: (payload: Events[Name]) => void): () => void;
}
