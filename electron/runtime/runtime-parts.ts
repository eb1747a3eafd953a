// What the app without Electron is given to stand on: the engine, the machine, and what is kept on disk.
import type { ServiceDefinition } from '../core/catalog/service.ts';
import type { Probe, TemplateOverride } from '../core/desired.ts';
import type { EnginePort } from '../core/engine-port.ts';
import type { EngineAttempt, Failure } from '../core/failure.ts';
import type { HostPort } from '../core/host/host-port.ts';
import type { EngineDescription, HostObservation } from '../core/observed.ts';
import type { Settings } from '../core/settings.ts';
import type { FoundEngine } from '../core/settings-effects.ts';
import type { StateChange, UpTimeline } from '../core/timeline.ts';
import type { ProbeResult } from '../core/status.ts';

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
