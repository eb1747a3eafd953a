// Shows a command at work, as a terminal or a pipe likes it.
import type { ServiceSnapshot, Snapshot } from '../core/snapshot.ts';
import type { Runtime } from '../runtime/runtime-api.ts';
import type { Output } from './output.ts';
import { changeLines, pictureLines } from './progress-text.ts';

const leastMillisecondsBetween = 80;
const clockMilliseconds = 1000;

export interface ProgressOptions {
  readonly title: string;
  readonly isAbout: (service: ServiceSnapshot) => boolean;
}

// Returns the function that ends it, leaving the terminal as if nothing had been drawn.
export function showProgress(runtime: Runtime, output: Output, options: ProgressOptions): () => void {
  const lines = runtime.snapshot().services.filter(options.isAbout).length + 1;
  return output.isTerminal && lines < output.rows()
    ? drawProgress(runtime, output, options)
    : tellChanges(runtime, output);
}

export function tellChanges(runtime: Runtime, output: Output, prefix: () => string = () => ''): () => void {
  let last: Snapshot = runtime.snapshot();
  return runtime.subscribe((snapshot) => {
    for (const line of changeLines(last, snapshot)) output.print(`${prefix()}${line}\n`);
    last = snapshot;
  });
}

function drawProgress(runtime: Runtime, output: Output, options: ProgressOptions): () => void {
  const startedAt = Date.now();
  let drawn = 0;
  let drawnAt = 0;
  let waiting: NodeJS.Timeout | undefined;

  function draw(): void {
    clearTimeout(waiting);
    waiting = undefined;
    drawnAt = Date.now();
    const services = runtime.snapshot().services.filter(options.isAbout);
    const picture = { services, title: options.title, startedAt, now: drawnAt, columns: output.columns() };
    const lines = pictureLines(picture, output.paint);
    output.print(`${upward(drawn)}${lines.map((line) => `${line}\u001b[K\n`).join('')}`);
    drawn = lines.length;
  }

  const clock = setInterval(draw, clockMilliseconds);
  const unsubscribe = runtime.subscribe(() => {
    waiting ??= setTimeout(draw, Math.max(0, drawnAt + leastMillisecondsBetween - Date.now()));
  });
  draw();
  return () => {
    unsubscribe();
    clearInterval(clock);
    clearTimeout(waiting);
    output.print(`${upward(drawn)}\u001b[J`);
  };
}

function upward(lines: number): string {
  return lines === 0 ? '' : `\u001b[${lines}A\r`;
}
