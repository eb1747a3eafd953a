// Log lines with the name of their service in front. Pure.
import type { LogLine } from '../core/engine-port.ts';
import type { Colour, Paint } from './paint.ts';

const wheel: readonly Colour[] = ['cyan', 'green', 'yellow', 'magenta', 'blue', 'red'];

export function logPrinter(services: readonly string[], paint: Paint): (lines: readonly LogLine[]) => string {
  const width = Math.max(0, ...services.map((service) => service.length));
  const prefixes = new Map(
    services.map((service, index) => [
      service,
      paint(wheel[index % wheel.length] ?? 'cyan', `${service.padEnd(width)} | `),
    ]),
  );
  return (lines) => lines.map((line) => `${prefixes.get(line.service) ?? ''}${line.text}\n`).join('');
}

export function logJson(lines: readonly LogLine[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
