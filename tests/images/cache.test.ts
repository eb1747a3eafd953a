import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cache, defaultCacheFolder } from '../../build/images/cache.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'macula-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const make = (text: string) => (file: string) => {
  writeFileSync(file, text);
  return Promise.resolve({ text });
};

describe('the cache', () => {
  it('gives back what was stored', async () => {
    const cache = new Cache(folder);
    expect(await cache.find('loki-1')).toBeUndefined();
    await cache.store('loki-1', make('one'));
    const found = await cache.find<{ text: string }>('loki-1');
    expect(found?.facts).toEqual({ text: 'one' });
    expect(readFileSync(found?.file ?? '', 'utf8')).toBe('one');
  });

  it('keeps nothing of what failed', async () => {
    const cache = new Cache(folder);
    const fail = (file: string) => {
      writeFileSync(file, 'half');
      return Promise.reject(new Error('no room'));
    };
    await expect(cache.store('loki-1', fail)).rejects.toThrow('no room');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('holds when several store the same at once', async () => {
    const cache = new Cache(folder);
    await Promise.all(Array.from({ length: 8 }, () => cache.store('loki-1', make('same'))));
    expect(readdirSync(folder).sort()).toEqual(['loki-1.json', 'loki-1.tar']);
  });

  it('drops older recipes of one thing and nothing else', async () => {
    const cache = new Cache(folder);
    const [old, kept] = ['0123456789abcdef', 'fedcba9876543210'];
    for (const name of [`loki-${old}`, `loki-${kept}`, `loki-other-${old}`, `tempo-${old}`])
      await cache.store(name, make(name));
    await cache.dropOthers('loki', [`loki-${kept}`]);
    const left = readdirSync(folder).filter((name) => name.endsWith('.tar'));
    expect(left.sort()).toEqual([`loki-${kept}.tar`, `loki-other-${old}.tar`, `tempo-${old}.tar`]);
  });

  it('is rid of what a killed run left, a day later', async () => {
    const cache = new Cache(folder);
    mkdirSync(join(folder, 'work', 'loki-1-abc', 'deep'), { recursive: true });
    writeFileSync(join(folder, '.loki-1-abc.tar'), 'half');
    await cache.store('loki-1', make('whole'));
    await cache.sweep();
    expect(readdirSync(folder).sort()).toEqual(['.loki-1-abc.tar', 'loki-1.json', 'loki-1.tar', 'work']);
    await cache.sweep(Date.now() + 25 * 3600 * 1000);
    expect([readdirSync(folder).sort(), readdirSync(join(folder, 'work'))]).toEqual([
      ['loki-1.json', 'loki-1.tar', 'work'],
      [],
    ]);
  });

  it('lies where the desktop keeps caches', () => {
    expect(defaultCacheFolder({ XDG_CACHE_HOME: '/caches' })).toBe('/caches/macula-desktop/images');
    expect(defaultCacheFolder({ XDG_CACHE_HOME: 'relative' })).toMatch(/\/\.cache\/macula-desktop\/images$/);
  });
});
