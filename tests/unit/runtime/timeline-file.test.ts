// The files of what happened, as they are on a real disk.
import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptMilliseconds } from '../../../electron/core/timeline-changes.ts';
import type { StateChange, UpTimeline } from '../../../electron/core/timeline.ts';
import { timelineFile } from '../../../electron/runtime/timeline-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'macula-timeline-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

const change = (at: number, reason = ''): StateChange => ({
  ...{ at, service: 'store', title: 'Store', from: 'ready', to: 'degraded', reason },
});
const running: UpTimeline = {
  ...{ startedAt: 100, outcome: 'running' },
  services: [
    {
      ...{ service: 'store', title: 'Store' },
      steps: [
        { kind: 'create', from: 100, to: 140, result: 'done' },
        { kind: 'ready', from: 150, result: 'running' },
      ],
    },
  ],
};
const done: UpTimeline = { startedAt: 100, endedAt: 200, outcome: 'done', services: [] };
const file = (name: string): string => join(folder, name);

describe('the last start', () => {
  it('is kept for others, for this user alone', () => {
    const store = timelineFile({ folder: file('deep') });
    expect(store.lastUp()).toBeUndefined();
    store.rememberUp(done);
    store.rememberUp({ ...done, startedAt: 150 });
    expect(timelineFile({ folder: file('deep') }).lastUp()).toEqual({ ...done, startedAt: 150 });
    expect(readdirSync(file('deep'))).toEqual(['last-up.json']);
    expect(statSync(file('deep/last-up.json')).mode & 0o777).toBe(0o600);
    expect(statSync(file('deep')).mode & 0o777).toBe(0o700);
  });

  it('was ended with its machine, whatever has the number of its process now', () => {
    const isAlive = () => true;
    timelineFile({ folder }).rememberUp(running);
    expect(timelineFile({ folder, isAlive }).lastUp()).toMatchObject({ outcome: 'running' });
    const before = new Date(Date.now() - (uptime() + 60) * 1000);
    utimesSync(join(folder, 'last-up.json'), before, before);
    expect(timelineFile({ folder, isAlive }).lastUp()).toMatchObject({ outcome: 'cancelled' });
  });

  it('goes on as long as its process does, and was ended with it', () => {
    timelineFile({ folder }).rememberUp(running);
    expect(timelineFile({ folder }).lastUp()).toEqual(running);
    const later = timelineFile({ folder, isAlive: () => false }).lastUp();
    expect(later).toMatchObject({ outcome: 'cancelled', endedAt: 150 });
    expect(later?.services[0]?.steps[1]).toEqual({ kind: 'ready', from: 150, to: 150, result: 'cancelled' });
  });

  it.each(['', '{"startedAt":1', '[]', 'null', '{"startedAt":"x"}'])('is none where the file holds %j', (text) => {
    writeFileSync(file('last-up.json'), text);
    const store = timelineFile({ folder });
    expect(store.lastUp()).toBeUndefined();
    store.rememberUp(done);
    expect(store.lastUp()).toEqual(done);
  });
});

describe('the changes of state', () => {
  it('are added to those of others', () => {
    const [one, other] = [timelineFile({ folder }), timelineFile({ folder })];
    one.addChanges([change(1), change(2)]);
    other.addChanges([change(3)]);
    one.addChanges([change(4)]);
    expect(other.changes().map(({ at }) => at)).toEqual([1, 2, 3, 4]);
    expect(statSync(file('state-changes.jsonl')).mode & 0o777).toBe(0o600);
  });

  it('lose the line that a crash cut, and no other', () => {
    const store = timelineFile({ folder });
    store.addChanges([change(1)]);
    appendFileSync(file('state-changes.jsonl'), '\n{"at":2,"service":"st');
    store.addChanges([change(3)]);
    appendFileSync(file('state-changes.jsonl'), '\0\0\0\n{}\nnull\n');
    store.addChanges([change(4)]);
    expect(store.changes().map(({ at }) => at)).toEqual([1, 3, 4]);
  });

  it('stay small, however many there are, and keep the newest', () => {
    const store = timelineFile({ folder, now: () => 1000 });
    const most = 20_000;
    for (let at = 1; at <= most; at += 100) {
      store.addChanges(Array.from({ length: 100 }, (_, index) => change(at + index, 'x'.repeat(300))));
    }
    const sizes = readdirSync(folder).map((name) => statSync(file(name)).size);
    expect(sizes.length).toBeLessThanOrEqual(9);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(3_000_000);
    const kept = store.changes();
    expect(kept.length).toBeGreaterThan(5000);
    expect(kept.at(-1)?.at).toBe(most);
    expect(kept.map(({ at }) => at)).toEqual(Array.from(kept, (_, index) => most - kept.length + 1 + index));
  });

  it('go when they are a day old, and not before', () => {
    let now = keptMilliseconds;
    const store = () => timelineFile({ folder, now: () => now });
    store().addChanges([change(now)]);
    now += keptMilliseconds + 1;
    store().addChanges([change(now)]);
    expect(store().changes().length).toBe(2);
    expect(readdirSync(folder).length).toBe(2);
    now += keptMilliseconds + 1;
    store().addChanges([change(now)]);
    expect(
      store()
        .changes()
        .map(({ at }) => at),
    ).toEqual([now - keptMilliseconds - 1, now]);
  });

  it('of processes that add at once are all there', async () => {
    const module = join(import.meta.dirname, '../../../electron/runtime/timeline-file.ts');
    const script = `
      const { timelineFile } = await import(${JSON.stringify(module)});
      const [, folder, name] = process.argv;
      const store = timelineFile({ folder });
      for (let at = 1; at <= 400; at += 1) {
        store.addChanges([{ at, service: name, title: name, from: 'ready', to: 'degraded', reason: 'x'.repeat(300) }]);
      }`;
    const writers = ['one', 'two', 'three', 'four'];
    const ends = await Promise.all(
      writers.map(async (name) => {
        const args = ['--input-type=module', '-e', script, folder, name];
        const [code] = (await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'exit')) as [number];
        return code;
      }),
    );
    expect(ends).toEqual([0, 0, 0, 0]);
    const changes = timelineFile({ folder }).changes();
    expect(readdirSync(folder).length).toBeGreaterThan(1);
    for (const name of writers) {
      const own = changes.filter(({ service }) => service === name).map(({ at }) => at);
      expect(own.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 400 }, (_, index) => index + 1));
    }
  });

  it('that cannot be written are told by an error, and cannot be read either', () => {
    writeFileSync(file('taken'), '');
    const store = timelineFile({ folder: file('taken') });
    expect(() => store.addChanges([change(1)])).toThrow(/EEXIST|ENOTDIR/);
    expect(() => store.rememberUp(done)).toThrow(/EEXIST|ENOTDIR/);
    expect(store.changes()).toEqual([]);
    expect(store.lastUp()).toBeUndefined();
    expect(readFileSync(file('taken'), 'utf8')).toBe('');
  });
});
