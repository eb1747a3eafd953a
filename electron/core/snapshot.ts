// What every front end shows: one immutable, numbered value. Streams (logs, statistics) are never part of it.
import type { PullProgress } from './engine-port.ts';
import type { Failure, FailureText } from './failure.ts';
import type { EngineDescription, Substitute } from './observed.ts';
import type { ServiceGroup } from './catalog/service.ts';
import type { LanView } from './host/host-view.ts';
import type { ServiceUrl } from './desired.ts';

//  off ──up──> pulling ──> starting ──ready──> ready <──> degraded
//   ^                          │                 │
//   └──── stopping <───────────┴──── stop ───────┘        any ──> failed
export type ServiceState = 'off' | 'pulling' | 'starting' | 'ready' | 'degraded' | 'failed' | 'stopping';

// The same words for all services together; 'working' is anything under way.
export type StackState = 'off' | 'working' | 'ready' | 'degraded' | 'failed' | 'unknown';

export type EngineState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected'; readonly description: EngineDescription }
  | { readonly kind: 'unavailable'; readonly failure: ShownFailure; readonly retrying: boolean };

export interface ShownFailure {
  readonly failure: Failure;
  readonly text: FailureText;
}

export interface ServiceActions {
  readonly start: boolean;
  readonly stop: boolean;
  readonly restart: boolean;
  readonly open: boolean;
  readonly logs: boolean;
}

export interface ServiceSnapshot {
  readonly id: string;
  readonly title: string;
  readonly group: ServiceGroup;
  readonly summary: string;
  readonly enabled: boolean;
  readonly state: ServiceState;
  // One sentence, '' when the state says it all.
  readonly reason: string;
  // Milliseconds since 1970 when this state began.
  readonly since: number;
  readonly image: {
    // repository:tag
    readonly name: string;
    readonly digest: string;
    readonly present: boolean;
    // Set when what runs (or would run) only stands in for the pinned image.
    readonly substitute?: Substitute;
  };
  readonly container: string;
  readonly containerId?: string;
  // On the stack's network.
  readonly address: string;
  // 'host address:port' of every published port.
  readonly published: readonly string[];
  readonly urls: readonly ServiceUrl[];
  // In Grafana.
  readonly dashboard?: ServiceUrl;
  readonly needs: readonly string[];
  readonly pull?: PullProgress;
  readonly actions: ServiceActions;
}

export interface StackSnapshot {
  readonly state: StackState;
  // One line, such as 'All 7 services are ready'.
  readonly summary: string;
  readonly actions: { readonly start: boolean; readonly stop: boolean; readonly cancel: boolean };
}

export interface Activity {
  // 'up', 'stop', 'down', 'restart'
  readonly command: string;
  readonly startedAt: number;
  readonly operationsDone: number;
  readonly operationsTotal: number;
}

// What the tray and the header say of this machine; the rest is asked for when somebody looks.
export interface HostSnapshot {
  // off: not set up; on: every name leads where it should; broken: set up, but some do not.
  readonly names: 'off' | 'on' | 'broken';
  readonly lan: LanView['state'];
  // As in LanView.
  readonly lanSummary: string;
  // The addresses that other machines use, where LAN mode is on.
  readonly lanLinks?: readonly ServiceUrl[];
  // Milliseconds since 1970: when the time of LAN mode is over.
  readonly lanUntil?: number;
}

export interface Snapshot {
  readonly number: number;
  readonly engine: EngineState;
  readonly stack: StackSnapshot;
  readonly services: readonly ServiceSnapshot[];
  readonly activity?: Activity;
  // The failures of the last command, newest command only.
  readonly failures: readonly ShownFailure[];
  // Things worth knowing that are no failure: another subnet was chosen, port 80 is not published, an image is a stub.
  readonly notes: readonly string[];
  readonly baseDomain: string;
  // undefined until this machine was looked at.
  readonly host?: HostSnapshot;
  // Nobody has used the app here yet: the window begins with the first steps.
  readonly firstRun?: boolean;
  // Whether the desktop shows our tray icon; undefined where there is no tray to ask (command line).
  readonly trayVisible?: boolean;
}
