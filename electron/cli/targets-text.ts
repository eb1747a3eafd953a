// What Prometheus scrapes, as lines. Pure.
import type { TargetView } from '../core/telemetry/telemetry-view.ts';
import type { Colour, Paint } from './paint.ts';

const colours: Readonly<Record<TargetView['health'], Colour>> = { up: 'green', down: 'red', unknown: 'dim' };

export function targetsText(targets: readonly TargetView[], notes: readonly string[], paint: Paint): string {
  const width = Math.max(0, ...targets.map(({ name }) => name.length));
  const lines = targets.map(({ name, health, origin, url, problem }) => {
    const state = `${paint(colours[health], health)}${' '.repeat('unknown'.length - health.length)}`;
    const line = `${name.padEnd(width)}  ${state}  ${origin.padEnd('settings'.length)}  ${url}\n`;
    return problem === undefined ? line : `${line}${' '.repeat(width + 2)}${paint('dim', problem)}\n`;
  });
  const remarks = notes.map((note) => `Note: ${note}\n`).join('');
  return `${lines.length === 0 ? 'Nothing is scraped.\n' : lines.join('')}${remarks === '' ? '' : `\n${remarks}`}`;
}
