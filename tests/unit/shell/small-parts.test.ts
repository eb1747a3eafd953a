import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAppLog } from '../../../electron/shell/app-log.ts';
import { coalesce } from '../../../electron/shell/coalesce.ts';
import { contentSecurityPolicy, listFiles, respond } from '../../../electron/shell/scheme.ts';
import { fitPlace, parsePlace, readPlace, writePlace } from '../../../electron/shell/window-bounds.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'macula-shell-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

describe('coalesce', () => {
  it('passes the first at once and then the last of each interval', () => {
    vi.useFakeTimers();
    const seen: number[] = [];
    const push = coalesce<number>(250, (value) => seen.push(value));
    for (const value of [1, 2, 3]) push(value);
    expect(seen).toEqual([1]);
    vi.advanceTimersByTime(250);
    expect(seen).toEqual([1, 3]);
    push(4);
    vi.advanceTimersByTime(249);
    expect(seen).toEqual([1, 3]);
    vi.advanceTimersByTime(1);
    expect(seen).toEqual([1, 3, 4]);
    vi.advanceTimersByTime(1000);
    push(5);
    expect(seen).toEqual([1, 3, 4, 5]);
  });

  it('keeps what it holds to itself once it is cancelled', () => {
    vi.useFakeTimers();
    const seen: number[] = [];
    const push = coalesce<number>(250, (value) => seen.push(value));
    push(1);
    push(2);
    push.cancel();
    vi.advanceTimersByTime(1000);
    expect(seen).toEqual([1]);
  });
});

describe('the log', () => {
  it('keeps each entry on its line and itself small', () => {
    const path = join(folder, 'logs', 'main.log');
    const log = createAppLog(path, () => new Date(0));
    log('one\ntwo');
    expect(readFileSync(path, 'utf8')).toBe('1970-01-01T00:00:00.000Z one | two\n');
    for (let count = 0; count < 300; count += 1) log('x'.repeat(10_000));
    expect(readdirSync(join(folder, 'logs')).toSorted()).toEqual(['main.log', 'main.log.1']);
    expect(statSync(path).size).toBeLessThanOrEqual(1_000_000);
    expect(statSync(`${path}.1`).size).toBeLessThanOrEqual(1_000_000);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('goes on without a place to write', () => {
    expect(() => createAppLog('/dev/null/main.log')('lost')).not.toThrow();
  });
});

describe('the scheme', () => {
  it('answers for the files of its list, with the policy on every answer', async () => {
    const files = listFiles(import.meta.dirname);
    expect(files.get('/small-parts.test.ts')).toBe(import.meta.filename);
    const found = await respond(new Request('app://ui/small-parts.test.ts'), files);
    expect(found.status).toBe(200);
    expect(await found.text()).toContain('with the policy on every answer');
    for (const url of [
      'app://ui/',
      'app://ui/%2e%2e/main.ts',
      'app://other/small-parts.test.ts',
      'app://ui/random.ts/',
    ]) {
      const missing = await respond(new Request(url), files);
      expect(missing.status, url).toBe(404);
      expect(missing.headers.get('Content-Security-Policy')).toBe(contentSecurityPolicy);
    }
    const posted = await respond(new Request('app://ui/small-parts.test.ts', { method: 'POST' }), files);
    expect(posted.status).toBe(404);
  });
});

describe('the place of the window', () => {
  const place = { bounds: { x: 10, y: 20, width: 900, height: 700 }, isMaximized: false };
  const display = { x: 0, y: 0, width: 1400, height: 1000 };

  it('is kept', () => {
    const path = join(folder, 'window.json');
    expect(readPlace(path)).toBeUndefined();
    writePlace(path, place);
    expect(readPlace(path)).toEqual(place);
  });

  it.each([
    null,
    'x',
    {},
    { bounds: place.bounds },
    { ...place, bounds: { ...place.bounds, width: 3 } },
    { ...place, bounds: { ...place.bounds, x: '1' } },
  ])('is not taken from %j', (value) => {
    writePlace(join(folder, 'window.json'), value as never);
    expect(readPlace(join(folder, 'window.json'))).toBeUndefined();
  });

  it('is left alone where it can be seen, and only its size kept where it cannot', () => {
    expect(parsePlace(place)).toEqual(place);
    expect(fitPlace(place, [display])).toEqual(place.bounds);
    for (const bounds of [
      { ...place.bounds, x: 5000 },
      { ...place.bounds, y: -300 },
      { ...place.bounds, y: 990 },
      { ...place.bounds, x: -850 },
    ]) {
      expect(fitPlace({ ...place, bounds }, [display])).toEqual({ width: 900, height: 700 });
    }
  });
});
