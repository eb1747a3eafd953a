// The app without Electron: what the tray, the window and the command line all stand on.
import type { ServiceDefinition } from '../core/catalog/service.ts';
import type { ConfigurationView, ServiceCheck } from '../core/config-view.ts';
import type { DesiredStack, Probe, TemplateOverride } from '../core/desired.ts';
import type { EnginePort, LogLine } from '../core/engine-port.ts';
import type { EngineAttempt, Failure } from '../core/failure.ts';
import type { DoctorCheck } from '../core/doctor.ts';
import type { HostPort } from '../core/host/host-port.ts';
import type { HostChange, HostOutcome, HostPreview, HostView, PortHolder } from '../core/host/host-view.ts';
import type { ImportPlan, ImportStep } from '../core/import-plan.ts';
import type { DiskView, FiguresSample } from '../core/figures.ts';
import type {
  BundleImage,
  BundleReport,
  DownloadSize,
  ImagesView,
  TransferProgress,
} from '../core/images/images-view.ts';
import type { EngineDescription, HostObservation, Observed } from '../core/observed.ts';
import type { PlanResult } from '../core/reconcile-up.ts';
import type { Settings, Signal } from '../core/settings.ts';
import type { FoundEngine, PasswordView, SettingsEffects } from '../core/settings-effects.ts';
import type { StateChange, TimelineView, UpTimeline } from '../core/timeline.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { ProbeResult } from '../core/status.ts';
import type { SignalReport } from '../core/telemetry/signal-report.ts';
import type { SignalStore, TelemetryView } from '../core/telemetry/telemetry-view.ts';

export interface ServiceLogQuery {
  readonly services: readonly string[];
  readonly follow: boolean;
  // Lines from the end of each; undefined is all.
  readonly tail?: number;
  // Milliseconds since 1970; both ends belong to it.
  readonly from?: number;
  readonly to?: number;
  readonly signal: AbortSignal;
}

export interface ConnectedEngine {
  readonly engine: EnginePort;
  readonly rejected: readonly EngineAttempt[];
}

export interface SettingsSource {
  readonly path: string;
  // What went wrong when the file was read: settings-corrupt or settings-rejected.
  readonly failures: readonly Failure[];
  get(): Settings;
  // There are no settings yet, or they say that the first steps are still to be done. A file without a word on them is
  // of an older version, the command line or the user's own: whoever wrote it knows the app.
  isFirstUse(): boolean;
  // Writes atomically and returns what is in force; throws FailureError settings-unwritable.
  change(patch: Partial<Settings>): Settings;
}

// What the desktop offers to keep secrets with. A text is what it made of one.
export interface Keychain {
  // Without opening it, which may ask the user.
  isThere(): boolean;
  // undefined: it cannot be opened now.
  encrypt(secret: string): Promise<string | undefined>;
  decrypt(text: string): Promise<string | undefined>;
}

export type KeptSecret =
  | { readonly kind: 'none' }
  | { readonly kind: 'known'; readonly password: string }
  // In a keychain that cannot be opened from here.
  | { readonly kind: 'closed' };

// The password of Grafana, where it is another than its first one.
export interface SecretStore {
  readonly path: string;
  kept(): 'nowhere' | 'keychain' | 'file';
  wouldKeep(): 'keychain' | 'file';
  read(): Promise<KeptSecret>;
  // Throws when it cannot be written.
  keep(password: string): Promise<void>;
  // The id of the container that was seen to take it, or to have another one that its user gave it.
  settledIn(): string | undefined;
  settle(container: string): void;
}

export interface Clock {
  // Milliseconds since 1970.
  now(): number;
  // Returns the function that cancels it.
  after(milliseconds: number, callback: () => void): () => void;
}

export interface RuntimeParts {
  readonly catalog: readonly ServiceDefinition[];
  // Path below resources/templates -> text.
  readonly templates: Readonly<Record<string, string>>;
  readonly overrides: OverrideSource;
  readonly timeline: TimelineStore;
  readonly settings: SettingsSource;
  readonly secrets: SecretStore;
  connectEngine(endpoint: string): Promise<ConnectedEngine>;
  // All places where one may be, best first, asked at once: five seconds at most, whatever answers or does not.
  listEngines(endpoint: string): Promise<readonly Omit<FoundEngine, 'isInUse'>[]>;
  observeHost(ports: readonly number[]): Promise<HostObservation>;
  readonly host: HostPort;
  // isPatient: the answer can wait a little, which wakes the app less often.
  probe(probe: Probe, signal: AbortSignal, isPatient?: boolean): Promise<ProbeResult>;
  // Whether addresses such as 127.0.0.4 exist without set-up (Linux).
  hasLoopbackAddresses(): boolean;
  // Whether programs here wait for an IPv6 answer first (macOS): the hosts file then names ::1 too, and it has to answer.
  readonly asksIPv6First?: boolean;
  // Engines run in a machine of their own (macOS): a socket's path here is not its path there.
  readonly enginesRunInMachine?: boolean;
  // Whether this engine may listen on port 80.
  canPublishPort80(engine: EngineDescription): boolean;
  hash(text: string): string;
  readonly clock: Clock;
  // The app's own log; never given secrets.
  log(line: string): void;
}

export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly failures: readonly Failure[] }
  | { readonly kind: 'cancelled' };

export type Command =
  | { readonly kind: 'up'; readonly services?: readonly string[] }
  | { readonly kind: 'stop'; readonly services?: readonly string[] }
  | { readonly kind: 'restart'; readonly services?: readonly string[] }
  | { readonly kind: 'down'; readonly removeVolumes: boolean }
  // Downloads the images that are missing, of these services or of all that are on; starts nothing.
  | { readonly kind: 'pull'; readonly services?: readonly string[] }
  // What is kept of a signal goes; its service is stopped, gets an empty volume and is started again.
  | { readonly kind: 'wipe'; readonly signal: Signal };

// Changes of this machine. What fails as expected is thrown as FailureError.
export interface HostRuntime {
  view(): Promise<HostView>;
  // Reads only; remembered by its hash until the next one.
  preview(change: HostChange): Promise<HostPreview>;
  // Does what the preview with this hash showed. May ask for a password.
  apply(hash: string): Promise<HostOutcome>;
  portHolders(port: number, asRoot: boolean): Promise<readonly PortHolder[]>;
}

export interface TelemetryRuntime {
  view(): Promise<TelemetryView>;
  // Resolves also when hops failed: the report says which. Throws FailureError where nothing could be sent at all.
  signal(signal?: AbortSignal): Promise<SignalReport>;
  // What each signal takes of the engine's disk, as it was some minutes ago at most.
  stores(): Promise<readonly SignalStore[]>;
}

// Templates of the user's own, in a folder beside the settings.
export interface OverrideSource {
  readonly folder: string;
  // Read anew at each call.
  read(templates: readonly string[]): OverrideReading;
  // Writes a file that is not there yet.
  write(template: string, text: string): ExportResult;
  // What was refused, as the last command of any process left it.
  recall(): readonly Refusal[];
  // Throws when it cannot be written.
  remember(refusals: readonly Refusal[]): void;
}

// What happened, as this process and others remember it. Bounded; what cannot be read is as if it were not there.
export interface TimelineStore {
  // Also one that another process has under way; one whose process is gone counts as cancelled.
  lastUp(): UpTimeline | undefined;
  // Throws when it cannot be written, as does addChanges.
  rememberUp(up: UpTimeline): void;
  // In no order: of the last day, and some older ones.
  changes(): readonly StateChange[];
  addChanges(changes: readonly StateChange[]): void;
}

export interface OverrideReading {
  // Path below the folder -> what is there, of those files that take the place of a template.
  readonly overrides: Readonly<Record<string, TemplateOverride>>;
  readonly strays: readonly StrayFile[];
}

// In the folder, and of no use: it takes no template's place.
export interface StrayFile {
  // Below the folder; '' is the folder itself.
  readonly path: string;
  readonly problem: string;
}

export type ExportResult =
  | { readonly kind: 'written'; readonly path: string }
  | { readonly kind: 'exists'; readonly path: string }
  | { readonly kind: 'failed'; readonly path: string; readonly detail: string };

// A service's own program refused the user's templates for it.
export interface Refusal {
  readonly service: string;
  // Hash of these templates' texts.
  readonly key: string;
  readonly words: string;
  // Configuration hashes: of the container that was there, and of the app's own templates at that time. As long as both
  // are the same, that container stays as it is.
  readonly kept?: { readonly running: string; readonly own: string };
  // Found by this process.
  readonly isNew?: boolean;
  // Asked once more by the command under way.
  readonly isTriedAgain?: boolean;
}

export interface ConfigurationRuntime {
  view(): ConfigurationView;
  // Writes the app's own template into the user's folder, to be edited; one that is there already is left alone, and one
  // that cannot be replaced is refused.
  export(template: string): ExportResult | { readonly kind: 'refused'; readonly problem: string };
  // Asks the programs of all services about the configuration of now, changing nothing.
  check(signal: AbortSignal): Promise<readonly ServiceCheck[]>;
}

export interface ImportRequest {
  readonly service: string;
  // The volume of the older set-up; without it the only one that looks like it.
  readonly from?: string;
  // What our own volume holds may go.
  readonly mayReplace: boolean;
}

// Older data of a service, from a volume that is not ours. What fails as expected is thrown as FailureError.
export interface ImportRuntime {
  // Changes nothing.
  preview(request: ImportRequest): Promise<ImportPlan>;
  // Refuses where another preview would be another one now. Told of each step as it begins.
  carryOut(
    request: ImportRequest,
    plan: ImportPlan,
    onStep: (step: ImportStep) => void,
    signal: AbortSignal,
  ): Promise<'done' | 'cancelled'>;
}

// What services use, read only while somebody listens.
export interface FiguresRuntime {
  // A sample every two seconds until the signal ends it; the first one at once. Where nothing can be read, one that
  // says so, and the next when that has changed.
  watch(onSample: (sample: FiguresSample) => void, signal: AbortSignal): void;
  // Up to a minute old, unless it is wanted anew. Can take long. Throws FailureError.
  disk(options: { readonly anew: boolean }): Promise<DiskView>;
}

// Bundles are read from and written to files that the user chose. What fails as expected is thrown as FailureError.
export interface ImagesRuntime {
  view(): Promise<ImagesView>;
  // Of the given services, or of all whose image is missing.
  sizes(services: readonly string[] | undefined, signal: AbortSignal): Promise<readonly DownloadSize[]>;
  // Nothing is left of a file that could not be finished. undefined: ended by the signal.
  exportBundle(
    path: string,
    onProgress: (progress: TransferProgress) => void,
    signal: AbortSignal,
  ): Promise<BundleReport | undefined>;
  // Verifies all images before the first is loaded; what fails leaves nothing behind. mayTrust is asked, once at most,
  // whether those may be loaded too that only the bundle vouches for.
  importBundle(
    path: string,
    mayTrust: (images: readonly BundleImage[]) => Promise<boolean>,
    onProgress: (progress: TransferProgress) => void,
    signal: AbortSignal,
  ): Promise<BundleReport | undefined>;
  // Only what the view calls unused, and is so still.
  remove(ids: readonly string[]): Promise<ImagesView>;
}

export interface SettingsRuntime {
  // What these settings would do to what runs. Changes nothing. Throws FailureError where they cannot be saved.
  effects(next: Settings): Promise<SettingsEffects>;
  engines(): Promise<readonly FoundEngine[]>;
}

export interface PasswordRuntime {
  // Asks Grafana once whether it takes the password that is known.
  view(): Promise<PasswordView>;
  // Without `current`: the password that is known. Throws FailureError; Grafana is asked once at most.
  change(passwords: { readonly current?: string; readonly next: string }): Promise<PasswordView>;
}

export interface Runtime {
  passwords(): Promise<PasswordRuntime>;
  figures(): Promise<FiguresRuntime>;
  images(): Promise<ImagesRuntime>;
  settingsChange(): Promise<SettingsRuntime>;
  // Of this process and of those before it.
  timeline(): TimelineView;
  readonly host: HostRuntime;
  readonly telemetry: TelemetryRuntime;
  configuration(): Promise<ConfigurationRuntime>;
  imports(): Promise<ImportRuntime>;
  // Every hop from the engine to each page, to this machine's names and to the LAN.
  doctor(): Promise<readonly DoctorCheck[]>;
  // The newest snapshot; the first one says "connecting".
  snapshot(): Snapshot;
  // Called with every new snapshot; returns the function that ends it.
  subscribe(listener: (snapshot: Snapshot) => void): () => void;
  // Connects, looks once and resolves; from then on it follows the engine's events and reconnects by itself
  // (watch: true), or only looks when a command needs it (watch: false, for one-shot commands). With feed, it also
  // sends what containers use, and their logs where the settings want that of the app: one process at a time.
  // Resolves also when no engine is there: the snapshot says so.
  connect(options: { readonly watch: boolean; readonly feed?: boolean }): Promise<void>;
  // Looks for the engine again now, at the address the settings name now.
  reconnect(): Promise<void>;
  // Plans, executes, and resolves when what was asked for is so (up: ready). One at a time: else failed with 'busy'.
  run(command: Command): Promise<Outcome>;
  // Ends the command under way; what was done stays done.
  cancel(): void;
  // What a command would do, changing nothing.
  plan(command: Command): Promise<PlanResult>;
  // Looks once more now.
  refresh(): Promise<void>;
  desired(): DesiredStack;
  observed(): Observed | undefined;
  // Lines of several services, merged by time; throws FailureError.
  logs(query: ServiceLogQuery): AsyncIterable<readonly LogLine[]>;
  settings(): Settings;
  changeSettings(patch: Partial<Settings>): Promise<Settings>;
  rejectedEngines(): readonly EngineAttempt[];
  setTrayVisible(visible: boolean): void;
  // Whether somebody may be looking. While nobody does, services that are well are asked less often.
  setSeen(isSeen: boolean): void;
  // Lets go of the engine; the containers go on.
  close(): void;
}
