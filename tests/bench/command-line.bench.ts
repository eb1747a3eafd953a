// What a look costs as a whole process, beside a Node that does nothing.
import { spawnSync } from 'node:child_process';
import { program } from '../cli/support/macula.ts';
import type { Benchmark } from './benchmark.ts';

const rounds = 11;

export const benchmark: Benchmark = async () => {
  const bare: number[] = [];
  const version: number[] = [];
  const status: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(run(['-e', '0']));
    version.push(run([program, '--version']));
    status.push(run([program, 'status']));
  }
  const peer = { name: 'node -e 0', values: bare };
  return [
    { name: 'macula --version', unit: 'ms', ours: version, peer },
    { name: 'macula status', unit: 'ms', ours: status, peer },
  ];
};

function run(args: readonly string[]): number {
  const began = performance.now();
  spawnSync(process.execPath, args, { stdio: 'ignore' });
  return performance.now() - began;
}
