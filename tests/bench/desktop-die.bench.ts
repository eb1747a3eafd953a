// From the death of a container, by the engine's clock, until the desktop is told of another icon.
import { request } from 'node:http';
import { startDesktop, type Desktop } from '../e2e/desktop.ts';
import { askEngine, engineSocket, missingForStack, removeStack, requireNoStack } from '../e2e/engine-api.ts';
import type { TrayItem } from '../e2e/tray-item.ts';
import { waitUntil } from '../e2e/wait-until.ts';
import type { Benchmark } from './benchmark.ts';

const runs = 30;
const victim = 'macula-excalidraw';

export const benchmark: Benchmark = async () => {
  const missing = await missingForStack();
  if (missing !== undefined) throw new Error(missing);
  await requireNoStack();
  const desktop = await startDesktop({ withTrayHost: true });
  const deaths = followDeaths();
  try {
    const item = await startStack(desktop);
    const times: number[] = [];
    for (let run = 0; run < runs; run += 1) times.push(await death(item, deaths.times));
    const p95 = times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN;
    return [
      { name: 'death of a container to another icon', unit: 'ms', ours: times },
      { name: 'death of a container to another icon, 95th percentile', unit: 'ms', ours: [p95], limit: { most: 150 } },
    ];
  } finally {
    deaths.close();
    await desktop.stop();
    await removeStack();
  }
};

async function startStack(desktop: Desktop): Promise<TrayItem> {
  desktop.start({ args: ['--hidden'] });
  const item = await desktop.trayItem();
  await item.untilMenu(
    'the engine is found',
    ({ children }) => children.some((entry) => entry.label === 'Start' && entry.enabled),
    20,
  );
  await item.click('Start');
  await untilReady(item);
  return item;
}

const untilReady = (item: TrayItem) =>
  item.untilMenu('all are ready', ({ children }) => (children[0]?.label ?? '').startsWith('All '), 180);

async function death(item: TrayItem, times: readonly number[]): Promise<number> {
  // Nothing of the last run may still be on its way.
  await new Promise((resolve) => setTimeout(resolve, 700));
  const deathsBefore = times.length;
  const seen = item.signals.length;
  await askEngine('POST', `/containers/${victim}/kill`);
  const died = await waitUntil('the word of its death', () => times[deathsBefore], 10);
  // Nothing else was under way, so the next icon is of this death. It may be there before the engine has written its
  // word: the app sees the container gone when it looks after the kill.
  const signal = await waitUntil(
    'another icon',
    () => item.signals.slice(seen).find(({ name }) => name === 'NewIcon'),
    10,
  );
  await askEngine('POST', `/containers/${victim}/start`);
  await untilReady(item);
  return Math.max(0, performance.timeOrigin + signal.at - died);
}

// Milliseconds since 1970 of every death, as the engine tells them.
function followDeaths(): { readonly times: readonly number[]; close(): void } {
  const times: number[] = [];
  const filters = encodeURIComponent(JSON.stringify({ event: ['die'], container: [victim] }));
  const asked = request({ socketPath: engineSocket, path: `/events?filters=${filters}` }, (response) => {
    response.on('data', (chunk: Buffer) => {
      for (const line of chunk
        .toString()
        .split('\n')
        .filter((text) => text !== '')) {
        times.push((JSON.parse(line) as { readonly timeNano: number }).timeNano / 1e6);
      }
    });
  });
  asked.on('error', () => undefined);
  asked.end();
  return { times, close: () => asked.destroy() };
}
