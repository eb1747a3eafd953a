// Runs the benchmarks whose names hold one of the words given, or all; prints one JSON document.
import { cpus, loadavg } from 'node:os';
import { type Benchmark, summary } from './benchmark.ts';

const files = import.meta.glob<{ readonly benchmark: Benchmark }>('./*.bench.ts');
const words = process.argv.slice(2);
const results: Record<string, unknown>[] = [];

for (const [path, load] of Object.entries(files)) {
  const name = path.slice('./'.length, -'.bench.ts'.length);
  if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
  process.stderr.write(`measuring ${name}\n`);
  const { benchmark } = await load();
  try {
    results.push(...(await benchmark()).map(summary));
  } catch (error) {
    // One that cannot be measured here takes none of the others with it.
    results.push({ name, problem: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
  }
}

const machine = {
  cpus: cpus().length,
  model: cpus()[0]?.model,
  platform: process.platform,
  node: process.version,
  load: loadavg(),
};
process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), machine, results }, undefined, 2)}\n`);
if (results.some((result) => result['isWithin'] === false)) process.exitCode = 1;
