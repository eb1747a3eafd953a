// What the runtime knows at this moment.
import type { DesiredStack } from '../core/desired.ts';
import type { EnginePort } from '../core/engine-port.ts';
import type { EngineAttempt, Failure } from '../core/failure.ts';
import type { LanNetwork } from '../core/host/host-facts.ts';
import type { GuardIntent, HostState } from '../core/host/host-request.ts';
import type { Observed } from '../core/observed.ts';
import type { CommandProgress } from '../core/progress.ts';
import type { Signal } from '../core/settings.ts';
import type { EngineState } from '../core/snapshot.ts';
import type { ProbeResult } from '../core/status.ts';
import type { SubnetChoice } from '../core/subnet.ts';
import type { OverrideReading, Refusal } from './runtime-parts.ts';

export interface Knowledge {
  engineState: EngineState;
  engine: EnginePort | undefined;
  rejected: readonly EngineAttempt[];
  observed: Observed | undefined;
  subnet: SubnetChoice;
  probes: Readonly<Record<string, ProbeResult>>;
  // Ids of containers that have been ready since they last started.
  readyContainers: ReadonlySet<string>;
  progress: CommandProgress | undefined;
  failures: readonly Failure[];
  // Somebody may be looking; a command always is.
  isSeen: boolean;
  trayVisible: boolean | undefined;
  // What the root program's record says is set up; undefined until it was read.
  record: HostState | undefined;
  // Whether the guard that this user's LAN mode wants is in force.
  isGuarded: boolean;
  // The guard that is in force, also another user's.
  guard: GuardIntent | undefined;
  // The network that this machine is on, as far as it was looked at.
  network: LanNetwork | undefined;
  // Names that were set up but lead elsewhere, at the last look.
  hasBrokenNames: boolean;
  // The user's own templates as they were read last: before each plan.
  overrides: OverrideReading;
  // Of those, what the services' own programs refused.
  refusals: readonly Refusal[];
  // Service -> configuration hash of a container that stays as it is during this command: what should take its place
  // was refused.
  held: Readonly<Record<string, string>>;
  // Hours that a signal is kept, where its cap on the disk shortens the time.
  retentionHours: Partial<Readonly<Record<Signal, number>>>;
  // Until then (milliseconds since 1970) the look and the probes of a one-shot connect are the present.
  freshUntil: number;
  desired(): DesiredStack;
}
