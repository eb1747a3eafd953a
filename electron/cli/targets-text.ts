// What Prometheus scrapes, as lines. Pure.
import type { TelemetryView, TargetView } from '../core/telemetry/telemetry-view.ts';
import type { Colour, Paint } from './paint.ts';
import { silenceLines } from './silence-text.ts';

const colours: Readonly<Record<TargetView['health'], Colour>> = { up: 'green', down: 'red', unknown: 'dim' };

type Scraped = Pick<TelemetryView, 'targets' | 'silence' | 'notes'>;

export function targetsText({ targets, silence, notes }: Scraped, paint: Paint): string {
  const width = Math.max(0, ...targets.map(({ name }) => name.length));
  const lines = targets.map(({ name, health, origin, url, problem }) => {
    const state = `${paint(colours[health], health)}${' '.repeat('unknown'.length - health.length)}`;
    const line = `${name.padEnd(width)}  ${state}  ${origin.padEnd('settings'.length)}  ${url}\n`;
    return problem === undefined ? line : `${line}${' '.repeat(width + 2)}${paint('dim', problem)}\n`;
  });
  const remarks = notes.map((note) => `Note: ${note}\n`).join('');
  const unknown = silence === undefined ? '' : unknownText(silenceLines(silence), lines.length);
  const isNothing = silence === undefined && lines.length === 0;
  return `${isNothing ? 'Nothing is scraped.\n' : lines.join('')}${unknown}${remarks === '' ? '' : `\n${remarks}`}`;
}

function unknownText([words = '', ...rest]: readonly string[], count: number): string {
  const subject = count === 0 ? 'What is scraped is' : 'How they fare, and what else is scraped, is';
  return `${[`${subject} ${words}`, ...rest.map((line) => `  ${line}`)].join('\n')}\n`;
}
