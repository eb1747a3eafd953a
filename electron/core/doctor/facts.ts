// What the doctor judges. Gathered by the runtime; nothing here decides.
import type { ServiceDefinition } from '../catalog/service.ts';
import type { DesiredStack } from '../desired.ts';
import type { HostFacts } from '../host/host-facts.ts';
import type { HostView } from '../host/host-view.ts';
import type { Listener, Observed } from '../observed.ts';
import type { LanSettings } from '../settings.ts';
import type { Snapshot } from '../snapshot.ts';
import type { ProbeResult } from '../status.ts';
import type { SignalReport } from '../telemetry/signal-report.ts';
import type { DropCount, SignalStore } from '../telemetry/telemetry-view.ts';

//  open        somebody takes connections there
//  closed      nobody listens
//  silent      no answer in time
//  no-address  this machine does not have the address
export interface Door {
  readonly state: 'open' | 'closed' | 'silent' | 'no-address' | 'failed';
  // In words, for 'failed'.
  readonly detail?: string;
}

export interface DiskFacts {
  // Of a folder on it.
  readonly path: string;
  readonly holds: 'images' | 'settings';
  readonly freeBytes: number;
  readonly totalBytes: number;
}

export interface DoctorFacts {
  readonly platform: 'linux' | 'darwin';
  readonly catalog: readonly ServiceDefinition[];
  readonly snapshot: Snapshot;
  readonly desired: DesiredStack;
  readonly observed: Observed | undefined;
  // Its services listen on another machine: nothing of this one's ports and pages concerns them.
  readonly isRemote: boolean;
  // Where every page is reachable at 127.0.0.1.
  readonly httpPort: number;
  // 'address:port' -> what is there.
  readonly doors: Readonly<Record<string, Door>>;
  // Whoever listens on a port of ours: containers, and the programs of this machine.
  readonly listeners: readonly Listener[];
  // Service id -> what came back from the ingress under the name below .localhost.
  readonly pages: Readonly<Record<string, ProbeResult>>;
  // Host name -> what came back from port 80 of the address that it leads to.
  readonly namedPages: Readonly<Record<string, ProbeResult>>;
  // Address -> whether it is the ingress that answers at port 80.
  readonly ingressAt: Readonly<Record<string, ProbeResult>>;
  // Host names below .localhost that this machine's own resolver does not know.
  readonly unknownNames: readonly string[];
  // Undefined where this machine could not be looked at, and why.
  readonly machine: { readonly facts: HostFacts; readonly view: HostView } | undefined;
  readonly machineProblem?: string;
  // LAN mode as it was turned on last.
  readonly lan: LanSettings | null;
  // Whether its guard is in force now.
  readonly isGuarded: boolean;
  readonly now: number;
  readonly disks: readonly DiskFacts[];
  // What each signal takes of the engine's disk.
  readonly stores?: readonly SignalStore[];
  // What was lost on the way, as the services count it; undefined where Prometheus did not tell.
  readonly drops?: readonly DropCount[];
  // Of the signals that were sent; undefined where nothing takes any.
  readonly signal?: SignalReport;
}

export function doorName(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

export function doorWords(door: Door | undefined): string {
  switch (door?.state) {
    case 'open':
      return 'Somebody listens';
    case 'closed':
      return 'Nobody listens there';
    case 'silent':
      return 'Nobody answers';
    case 'no-address':
      return 'This machine does not have the address';
    case 'failed':
      return door.detail ?? 'It cannot be reached';
    case undefined:
      return 'It was not tried';
  }
}
