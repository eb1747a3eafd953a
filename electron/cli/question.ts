// One question before something is done that cannot be taken back by itself.
import { createInterface } from 'node:readline/promises';
import type { Output } from './output.ts';

export type Answer = 'yes' | 'no' | 'interrupted' | 'nobody';

export interface Question {
  // What is going to happen, on the line of the question; '' where it was printed before.
  readonly what: string;
  // What to type where nobody can answer.
  readonly nextStep: string;
  // What comes of a "no", where that is not nothing.
  readonly otherwise?: string;
}

export const nobodyTitle = 'Nobody is here to be asked: nothing was done';

export async function askToGoOn({ what, nextStep, otherwise }: Question, output: Output): Promise<Answer> {
  const refused = otherwise ?? 'Nothing was done.';
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) {
    output.problem(
      `${what === '' ? '' : `${what}\n`}${otherwise === undefined ? nobodyTitle : `Nobody is here to be asked. ${otherwise}`.replace(/\.$/, '')}. ${nextStep}\n`,
    );
    return 'nobody';
  }
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C and Ctrl-D, while the question stands.
  const leaving = new AbortController();
  reader.on('close', () => leaving.abort());
  reader.on('SIGINT', () => reader.close());
  try {
    const answer = await reader.question(`${what === '' ? '' : `${what} `}Go on? [y/N] `, { signal: leaving.signal });
    if (/^y(es)?$/i.test(answer.trim())) return 'yes';
    output.problem(`${refused}\n`);
    return 'no';
  } catch {
    output.problem(`\n${refused}\n`);
    return 'interrupted';
  } finally {
    reader.close();
  }
}

// As a failure for programs.
export function notConfirmed(question: Question): Record<string, unknown> {
  return { code: 'not-confirmed', title: nobodyTitle, detail: question.what, nextStep: question.nextStep };
}
