// What the app takes while it only sits in the tray, against a bare Electron that does.
import { readdirSync, readFileSync } from 'node:fs';
import { startDesktop, type Desktop } from '../e2e/desktop.ts';
import type { Benchmark } from './benchmark.ts';
import { writeBareElectron } from './bare-electron.ts';

const pairs = 5;
const settleMilliseconds = 10_000;

export const benchmark: Benchmark = async () => {
  const desktop = await startDesktop({ withTrayHost: true });
  try {
    const bare = writeBareElectron(desktop.folder);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      ours.push(await memory(desktop, undefined));
      theirs.push(await memory(desktop, bare));
    }
    const above = ours.map((value, index) => value - (theirs[index] ?? Number.NaN));
    const peer = { name: 'bare Electron with a tray icon', values: theirs };
    return [
      { name: 'memory in the tray', unit: 'MiB', ours, peer },
      { name: 'memory in the tray above bare Electron', unit: 'MiB', ours: above, limit: { most: 25 } },
    ];
  } finally {
    await desktop.stop();
  }
};

async function memory(desktop: Desktop, application: string | undefined): Promise<number> {
  const before = desktop.trayHost?.registrations.length ?? 0;
  const app = desktop.start({ args: ['--hidden'], ...(application === undefined ? {} : { application }) });
  await desktop.trayItem(before + 1);
  await new Promise((resolve) => setTimeout(resolve, settleMilliseconds));
  const sum = processTree(app.process.pid ?? 0)
    .map(proportionalMebibytes)
    .reduce((total, value) => total + value, 0);
  app.process.kill('SIGTERM');
  await app.ended;
  return sum;
}

function processTree(root: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = parentOf(Number(entry));
    if (parent !== undefined) parents.set(Number(entry), parent);
  }
  const isBelow = (id: number): boolean => id === root || (parents.has(id) && isBelow(parents.get(id) ?? 0));
  return [...parents.keys()].filter(isBelow);
}

function parentOf(id: number): number | undefined {
  try {
    return Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]);
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}

// Pages shared by several processes count in parts.
function proportionalMebibytes(id: number): number {
  return Number(/^Pss:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1]) / 1024;
}
