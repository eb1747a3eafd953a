// The services with their states and links, as lines. Pure.
import type { ServiceSnapshot, ServiceState, Snapshot } from '../core/snapshot.ts';
import type { Colour, Paint } from './paint.ts';
import { duration } from './words.ts';

const colours: Readonly<Record<ServiceState, Colour>> = {
  off: 'dim',
  pulling: 'cyan',
  starting: 'cyan',
  ready: 'green',
  degraded: 'yellow',
  failed: 'red',
  stopping: 'cyan',
};

export function paintState(state: ServiceState, paint: Paint, width = 0): string {
  return `${paint(colours[state], state)}${' '.repeat(Math.max(0, width - state.length))}`;
}

export function nameWidth(services: readonly ServiceSnapshot[]): number {
  return Math.max(0, ...services.map((service) => service.id.length));
}

export function serviceTable(snapshot: Snapshot, now: number, paint: Paint): string {
  const width = nameWidth(snapshot.services);
  return snapshot.services
    .map((service) => {
      const age = service.state === 'off' ? '' : duration(now - service.since);
      const [link] = service.urls;
      const line = [
        service.id.padEnd(width),
        paintState(service.state, paint, 8),
        age.padEnd(12),
        ...(link === undefined ? [] : [link.url]),
      ];
      const notes = service.reason === '' ? [] : [service.reason];
      return [line.join('  ').trimEnd(), ...notes.map((note) => `${' '.repeat(width + 2)}${paint('dim', note)}`)].join(
        '\n',
      );
    })
    .join('\n');
}

export function statusText(snapshot: Snapshot, now: number, paint: Paint): string {
  const remarks = lanLine(snapshot, paint) + snapshot.notes.map((note) => `Note: ${note}\n`).join('');
  return `${paint('bold', snapshot.stack.summary)}\n\n${serviceTable(snapshot, now, paint)}\n${remarks === '' ? '' : `\n${remarks}`}`;
}

// Who else reaches the services is never left unsaid.
function lanLine({ host }: Snapshot, paint: Paint): string {
  if (host === undefined || host.lan === 'off') return '';
  const words = `LAN: ${host.lanSummary}`;
  return host.lan === 'unguarded' ? `${paint('red', `${words} macula lan off closes it.`)}\n` : `${words}\n`;
}
