// What the Telemetry page and `macula telemetry` show.
import type { OverrideState } from '../desired.ts';
import type { Retention, Signal } from '../settings.ts';
import type { Guide } from './guides.ts';

export interface SignalStore {
  readonly signal: Signal;
  // Of the service that keeps it.
  readonly service: string;
  readonly retention: Retention;
  // Bytes on the engine's disk; undefined where the engine does not tell or nothing is kept yet.
  readonly usedBytes?: number;
  // Hours that are kept now, where the cap on the disk shortens the time.
  readonly shortenedToHours?: number;
  // The cap is passed though as little as can be is kept.
  readonly isOverCap: boolean;
}

export interface TargetView {
  readonly name: string;
  readonly url: string;
  // Where it comes from: the settings, a label on a container, the stack itself, the engine, a KinD cluster.
  readonly origin: 'settings' | 'label' | 'stack' | 'engine' | 'kind';
  // As Prometheus says; 'unknown' while it does not answer or has not tried yet.
  readonly health: 'up' | 'down' | 'unknown';
  // Its words on the last failure.
  readonly problem?: string;
}

export interface OtlpAddresses {
  // Published on this machine: 'http://127.0.0.6:4317'.
  readonly grpc?: string;
  readonly http?: string;
  // As containers on the stack's network reach it.
  readonly network: string;
  // Where other machines send to, while LAN mode opens it.
  readonly lan?: string;
  // Without Alloy only traces are taken there.
  readonly takes: readonly Signal[];
  // Without Alloy: where the other signals go, OTLP over HTTP; each store takes its own.
  readonly others: readonly { readonly signal: Signal; readonly http: string }[];
}

export interface Silence {
  // A sentence.
  readonly reason: string;
  readonly nextStep?: string;
}

export interface ShippingView {
  readonly by: 'collector' | 'app' | 'nobody';
  // Why it is not as the settings say, or what stands in the way.
  readonly problem?: string;
  // Names of containers that are not of the stack and are shipped.
  readonly observed: readonly string[];
}

export interface DropCount {
  // In words: 'log lines refused by Loki', 'spans that Alloy could not pass on'.
  readonly what: string;
  readonly count: number;
}

export interface TelemetryView {
  readonly otlp: OtlpAddresses;
  // Why what is sent there does not get through now.
  readonly sendingProblem?: string;
  readonly stores: readonly SignalStore[];
  readonly targets: readonly TargetView[];
  // Why Prometheus tells nothing: then neither the health of targets is known nor what the services lost.
  readonly silence?: Silence;
  readonly logs: ShippingView;
  // Since the service concerned was started; empty is the wish, unless there is silence. Then only what this process
  // counted itself is in it.
  readonly dropped: readonly DropCount[];
  readonly overrides: readonly OverrideState[];
  // The folder that templates of the user's own are read from.
  readonly overridesFolder: string;
  // Of the options that need something of the user: 'The engine does not serve its metrics: ...'
  readonly notes: readonly string[];
  // What each option does and needs, for whoever turns it on.
  readonly options: { readonly engineMetrics: string; readonly kindClusters: string };
  // How applications send, with the addresses of this machine.
  readonly guides: readonly Guide[];
}
