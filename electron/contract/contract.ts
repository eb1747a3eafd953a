// Every command and event between the window and the main process, as one value.
// The main process, the preload script and the tests' stand-in for it are all derived from here.
import * as v from 'valibot';
import type { EngineAttempt, Failure, FailureText } from '../core/failure.ts';
import type { LogLine } from '../core/engine-port.ts';
import type { DoctorCheck } from '../core/doctor.ts';
import {
  type HostOutcome,
  type HostPreview,
  type HostView,
  lanLimits,
  namesBackends,
  type PortHolder,
} from '../core/host/host-view.ts';
import type { Settings } from '../core/settings.ts';
import { isBaseDomain, isEngineEndpoint, isRetention, isScrapeTarget, mostTargets, signals } from '../core/settings.ts';
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

export const pages = ['services', 'logs', 'telemetry', 'host', 'settings'] as const;
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
      tail: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(50_000)),
    }),
    returns<{ readonly session: number }>(),
  ),
  // The window has shown this batch: the next may come.
  'logs:acknowledge': command(v.strictObject({ session, batch: session }), returns<void>()),
  'logs:close': command(v.strictObject({ session }), returns<void>()),
  'settings:get': command(nothing, returns<SettingsView>()),
  'settings:change': command(
    v.partial(
      v.strictObject({
        engineEndpoint: v.pipe(v.string(), v.maxLength(300), v.check(isEngineEndpoint)),
        baseDomain: v.pipe(v.string(), v.check(isBaseDomain)),
        disabledServices: v.pipe(v.array(serviceId), v.maxLength(200)),
        startStackWithApp: v.boolean(),
        publishPort80: v.boolean(),
        retention: v.strictObject({ metrics: retention, logs: retention, traces: retention }),
        targets: v.pipe(v.array(scrapeTarget), v.maxLength(mostTargets)),
        containerLogs: v.picklist(['collector', 'app', 'off']),
        engineMetrics: v.boolean(),
        kindClusters: v.boolean(),
      }),
    ),
    returns<SettingsView>(),
  ),
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
  readonly lines: readonly LogLine[];
  readonly ended: boolean;
  // Why it ended early, in words.
  readonly problem?: string;
}

export interface Events {
  readonly snapshot: Snapshot;
  readonly logs: LogBatch;
  // The tray asked for a place in the window.
  readonly navigate: { readonly page: Page; readonly service?: string; readonly section?: HostSection };
}

export const eventNames = ['snapshot', 'logs', 'navigate'] as const satisfies readonly (keyof Events)[];

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
