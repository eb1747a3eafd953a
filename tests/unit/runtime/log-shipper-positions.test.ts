import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../electron/runtime/runtime-parts.ts';
import { systemClock } from '../../../electron/runtime/system-parts.ts';
import { logPositions } from '../../../electron/runtime/telemetry/log-shipper-positions.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'macula-positions-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('positions', () => {
  const position = { stdout: { nanoseconds: `${Date.now()}000000`, count: 2 } };
  const path = (): string => join(folder, 'state', 'log-positions.json');
  const open = () => logPositions(path(), systemClock, () => undefined);

  it('are there again after they were saved, but for very old ones', () => {
    const before = open();
    before.set('new', position);
    before.set('old', { stdout: { nanoseconds: '1500000000000000000', count: 1 } });
    before.save();
    expect(JSON.parse(readFileSync(path(), 'utf8'))).toEqual({ new: position });
    expect(open().get('new')).toEqual(position);
    expect(open().get('other')).toEqual({});
  });

  it('are not written while nothing changed, and seldom else', () => {
    const timers: number[] = [];
    const still: Clock = {
      now: () => Date.now(),
      after: (milliseconds) => (timers.push(milliseconds), () => undefined),
    };
    const positions = logPositions(path(), still, () => undefined);
    positions.save();
    for (let turn = 0; turn < 100; turn += 1) positions.set('one', position);
    expect(timers).toEqual([15_000]);
    expect(() => readFileSync(path())).toThrow('ENOENT');
  });

  it('begin anew where the file is broken', () => {
    writeFileSync(join(folder, 'log-positions.json'), '{"one": {"stdout": 3}, "two": ');
    expect(logPositions(join(folder, 'log-positions.json'), systemClock, () => undefined).get('one')).toEqual({});
  });

  it('say once that they cannot be written', () => {
    writeFileSync(join(folder, 'file'), '');
    const said: string[] = [];
    const positions = logPositions(join(folder, 'file', 'positions.json'), systemClock, (line) => said.push(line));
    for (let turn = 0; turn < 3; turn += 1) {
      positions.set('one', position);
      positions.save();
    }
    expect(said).toHaveLength(1);
  });
});
