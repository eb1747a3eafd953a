import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { type Summary, summaryText } from '../../build/test/summary.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
let folder: string | undefined;

afterEach(() => folder && rmSync(folder, { recursive: true, force: true }));

/** Runs these test files with the reporter, in a folder of their own. */
function summaryOf(files: Readonly<Record<string, string>>, args: readonly string[] = []): Summary {
  folder = mkdtempSync(join(tmpdir(), 'macula-summary-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, 'tests'));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, 'tests', name), `import { describe, beforeAll, expect, test } from 'vitest';\n${text}`);
  }
  const output = join(folder, 'summary.json');
  const reporter = join(root, 'build/test/summary-reporter.ts');
  writeFileSync(
    join(folder, 'vitest.config.ts'),
    `import { summaryReporter } from '${reporter}';
     export default { test: { reporters: [summaryReporter('${output}')], expect: { requireAssertions: true } } };`,
  );
  try {
    execFileSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...args], {
      cwd: folder,
      stdio: 'ignore',
    });
  } catch {
    // Failing tests end the runner with 1.
  }
  return JSON.parse(readFileSync(output, 'utf8')) as Summary;
}

test('passed, failed and skipped for a reason are counted', () => {
  const summary = summaryOf({
    'a.test.ts': `
      test('passes', () => { expect(1).toBe(1); });
      test('fails', () => { expect(1).toBe(2); });
      test('asserts nothing', () => {});
      test('needs more', (context) => { context.skip('no display'); });
    `,
  });
  expect(summary).toEqual({ passed: 1, failed: 2, skipped: 1, reasons: ['no display'], problems: [] });
});

test('a test that did not run and gives no reason has failed', () => {
  const summary = summaryOf({ 'a.test.ts': `test.skip('quiet', () => { expect(1).toBe(1); }); test.todo('later');` });
  expect(summary).toMatchObject({ passed: 0, failed: 2, skipped: 0 });
  expect(summary.problems).toEqual(['not run, and without a reason: quiet', 'not run, and without a reason: later']);
});

test('what keeps tests from running has failed, and so have they', () => {
  const summary = summaryOf({
    'a.test.ts': `
      describe('with a broken start', () => {
        beforeAll(() => { throw new Error('no engine'); });
        test('one', () => { expect(1).toBe(1); });
        test('two', () => { expect(1).toBe(1); });
      });
    `,
    'b.test.ts': `import './absent.ts';`,
  });
  expect(summary).toMatchObject({ passed: 0, skipped: 0, reasons: [] });
  expect(summary.problems).toEqual([
    'with a broken start: no engine',
    expect.stringMatching(/^tests\/b\.test\.ts: .*absent/),
  ]);
  expect(summary.failed).toBe(4);
});

test('tests that were filtered out do not count', () => {
  const text = `test('one', () => { expect(1).toBe(1); }); test('two', () => { expect(1).toBe(1); });`;
  expect(summaryOf({ 'a.test.ts': text }, ['-t', 'one'])).toMatchObject({ passed: 1, failed: 0, skipped: 0 });
});

test('the last line is the count, after each reason once', () => {
  const summary = {
    passed: 5,
    failed: 1,
    skipped: 3,
    reasons: ['no Podman', 'a stub', 'no Podman'],
    problems: ['b broke'],
  };
  expect(summaryText(summary).split('\n')).toEqual([
    'failed: b broke',
    'skipped 2: no Podman',
    'skipped 1: a stub',
    '5 passed, 1 failed, 3 skipped',
  ]);
});
