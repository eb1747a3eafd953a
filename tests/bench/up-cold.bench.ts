// From nothing, images present, until every service answers: the command line and Compose in turns.
import { removeStack } from '../e2e/engine-api.ts';
import type { Benchmark } from './benchmark.ts';
import { type StackPeers, withStackPeers } from './stack-peers.ts';

const pairs = 7;

export const benchmark: Benchmark = () =>
  withStackPeers(async (peers) => {
    const times = { macula: [] as number[], compose: [] as number[] };
    // The first of each reads what the later ones find in memory.
    for (const who of ['macula', 'compose'] as const) await once(peers, who);
    for (let pair = 0; pair < pairs; pair += 1) {
      const order = pair % 2 === 0 ? (['macula', 'compose'] as const) : (['compose', 'macula'] as const);
      for (const who of order) times[who].push(await once(peers, who));
    }
    const peer = { name: 'Compose v2 on the exported file', values: times.compose };
    return [{ name: 'up from nothing', unit: 'ms', ours: times.macula, peer, limit: { ratio: 1 } }];
  });

async function once(peers: StackPeers, who: 'macula' | 'compose'): Promise<number> {
  await removeStack();
  const began = performance.now();
  const [done] = await Promise.all([
    peers.everyAnswer().then(() => performance.now() - began),
    // A program that returns late is no quicker for that.
    peers.up(who),
  ]);
  return done;
}
