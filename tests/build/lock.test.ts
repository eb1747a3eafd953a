import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from '../../build/bootstrap/lock.mjs';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'macula-lock-'));
  file = join(folder, 'below', 'lock');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('one at a time, and open again afterwards', async () => {
  const order: string[] = [];
  const work = (name: string) => async () => {
    order.push(`${name} begins`);
    await sleep(30);
    order.push(`${name} ends`);
  };
  await Promise.all([withLock(file, work('one')), withLock(file, work('two'))]);
  expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
  expect(existsSync(file)).toBe(false);
});

test('a failure opens it too', async () => {
  const failing = withLock(file, () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  expect(await withLock(file, async () => 'next')).toBe('next');
});

test('what a killed process left does not hold anyone up', async () => {
  await withLock(file, async () => undefined);
  // Above the highest number that Linux gives out.
  writeFileSync(file, '4194305');
  expect(await withLock(file, async () => 'next')).toBe('next');
});
