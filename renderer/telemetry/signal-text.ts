import { hopsOf, type SignalHop, type SignalReport } from '../../electron/core/telemetry/signal-report.ts';
import { texts } from '../texts.ts';

const words = texts.telemetry.check;

export interface HopGroup {
  readonly title: string;
  // Failed ones first.
  readonly hops: readonly SignalHop[];
}

const order: readonly SignalHop['result'][] = ['failed', 'ok', 'not-run'];

export function hopGroups({ paths, links }: SignalReport): readonly HopGroup[] {
  return [
    ...paths.map(({ signal, hops }) => ({ title: texts.telemetry.signal[signal], hops })),
    { title: words.links, hops: links },
  ]
    .filter(({ hops }) => hops.length > 0)
    .map(({ title, hops }) => ({
      title,
      hops: order.flatMap((result) => hops.filter((hop) => hop.result === result)),
    }));
}

export function countResults(report: SignalReport): Readonly<Record<SignalHop['result'], number>> {
  const hops = hopsOf(report);
  const count = (result: SignalHop['result']) => hops.filter((hop) => hop.result === result).length;
  return { ok: count('ok'), failed: count('failed'), 'not-run': count('not-run') };
}

// What holds for several hops in a row is said at the last of them.
export function isSaidBelow(hop: SignalHop, next: SignalHop | undefined): boolean {
  return next?.result === hop.result && next.reason === hop.reason && next.nextStep === hop.nextStep;
}

// For a message to somebody who helps.
export function signalText(report: SignalReport): string {
  const groups = hopGroups(report).map(({ title, hops }) =>
    [title, ...hops.map((hop, index) => hopText(hop, hops[index + 1]))].join('\n'),
  );
  return [...groups, `${words.trace} ${report.traceId}`, words.summary(countResults(report))].join('\n');
}

function hopText(hop: SignalHop, next: SignalHop | undefined): string {
  const { name, result, milliseconds, reason, nextStep } = hop;
  const time = milliseconds === undefined ? '' : `  ${words.time(milliseconds)}`;
  const notes = isSaidBelow(hop, next)
    ? []
    : [reason, nextStep === undefined ? undefined : `${words.next} ${nextStep}`];
  const said = notes.filter((note) => note !== undefined);
  return [`  ${result.padEnd(7)}  ${name}${time}`, ...said.map((note) => `           ${note}`)].join('\n');
}
