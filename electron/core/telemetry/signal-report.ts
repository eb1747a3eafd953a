// What the signal check tells: one real metric, log line and trace, and every hop that each of them took.
import type { Signal } from '../settings.ts';

export interface SignalHop {
  // In words: 'sent to http://127.0.0.6:4318', 'found in Loki by its trace id', 'found through Grafana'.
  readonly name: string;
  // Id of the service that is asked; where the hop failed, of the one to look at first.
  readonly service?: string;
  // not-run: nothing can be said of it, and the reason says why.
  readonly result: 'ok' | 'failed' | 'not-run';
  // Milliseconds since the signal was sent when this hop was seen to be done; only of 'ok'.
  readonly milliseconds?: number;
  // Why it failed or was not run, in one sentence.
  readonly reason?: string;
  // What to do next; only of 'failed'.
  readonly nextStep?: string;
}

export interface SignalPath {
  readonly signal: Signal;
  readonly hops: readonly SignalHop[];
}

export interface SignalReport {
  // Of the trace that was sent, 32 hexadecimal digits.
  readonly traceId: string;
  readonly paths: readonly SignalPath[];
  // Log line -> trace, trace -> logs, exemplar -> trace: whether what one signal says leads to the other.
  readonly links: readonly SignalHop[];
}

export const linkNames = {
  logToTrace: 'log line to its trace',
  traceToLogs: 'trace to its log lines',
  exemplarToTrace: 'exemplar to its trace',
} as const;

// Also where hops were not run: those are told apart.
export function isWhole(report: SignalReport): boolean {
  return hopsOf(report).every(({ result }) => result !== 'failed');
}

export function hopsOf({ paths, links }: SignalReport): readonly SignalHop[] {
  return [...paths.flatMap(({ hops }) => hops), ...links];
}
