// What watching figures takes of the processor, of whoever watches and of the engine, against `docker stats` on the
// same containers in the same minutes.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { macula, program } from '../cli/support/macula.ts';
import { missingForStack, removeStack, requireNoStack } from '../e2e/engine-api.ts';
import type { Benchmark } from './benchmark.ts';

const pairs = 5;
const settleMilliseconds = 5000;
const measuredMilliseconds = 20_000;
// Of the kernel's counters on every common Linux.
const ticksPerSecond = 100;
const engineProcessFile = '/var/run/docker.pid';

export const benchmark: Benchmark = async () => {
  const missing = await missingForStack();
  if (missing !== undefined) throw new Error(missing);
  await requireNoStack();
  const ours: Cost[] = [];
  const theirs: Cost[] = [];
  try {
    const { code, stderr } = await macula(['up']);
    if (code !== 0) throw new Error(stderr);
    // The programs of the stack are busy with themselves at first.
    await later(settleMilliseconds);
    for (let pair = 0; pair < pairs; pair += 1) {
      ours.push(await costOf(process.execPath, [program, 'figures', '--watch', '--json']));
      theirs.push(await costOf('docker', ['stats']));
    }
  } finally {
    await removeStack();
  }
  const measurement = (name: string, valueOf: (cost: Cost) => number) => ({
    name: `processor time a second: ${name}`,
    unit: 'ms' as const,
    ours: ours.map(valueOf),
    peer: { name: 'docker stats', values: theirs.map(valueOf) },
  });
  return [
    { ...measurement('both', ({ engine, watcher }) => engine + watcher), limit: { ratio: 2 } },
    measurement('the engine', ({ engine }) => engine),
    measurement('the watcher', ({ watcher }) => watcher),
  ];
};

// Milliseconds of processor time in each second.
interface Cost {
  readonly engine: number;
  readonly watcher: number;
}

async function costOf(command: string, args: readonly string[]): Promise<Cost> {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const enginePid = Number(readFileSync(engineProcessFile, 'utf8'));
  try {
    // Starting is not watching.
    await later(settleMilliseconds);
    const before = { engine: usedBy(enginePid), watcher: usedBy(child.pid ?? 0) };
    await later(measuredMilliseconds);
    const seconds = measuredMilliseconds / 1000;
    return {
      engine: (usedBy(enginePid) - before.engine) / seconds,
      watcher: (usedBy(child.pid ?? 0) - before.watcher) / seconds,
    };
  } finally {
    await end(child);
  }
}

// Milliseconds of processor time since its start.
function usedBy(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program may hold blanks.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await ended;
}

function later(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
