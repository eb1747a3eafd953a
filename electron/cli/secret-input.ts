// Secrets come by standard input: line by line from a program, or typed without being shown. Never as an argument, which
// everybody on the machine could read.
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Output } from './output.ts';

// One answer for each question, in their order; undefined: there were fewer, or somebody left.
export async function askSecrets(questions: readonly string[], output: Output): Promise<readonly string[] | undefined> {
  return process.stdin.isTTY === true ? askPerson(questions, output) : readLines(questions.length);
}

async function readLines(count: number): Promise<readonly string[] | undefined> {
  const reader = createInterface({ input: process.stdin });
  const lines: string[] = [];
  for await (const line of reader) {
    lines.push(line);
    if (lines.length === count) break;
  }
  return lines.length === count ? lines : undefined;
}

async function askPerson(questions: readonly string[], output: Output): Promise<readonly string[] | undefined> {
  // What is typed is echoed by the reader into here, and goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const leaving = new AbortController();
  reader.on('close', () => leaving.abort());
  reader.on('SIGINT', () => reader.close());
  const answers: string[] = [];
  try {
    for (const question of questions) {
      output.problem(`${question}: `);
      answers.push(await reader.question('', { signal: leaving.signal }));
      output.problem('\n');
    }
    return answers;
  } catch {
    output.problem('\n');
    return undefined;
  } finally {
    reader.close();
  }
}
