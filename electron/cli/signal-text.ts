// The hops of the signal check as lines: what succeeded and when, what failed and why, what was not run. Pure.
import { hopsOf, type SignalHop, type SignalReport } from '../core/telemetry/signal-report.ts';
import type { Colour, Paint } from './paint.ts';

const colours: Readonly<Record<SignalHop['result'], Colour>> = { ok: 'green', failed: 'red', 'not-run': 'yellow' };

export function signalText(report: SignalReport, paint: Paint): string {
  const parts = [
    ...report.paths.map(({ signal, hops }) => ({ title: signal, hops })),
    { title: 'links', hops: report.links },
  ].filter(({ hops }) => hops.length > 0);
  const width = Math.max(0, ...hopsOf(report).map(({ name }) => name.length));
  const tables = parts.map(
    ({ title, hops }) =>
      `${paint('bold', title)}\n${hops.map((hop, index) => hopLines(hop, hops[index + 1], width, paint)).join('')}`,
  );
  return `${tables.join('\n')}\n${summary(report)}\n`;
}

// What holds for several hops in a row is said below the last of them.
function hopLines(hop: SignalHop, next: SignalHop | undefined, width: number, paint: Paint): string {
  const { name, result, milliseconds, reason, nextStep } = hop;
  const isSaidBelow = next?.result === result && next.reason === reason && next.nextStep === nextStep;
  const time = milliseconds === undefined ? '' : `  ${`${milliseconds} ms`.padStart(9)}`;
  const notes = isSaidBelow ? [] : [reason, nextStep === undefined ? undefined : `Next: ${nextStep}`];
  return [
    `  ${paint(colours[result], result.padEnd(7))}  ${time === '' ? name : name.padEnd(width)}${time}`,
    ...notes.flatMap((words) => (words === undefined ? [] : [`${' '.repeat(11)}${words}`])),
    '',
  ].join('\n');
}

function summary(report: SignalReport): string {
  const hops = hopsOf(report);
  const count = (result: SignalHop['result']): number => hops.filter((hop) => hop.result === result).length;
  const [done, failed, notRun] = [count('ok'), count('failed'), count('not-run')];
  const rest = notRun === 0 ? '' : ` ${notRun} of ${hops.length} ${notRun === 1 ? 'was' : 'were'} not run.`;
  if (failed > 0) return `${failed} of ${hops.length} hops failed.${rest}`;
  if (done === 0) return `Nothing was proven: no hop was run.`;
  return `${notRun === 0 ? 'Every hop' : 'Every hop that was run'} succeeded; trace ${report.traceId}.${rest}`;
}
