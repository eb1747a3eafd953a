// From the start of the process until the desktop has the icon, against a bare Electron that shows one.
import { startDesktop, type Desktop } from '../e2e/desktop.ts';
import type { Benchmark } from './benchmark.ts';
import { writeBareElectron } from './bare-electron.ts';

const pairs = 15;

export const benchmark: Benchmark = async () => {
  const desktop = await startDesktop({ withTrayHost: true });
  try {
    const bare = writeBareElectron(desktop.folder);
    const times = { ours: [] as number[], bare: [] as number[] };
    // The first of each fills caches and makes folders.
    for (let pair = -1; pair < pairs; pair += 1) {
      const order = pair % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const);
      for (const who of order) {
        const time = await registration(desktop, who === 'bare' ? bare : undefined);
        if (pair >= 0) times[who].push(time);
      }
    }
    const peer = { name: 'bare Electron with a tray icon', values: times.bare };
    return [{ name: 'start to icon in the tray', unit: 'ms', ours: times.ours, peer, limit: { ratio: 1.4 } }];
  } finally {
    await desktop.stop();
  }
};

async function registration(desktop: Desktop, application: string | undefined): Promise<number> {
  const before = desktop.trayHost?.registrations.length ?? 0;
  const app = desktop.start({ args: ['--hidden'], ...(application === undefined ? {} : { application }) });
  await desktop.trayItem(before + 1);
  const at = desktop.trayHost?.registrations[before]?.at ?? Number.NaN;
  // What it does afterwards must not run into the next start.
  await new Promise((resolve) => setTimeout(resolve, 400));
  app.process.kill('SIGTERM');
  await app.ended;
  return at - app.startedAt;
}
