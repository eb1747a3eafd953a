// What the app takes while it only sits in the tray, against a bare Electron that does.
import { startDesktop, type Desktop } from '../e2e/desktop.ts';
import type { Benchmark } from './benchmark.ts';
import { writeBareElectron } from './bare-electron.ts';
import { memoryOfTree } from './processes.ts';

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
  const sum = memoryOfTree(app.process.pid ?? 0).all;
  app.process.kill('SIGTERM');
  await app.ended;
  return sum;
}
