import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { summaryFile } from './test/summary.mjs';
import { summaryReporter } from './test/summary-reporter.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Kind {
  readonly name: string;
  readonly include: string;
  readonly timeoutSeconds: number;
  readonly isParallel: boolean;
}

// In this order, one kind after the other: the later ones share the machine's ports, addresses and engine.
const kinds: readonly Kind[] = [
  { name: 'unit', include: 'tests/{unit,build,images}/**/*.test.{ts,tsx}', timeoutSeconds: 30, isParallel: true },
  { name: 'helper', include: 'tests/helper/**/*.test.ts', timeoutSeconds: 300, isParallel: false },
  { name: 'renderer', include: 'tests/renderer/**/*.test.{ts,tsx}', timeoutSeconds: 60, isParallel: false },
  { name: 'engine', include: 'tests/{engine,cli}/**/*.test.ts', timeoutSeconds: 180, isParallel: false },
  { name: 'observability', include: 'tests/observability/**/*.test.ts', timeoutSeconds: 240, isParallel: false },
  { name: 'host', include: 'tests/host/**/*.test.ts', timeoutSeconds: 180, isParallel: false },
  { name: 'package', include: 'tests/package/**/*.test.ts', timeoutSeconds: 180, isParallel: false },
  { name: 'e2e', include: 'tests/e2e/**/*.test.ts', timeoutSeconds: 180, isParallel: false },
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
        fileParallelism: kind.isParallel,
        // A test that asserts nothing has not passed. What is waited for may take its time on a busy machine.
        expect: { requireAssertions: true, poll: { timeout: 10_000 } },
        sequence: { groupOrder: index },
      },
    })),
  },
});
