// What happened, as lines: a bar for each service of the last start, and the changes of state. Pure.
import { serviceLength, slowest, stepLength, upLength } from '../core/timeline-spans.ts';
import type { StateChange, StepKind, StepResult, TimelineStep, TimelineView, UpTimeline } from '../core/timeline.ts';
import type { Colour, Paint } from './paint.ts';
import { paintState } from './service-table.ts';
import { duration } from './words.ts';

export interface TextSize {
  readonly now: number;
  readonly columns: number;
}

const kinds: readonly StepKind[] = ['pull', 'create', 'start', 'ready'];
const colours: Readonly<Record<StepKind, Colour>> = { pull: 'cyan', create: 'dim', start: 'yellow', ready: 'green' };
const widest = 100;
const narrowest = 10;

const purposes: Readonly<Record<StepKind, string>> = {
  pull: 'to download its image',
  create: 'to make its container',
  start: 'to start its program',
  ready: 'to become ready',
};

const outcomes: Readonly<Record<UpTimeline['outcome'], (length: string) => string>> = {
  running: (length) => `under way for ${length}`,
  done: (length) => `ready after ${length}`,
  failed: (length) => `ended after ${length}, with failures`,
  cancelled: (length) => `interrupted after ${length}`,
};

const results: Readonly<Partial<Record<StepResult, string>>> = {
  failed: 'failed',
  cancelled: 'was interrupted',
  skipped: 'was left out',
  running: 'goes on',
};

export function upText(up: UpTimeline | undefined, { now, columns }: TextSize, paint: Paint): string {
  if (up === undefined) return 'Nothing was started yet.\n';
  const { startedAt, endedAt, outcome, services } = up;
  const head = `The last start, ${localTime(startedAt)}: ${outcomes[outcome](duration((endedAt ?? now) - startedAt))}`;
  const slow = slowest(up);
  const slowLine =
    slow === undefined
      ? ''
      : `${slow.title} took longest: ${duration(slow.length)}, of which ${duration(slow.longest.length)} ${purposes[slow.longest.kind]}.\n`;
  const name = Math.max(0, ...services.map(({ service }) => service.length));
  const time = 10;
  const width = Math.max(narrowest, Math.min(columns, widest) - name - time - 4);
  const length = Math.max(1, upLength(up, now));
  const rows = services.map((service) => {
    const bar = barText(service.steps, { startedAt, length, width, now: endedAt ?? now }, paint);
    const total = duration(serviceLength(service, endedAt ?? now)).padStart(time);
    const ends = service.steps.flatMap(({ kind, result }) => {
      const words = results[result];
      return words === undefined ? [] : `${kind} ${words}`;
    });
    const note = ends.length === 0 ? '' : `\n${' '.repeat(name + 2)}${ends.join(', ')}`;
    return `${service.service.padEnd(name)}  ${bar}  ${total}${note}\n`;
  });
  const legend = kinds.map((kind) => `${paint(colours[kind], kind.charAt(0))} ${kind}`).join('   ');
  return `${paint('bold', head)}\n${slowLine}\n${rows.join('')}\n${legend}\n`;
}

interface BarSize {
  readonly startedAt: number;
  readonly length: number;
  readonly width: number;
  readonly now: number;
}

// One letter for each step, so that it is told without colours too; a step that took any time has one at least.
function barText(steps: readonly TimelineStep[], { startedAt, length, width, now }: BarSize, paint: Paint): string {
  const cells: (StepKind | undefined)[] = Array.from({ length: width }, () => undefined);
  for (const step of steps) {
    if (step.result === 'skipped') continue;
    const place = (at: number): number => Math.round(((at - startedAt) / length) * width);
    const from = Math.min(width - 1, Math.max(0, place(step.from)));
    const to = Math.max(from + 1, Math.min(width, place(step.from + stepLength(step, now))));
    cells.fill(step.kind, from, to);
  }
  let text = '';
  for (let index = 0; index < width; ) {
    const kind = cells[index];
    const end = cells.findIndex((cell, place) => place > index && cell !== kind);
    const run = (end < 0 ? width : end) - index;
    text += kind === undefined ? ' '.repeat(run) : paint(colours[kind], kind.charAt(0).repeat(run));
    index += run;
  }
  return text;
}

export function changesText({ changes, isCut }: TimelineView, paint: Paint): string {
  if (changes.length === 0) return 'No service changed its state in the last day, or nobody looked.\n';
  const name = Math.max(...changes.map(({ service }) => service.length));
  const cut = isCut ? 'Older ones were left out: there were too many.\n' : '';
  return changes.map((change) => changeLine(change, name, paint)).join('') + cut;
}

function changeLine({ at, service, from, to, reason }: StateChange, name: number, paint: Paint): string {
  const line = `${localTime(at)}  ${service.padEnd(name)}  ${from.padEnd(8)} -> ${paintState(to, paint, 8)}`;
  return `${`${line}  ${paint('dim', printable(reason))}`.trimEnd()}\n`;
}

// Services write reasons: what steers a terminal is left out.
function printable(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}

// '2026-11-29 15:40:07', by the clock of this machine.
function localTime(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}

// For programs. Its names are a promise: keys may be added, none changes.
export function timelineJson({ lastUp, changes, isCut }: TimelineView): Record<string, unknown> {
  const iso = (time: number | undefined): string | null => (time === undefined ? null : new Date(time).toISOString());
  return {
    lastUp:
      lastUp === undefined
        ? null
        : {
            startedAt: iso(lastUp.startedAt),
            endedAt: iso(lastUp.endedAt),
            outcome: lastUp.outcome,
            services: lastUp.services.map(({ service, title, steps }) => ({
              ...{ id: service, title },
              steps: steps.map(({ kind, from, to, result }) => ({ kind, from: iso(from), to: iso(to), result })),
            })),
          },
    changes: changes.map(({ at, service, from, to, reason }) => ({ at: iso(at), service, from, to, reason })),
    changesCut: isCut,
  };
}
