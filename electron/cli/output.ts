// Where the command's words go. A reader that goes away is no error: what is under way is finished in silence.
import { once } from 'node:events';
import type { WriteStream } from 'node:tty';
import { type Paint, paintFor } from './paint.ts';

export interface Output {
  // Whether what is printed is drawn on a terminal, where lines can be drawn anew.
  readonly isTerminal: boolean;
  readonly paint: Paint;
  readonly problemPaint: Paint;
  columns(): number;
  rows(): number;
  print(text: string): void;
  // Resolves when more can be taken: a slow reader makes the writer wait.
  printAndWait(text: string): Promise<void>;
  problem(text: string): void;
  // Aborted when nobody reads any more.
  readonly closed: AbortSignal;
  // Resolves when everything is written.
  flush(): Promise<void>;
}

export function processOutput(): Output {
  const closing = new AbortController();
  const { stdout, stderr } = process;
  const isTerminal = stdout.isTTY === true && process.env['TERM'] !== 'dumb';
  const terminal = stdout as Partial<WriteStream>;
  stdout.on('error', () => closing.abort());
  // Without a listener, a closed pipe would end the program in the middle of its work.
  stderr.on('error', () => undefined);

  function print(text: string): boolean {
    return closing.signal.aborted || stdout.write(text);
  }

  return {
    isTerminal,
    paint: paintFor(process.env, isTerminal),
    problemPaint: paintFor(process.env, stderr.isTTY === true),
    columns: () => terminal.columns ?? 80,
    rows: () => terminal.rows ?? 24,
    print,
    async printAndWait(text) {
      if (print(text)) return;
      await once(stdout, 'drain', { signal: closing.signal }).catch((error: unknown) => {
        if (!closing.signal.aborted) throw error;
      });
    },
    problem: (text) => void stderr.write(text),
    closed: closing.signal,
    flush: async () => {
      await Promise.all([flushed(stdout), flushed(stderr)]);
    },
  };
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.destroyed || stream.writableLength === 0) return Promise.resolve();
  return new Promise((resolve) => stream.write('', () => resolve()));
}
