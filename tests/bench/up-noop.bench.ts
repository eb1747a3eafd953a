// Everything runs and nothing changed: the whole process against Compose, and the same inside a running app.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeRuntime } from '../../electron/compose.ts';
import type { Benchmark } from './benchmark.ts';
import { type StackPeers, withStackPeers } from './stack-peers.ts';

const pairs = 15;

export const benchmark: Benchmark = () =>
  withStackPeers(async (peers) => {
    // Made by Compose, for it would make anew what it did not make; Macula takes either for its own.
    await peers.up('compose');
    await peers.everyAnswer();
    const times = { macula: [] as number[], compose: [] as number[] };
    for (const who of ['macula', 'compose'] as const) await timed(() => peers.up(who));
    for (let pair = 0; pair < pairs; pair += 1) {
      const order = pair % 2 === 0 ? (['macula', 'compose'] as const) : (['compose', 'macula'] as const);
      for (const who of order) times[who].push(await timed(() => peers.up(who)));
    }
    const peer = { name: 'Compose v2 on the exported file', values: times.compose };
    return [
      { name: 'up with nothing to do, whole process', unit: 'ms', ours: times.macula, peer, limit: { ratio: 2 } },
      {
        name: 'up with nothing to do, in a running app',
        unit: 'ms',
        ours: await inProcess(peers),
        limit: { most: 50 },
      },
    ];
  });

async function inProcess(peers: StackPeers): Promise<readonly number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'macula-bench-'));
  const runtime = composeRuntime({ settingsDirectory: folder, log: () => undefined });
  const times: number[] = [];
  try {
    await runtime.connect({ watch: true });
    await peers.everyAnswer();
    for (let run = 0; run < pairs + 2; run += 1) {
      times.push(
        await timed(async () => {
          const outcome = await runtime.run({ kind: 'up' });
          if (outcome.kind !== 'done') throw new Error(`up ended as ${outcome.kind}`);
        }),
      );
    }
  } finally {
    runtime.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return times.slice(2);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
