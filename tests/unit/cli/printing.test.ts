import { describe, expect, it } from 'vitest';
import { failureLines } from '../../../electron/cli/failure-lines.ts';
import { commandTable } from '../../../electron/cli/command-table.ts';
import { commandText, overviewText } from '../../../electron/cli/help.ts';
import { logPrinter } from '../../../electron/cli/log-text.ts';
import { coloured, paintFor, plain } from '../../../electron/cli/paint.ts';
import { changeLines, pictureLines, pullText } from '../../../electron/cli/progress-text.ts';
import { serviceTable } from '../../../electron/cli/service-table.ts';
import { bytes, duration, listed } from '../../../electron/cli/words.ts';
import { type ServiceChange, snapshotOf } from './snapshots.ts';

describe('the table of services', () => {
  it('has a line each, and a second one for the reason', () => {
    const snapshot = snapshotOf([
      { id: 'store', state: 'ready', since: 1000 },
      { id: 'shop', state: 'starting', reason: 'Waiting for store', since: 60_000 },
      { id: 'attic', state: 'off', urls: [] },
    ]);
    expect(serviceTable(snapshot, 61_000, plain).split('\n')).toEqual([
      'store  ready     1 min 0 s     http://store.macula.localhost:8080/',
      'shop   starting  1.0 s         http://shop.macula.localhost:8080/',
      '       Waiting for store',
      'attic  off',
    ]);
  });
});

describe('progress', () => {
  const step = (...services: ServiceChange[]) => snapshotOf(services);

  it('is one line a change of state for a pipe', () => {
    const before = step({ id: 'store', state: 'off' }, { id: 'shop', state: 'off' });
    const after = step(
      { id: 'store', state: 'starting' },
      { id: 'shop', state: 'starting', reason: 'Waiting for store' },
    );
    expect(changeLines(before, after)).toEqual(['store: starting', 'shop: starting (Waiting for store)']);
    expect(changeLines(after, after)).toEqual([]);
  });

  it('is a picture for a terminal, never wider than it', () => {
    const pull = { layersDone: 2, layersTotal: 5, bytesDone: 25_000_000, bytesTotal: 100_000_000 };
    const { services } = step(
      { id: 'store', state: 'pulling', since: 500, pull },
      { id: 'shop', state: 'starting', reason: 'Waiting for store, and for many other things besides', since: 2000 },
      { id: 'attic', state: 'ready' },
    );
    const picture = { services, title: 'Starting', startedAt: 1000, now: 3000 };
    expect(pictureLines({ ...picture, columns: 100 }, plain)).toEqual([
      'Starting, 1 of 3 ready, 2.0 s',
      'store  pulling   2.0 s    [=====               ] 25%  25 MB of 100 MB, 2 of 5 layers',
      'shop   starting  1.0 s    Waiting for store, and for many other things besides',
      'attic  ready',
    ]);
    const narrow = pictureLines({ ...picture, columns: 45 }, plain);
    expect(narrow[2]).toBe('shop   starting  1.0 s    Waiting for stor...');
    expect(Math.max(...narrow.map((line) => line.length))).toBeLessThanOrEqual(45);
  });

  it('counts layers while nobody knows their size', () => {
    expect(pullText({ layersDone: 0, layersTotal: 3, bytesDone: 0, bytesTotal: 0 })).toBe('0 of 3 layers');
  });
});

describe('colours', () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, true],
    [{ TERM: 'dumb' }, true, false],
  ])('%j on a terminal: %s -> coloured: %s', (environment, isTerminal, isColoured) => {
    expect(paintFor(environment, isTerminal)('red', 'x')).toBe(isColoured ? '\u001b[31mx\u001b[39m' : 'x');
  });
});

describe('log lines', () => {
  const line = { stream: 'stdout', timestamp: '2026-01-01T00:00:00.000000000Z' } as const;

  it('begin with the name of their service', () => {
    const print = logPrinter(['loki', 'grafana'], plain);
    const lines = [
      { ...line, service: 'loki', text: 'one' },
      { ...line, service: 'grafana', text: '' },
    ];
    expect(print(lines)).toBe('loki    | one\ngrafana | \n');
  });

  it('tell services apart by colour on a terminal', () => {
    const print = logPrinter(['loki', 'grafana'], coloured);
    const [first, second] = ['loki', 'grafana'].map((service) => print([{ ...line, service, text: 'x' }]));
    expect(first).toBe('\u001b[36mloki    | \u001b[39mx\n');
    expect(second).toBe('\u001b[32mgrafana | \u001b[39mx\n');
  });
});

describe('failures', () => {
  it('say what happened, why, and what to do next', () => {
    const failure = {
      code: 'port-taken',
      service: 'grafana',
      address: '127.0.0.4',
      port: 3000,
      owner: 'node (process 7)',
    } as const;
    const [title, why, next] = failureLines([failure], plain).split('\n');
    expect(title).toBe('Port 3000 on 127.0.0.4 is taken');
    expect(why).toContain('node (process 7)');
    expect(next).toMatch(/^ {2}Next: /);
  });
});

describe('help', () => {
  it('names every command', () => {
    const text = overviewText('1.2.3');
    for (const command of commandTable) expect(text).toContain(`  ${command.name}`);
    expect(text.split('\n').filter((row) => row.length > 120)).toEqual([]);
  });

  it.each(commandTable.map((command) => [command.name, command] as const))(
    'names every option of %s',
    (_name, command) => {
      const named = commandText(command).match(/--[a-z]+/g);
      expect(named).toEqual(
        expect.arrayContaining([...Object.keys(command.options).map((option) => `--${option}`), '--help']),
      );
    },
  );
});

describe('words', () => {
  it.each([
    [-5, '0.0 s'],
    [1234, '1.2 s'],
    [59_900, '59 s'],
    [61_000, '1 min 1 s'],
    [3_600_000, '1 h 0 min'],
    [200_000_000, '2 days'],
  ])('duration(%d) is %s', (milliseconds, expected) => {
    expect(duration(milliseconds)).toBe(expected);
  });

  it('counts bytes and lists names', () => {
    expect([bytes(0), bytes(12_345_678), bytes(2_500_000_000)]).toEqual(['0.0 MB', '12 MB', '2.5 GB']);
    expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
  });
});
