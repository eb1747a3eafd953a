// A flood from a real container to the lines of the window, against "docker logs" into a file, in turns.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LogWindow, openLogWindow } from '../e2e/log-window.ts';
import {
  beginWriting,
  countingScript,
  prepareWriters,
  removeWriter,
  removeWriters,
  startLogWriter,
  waiting,
} from '../support/log-writers.ts';
import type { Benchmark } from './benchmark.ts';

const pairs = 5;
const total = 200_000;
const most = 120_000;

export const benchmark: Benchmark = async () => {
  const missing = await prepareWriters();
  if (missing !== undefined) throw new Error(missing);
  const folder = mkdtempSync(join(tmpdir(), 'macula-log-bench-'));
  let window: LogWindow | undefined;
  try {
    await startLogWriter('loki', '');
    window = await openLogWindow('Loki');
    const atRest = { main: await window.memory('main'), page: await window.memory('page') };
    const ours: Flood[] = [];
    const theirs: number[] = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      ours.push(await toWindow(window));
      theirs.push(await toFile(join(folder, 'lines')));
    }
    const of = (value: (flood: Flood) => number): readonly number[] => ours.map(value);
    return [
      {
        name: `${total} lines, as they are written, to the window`,
        unit: 'ms',
        ours: of(({ milliseconds }) => milliseconds),
        peer: { name: 'docker logs --follow into a file', values: theirs },
        limit: { ratio: 1.3 },
      },
      { name: 'time of a frame meanwhile', unit: 'ms', ours: of(({ frame }) => frame), limit: { most: 1000 / 30 } },
      { name: 'processor time of main for them', unit: 'ms', ours: of(({ main }) => main) },
      { name: 'delay of main meanwhile, 95 %', unit: 'ms', ours: of(({ delay }) => delay), limit: { most: 100 } },
      { name: 'memory of main above rest', unit: 'MiB', ours: of(({ mainMemory }) => mainMemory - atRest.main) },
      { name: 'memory of the page above rest', unit: 'MiB', ours: of(({ pageMemory }) => pageMemory - atRest.page) },
    ];
  } finally {
    await window?.stop();
    await removeWriters();
    rmSync(folder, { recursive: true, force: true });
  }
};

interface Flood {
  readonly milliseconds: number;
  // All in milliseconds, memory in MiB.
  readonly frame: number;
  readonly main: number;
  readonly delay: number;
  readonly mainMemory: number;
  readonly pageMemory: number;
}

// A new container of the service that the window shows: the window follows it by itself.
async function toWindow(window: LogWindow): Promise<Flood> {
  await window.startCounting();
  await removeWriter('macula-log-writer-loki');
  const container = await startLogWriter('loki', waiting(`echo 0\n${countingScript(total)}`));
  await settle();
  await window.startCounting();
  const began = performance.now();
  await beginWriting(container);
  for (;;) {
    const counted = await window.counted();
    if (counted.lines >= total + 1) {
      return {
        milliseconds: performance.now() - began,
        frame: counted.milliseconds / counted.frames,
        main: counted.mainSeconds * 1000,
        delay: counted.mainDelay95,
        mainMemory: await window.memory('main'),
        pageMemory: await window.memory('page'),
      };
    }
    if (performance.now() - began > most) throw new Error(`${counted.lines} of ${total} lines came to the window`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

// The file is docker's own output; it is looked at from time to time, as the window is.
async function toFile(path: string): Promise<number> {
  const container = await startLogWriter('peer', waiting(`echo 0\n${countingScript(total)}`));
  const file = openSync(path, 'w');
  const docker = spawn('docker', ['logs', '--follow', '--timestamps', container], {
    stdio: ['ignore', file, 'inherit'],
  });
  const ended = once(docker, 'exit');
  try {
    await settle();
    const began = performance.now();
    await beginWriting(container);
    while (!endsWith(path, `Z ${total}\n`)) {
      if (performance.now() - began > most) throw new Error('docker logs did not write all lines');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return performance.now() - began;
  } finally {
    docker.kill('SIGTERM');
    await ended;
    closeSync(file);
    await removeWriter(container);
  }
}

function endsWith(path: string, text: string): boolean {
  const file = openSync(path, 'r');
  try {
    const end = Buffer.alloc(text.length);
    readSync(file, end, 0, text.length, Math.max(0, fstatSync(file).size - text.length));
    return end.toString() === text;
  } finally {
    closeSync(file);
  }
}

const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 3000));
