import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { summaryFile } from './test/summary.mjs';
import { summaryReporter } from './test/summary-reporter.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Kind {
  readonly name: string;
  readonly include: string;
  readonly timeoutSeconds: number;
  // Files at a time; as many as there are processors where none is given.
  readonly most?: number;
}

// In this order, one kind after the other: the later ones share the machine's ports, addresses and engine.
const kinds: readonly Kind[] = [
  { name: 'unit', include: 'tests/{unit,build,images}/**/*.test.{ts,tsx}', timeoutSeconds: 30 },
  { name: 'helper', include: 'tests/helper/**/*.test.ts', timeoutSeconds: 300, most: 1 },
  // A page waits for its browser half of the time. What measures the time it takes runs by itself.
  { name: 'renderer', include: 'tests/renderer/*.test.{ts,tsx}', timeoutSeconds: 60, most: 2 },
  { name: 'renderer-timed', include: 'tests/renderer/timed/*.test.{ts,tsx}', timeoutSeconds: 60, most: 1 },
  { name: 'engine', include: 'tests/{engine,cli}/**/*.test.ts', timeoutSeconds: 180, most: 1 },
  { name: 'observability', include: 'tests/observability/**/*.test.ts', timeoutSeconds: 240, most: 1 },
  { name: 'host', include: 'tests/host/**/*.test.ts', timeoutSeconds: 180, most: 1 },
  { name: 'package', include: 'tests/package/**/*.test.ts', timeoutSeconds: 180, most: 1 },
  { name: 'e2e', include: 'tests/e2e/**/*.test.ts', timeoutSeconds: 180, most: 1 },
];

export default defineConfig({
  root,
  test: {
    reporters: ['default', summaryReporter(summaryFile)],
    allowOnly: false,
    projects: kinds.map((kind, index) => ({
      root,
      test: {
        name: kind.name,
        include: [kind.include],
        exclude: [...configDefaults.exclude, 'tests/output/**'],
        testTimeout: kind.timeoutSeconds * 1000,
        hookTimeout: kind.timeoutSeconds * 2000,
        fileParallelism: kind.most !== 1,
        ...(kind.most === undefined ? {} : { maxWorkers: kind.most }),
        // A test that asserts nothing has not passed. What is waited for may take its time on a busy machine.
        expect: { requireAssertions: true, poll: { timeout: 10_000 } },
        sequence: { groupOrder: index },
      },
    })),
  },
});
