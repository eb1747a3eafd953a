// Log lines as Loki takes them, and what its answer means. Pure.
import type { LogLine } from '../engine-port.ts';
import type { FeedSource } from './feed-sources.ts';

export interface PushLine {
  readonly stream: LogLine['stream'];
  // Since 1970, 19 digits.
  readonly nanoseconds: string;
  readonly text: string;
}

export interface PushAnswer {
  // 0: no answer at all.
  readonly status: number;
  // Of the answer, else why there was none.
  readonly text: string;
}

export type PushVerdict =
  | { readonly kind: 'taken' }
  // So many lines are lost for good; the others of the batch were taken.
  | { readonly kind: 'refused'; readonly lines: number; readonly words: string }
  | { readonly kind: 'later'; readonly words: string };

const longestWords = 300;
// Time and quotes of each line.
const lineOverhead = 30;

// Loki refuses a whole batch for one of them.
const halfCharacters = /\p{Surrogate}/gu;

export function pushBody(source: FeedSource, lines: readonly PushLine[]): string {
  const used = (['stdout', 'stderr'] as const).filter((stream) => lines.some((line) => line.stream === stream));
  return JSON.stringify({
    streams: used.map((stream) => ({
      stream: { service_name: source.service, container: source.containerName, stream, source: 'app' },
      values: lines
        .filter((line) => line.stream === stream)
        .map(({ nanoseconds, text }) => [nanoseconds, text.replace(halfCharacters, '\ufffd')]),
    })),
  });
}

export function pushSize(line: PushLine): number {
  return line.text.length + lineOverhead;
}

// No piece is larger, except for a line that is.
export function pieces(lines: readonly PushLine[], largest: number): readonly (readonly PushLine[])[] {
  const found: PushLine[][] = [];
  let size = Infinity;
  for (const line of lines) {
    size += pushSize(line);
    if (size > largest) {
      found.push([]);
      size = pushSize(line);
    }
    found.at(-1)?.push(line);
  }
  return found;
}

// Of a batch with lines that it will never take, Loki keeps the rest and counts those in its words.
export function judgePush({ status, text }: PushAnswer, lines: number): PushVerdict {
  if (status >= 200 && status <= 299) return { kind: 'taken' };
  const words = text.trim().slice(0, longestWords) || `It answers with status ${status}`;
  const isFinal = status === 400 || status === 413 || status === 422;
  return isFinal ? { kind: 'refused', lines: refusedLines(text, lines), words } : { kind: 'later', words };
}

function refusedLines(text: string, sent: number): number {
  const total = /total ignored: (\d+) out of/.exec(text)?.[1];
  const grouped = [...text.matchAll(/(\d+) errors like: /g)].reduce((sum, [, count]) => sum + Number(count), 0);
  if (total !== undefined) return Math.min(sent, Number(total));
  if (grouped > 0) return Math.min(sent, grouped);
  // A single one is told without a number; anything else is about the whole batch.
  return /\bentry\b.*\b(exceeded|timestamp)\b/.test(text) ? 1 : sent;
}
