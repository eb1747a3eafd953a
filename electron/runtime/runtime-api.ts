// The app without Electron: what the tray, the window and the command line all stand on.
import type { ConfigurationView, ServiceCheck } from '../core/config-view.ts';
import type { DesiredStack } from '../core/desired.ts';
import type { LogLine } from '../core/engine-port.ts';
import type { EngineAttempt, Failure } from '../core/failure.ts';
import type { DoctorCheck } from '../core/doctor.ts';
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
import type { Observed } from '../core/observed.ts';
import type { PlanResult } from '../core/reconcile-up.ts';
import type { Settings, Signal } from '../core/settings.ts';
import type { FoundEngine, PasswordView, SettingsEffects } from '../core/settings-effects.ts';
import type { TimelineView } from '../core/timeline.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { SignalReport } from '../core/telemetry/signal-report.ts';
import type { SignalStore, TelemetryView } from '../core/telemetry/telemetry-view.ts';
import type { ExportResult } from './runtime-parts.ts';

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
