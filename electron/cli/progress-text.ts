// What is told while a command works: lines of change for a pipe, a picture to redraw for a terminal. Pure.
import type { PullProgress } from '../core/engine-port.ts';
import type { ServiceSnapshot, Snapshot } from '../core/snapshot.ts';
import type { Paint } from './paint.ts';
import { nameWidth, paintState } from './service-table.ts';
import { bytes, duration } from './words.ts';

const barWidth = 20;

export function changeLines(before: Snapshot, after: Snapshot): readonly string[] {
  return after.services.flatMap((service) => {
    const old = before.services.find((other) => other.id === service.id);
    if (old === undefined || old.state === service.state) return [];
    return [`${service.id}: ${service.state}${service.reason === '' ? '' : ` (${service.reason})`}`];
  });
}

export interface Picture {
  // Services that the command is about.
  readonly services: readonly ServiceSnapshot[];
  readonly title: string;
  readonly startedAt: number;
  readonly now: number;
  readonly columns: number;
}

// One line more than there are services. No line is wider than the terminal: a wrapped one could not be redrawn.
export function pictureLines(picture: Picture, paint: Paint): readonly string[] {
  const { services, now, startedAt, columns } = picture;
  const done = services.filter((service) => service.state === 'ready').length;
  const width = nameWidth(services);
  const head = `${picture.title}, ${done} of ${services.length} ready, ${duration(now - startedAt)}`;
  return [
    paint('bold', cut(head, columns)),
    ...services.map((service) => {
      const isBusy = ['pulling', 'starting', 'stopping'].includes(service.state);
      const time = isBusy ? duration(now - Math.max(service.since, startedAt)) : '';
      const text = service.pull === undefined ? service.reason : pullText(service.pull);
      const room = columns - width - 10 - 2 - 9;
      return `${service.id.padEnd(width)}  ${paintState(service.state, paint, 8)}  ${time.padEnd(7)}  ${paint('dim', cut(text, room))}`.trimEnd();
    }),
  ];
}

export function pullText(pull: PullProgress): string {
  const layers = `${pull.layersDone} of ${pull.layersTotal} layers`;
  if (pull.bytesTotal === 0) return layers;
  const share = Math.min(1, pull.bytesDone / pull.bytesTotal);
  const filled = Math.round(share * barWidth);
  const bar = `[${'='.repeat(filled)}${' '.repeat(barWidth - filled)}]`;
  return `${bar} ${Math.floor(share * 100)}%  ${bytes(pull.bytesDone)} of ${bytes(pull.bytesTotal)}, ${layers}`;
}

function cut(text: string, columns: number): string {
  if (text.length <= columns) return text;
  return columns < 4 ? '' : `${text.slice(0, columns - 3)}...`;
}
