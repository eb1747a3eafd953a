import { describe, expect, it } from 'vitest';
import type { ServiceState, Snapshot } from '../../../electron/core/snapshot.ts';
import {
  changesOfTheDay,
  keptMilliseconds,
  lastKnown,
  mostChanges,
  passage,
} from '../../../electron/core/timeline-changes.ts';
import { parseChange, parseUp } from '../../../electron/core/timeline-parse.ts';
import type { StateChange } from '../../../electron/core/timeline.ts';
import { readySnapshot } from '../shell/snapshot-fixture.ts';

function seen(state: ServiceState, change: { reason?: string; since?: number } = {}, isLost = false): Snapshot {
  const snapshot = readySnapshot();
  const [first] = snapshot.services;
  if (first === undefined) throw new Error('The fixture has no service');
  const { reason = '', since = 500 } = change;
  return {
    ...snapshot,
    ...(isLost ? { engine: { kind: 'connecting' } as const } : {}),
    services: [{ ...first, id: 'store', title: 'Store', state, reason, since }],
  };
}

const change = (at: number, from: ServiceState, to: ServiceState, service = 'store'): StateChange => ({
  ...{ at, service, title: 'Store', from, to, reason: '' },
});

describe('a change of state', () => {
  it('is what differs from the state before, with its reason', () => {
    const known = { store: { state: 'ready', at: 100 } } as const;
    const passed = passage(known, seen('failed', { reason: 'Exit code 1' }), false, 600);
    expect(passed.changes).toEqual([{ ...change(500, 'ready', 'failed'), reason: 'Exit code 1' }]);
    expect(passage(passed.known, seen('failed', { reason: 'Exit code 2' }), false, 700).changes).toEqual([]);
  });

  it('is none where nothing was known before, but known from then on', () => {
    const first = passage({}, seen('ready'), true, 600);
    expect(first.changes).toEqual([]);
    expect(passage(first.known, seen('degraded', { since: 700 }), false, 700).changes).toEqual([
      change(700, 'ready', 'degraded'),
    ]);
  });

  it('is none while no engine is known', () => {
    const known = { store: { state: 'ready', at: 100 } } as const;
    expect(passage(known, seen('off', {}, true), false, 600)).toEqual({ changes: [], known });
  });

  it('that came while nobody looked has the time of its container', () => {
    const known = { store: { state: 'ready', at: 100 } } as const;
    expect(passage(known, seen('failed', { since: 300 }), true, 900).changes).toEqual([change(300, 'ready', 'failed')]);
    // Not asked yet: it may answer as before.
    expect(passage(known, seen('starting', { since: 300 }), true, 900).changes).toEqual([]);
    // A time before what was known is not its time.
    expect(passage(known, seen('degraded', { since: 50 }), true, 900).changes[0]?.at).toBe(900);
  });

  it('keeps one line of a reason, and its beginning', () => {
    const known = { store: { state: 'ready', at: 100 } } as const;
    const reasonOf = (reason: string) => passage(known, seen('failed', { reason }), false, 600).changes[0]?.reason;
    expect(reasonOf('one\ntwo')).toBe('one');
    expect(reasonOf('x'.repeat(1000))?.length).toBe(300);
  });
});

describe('what several processes remembered', () => {
  const now = 10 * keptMilliseconds;

  it('is told once and newest first', () => {
    const app = [change(now - 90, 'off', 'starting'), change(now - 50, 'starting', 'ready')];
    const command = [change(now - 92, 'off', 'pulling'), change(now - 91, 'pulling', 'starting')];
    const both = [...app, ...command, change(now - 49, 'starting', 'ready')];
    expect(changesOfTheDay(both, now).changes.map(({ at, to }) => [now - at, to])).toEqual([
      [50, 'ready'],
      [91, 'starting'],
      [92, 'pulling'],
    ]);
    expect(lastKnown(both)).toEqual({ store: { state: 'ready', at: now - 50 } });
  });

  it('is of the last day, and of no more than somebody reads', () => {
    const old = change(now - keptMilliseconds - 1, 'off', 'ready');
    expect(changesOfTheDay([old], now)).toEqual({ changes: [], isCut: false });
    const many = Array.from({ length: mostChanges + 10 }, (_, index) =>
      index % 2 === 0
        ? change(now - 10_000 + index, 'ready', 'degraded')
        : change(now - 10_000 + index, 'degraded', 'ready'),
    );
    const { changes, isCut } = changesOfTheDay(many, now);
    expect(changes.length).toBe(mostChanges);
    expect(changes[0]?.at).toBe(many.at(-1)?.at);
    expect(isCut).toBe(true);
  });
});

describe('what is read from a file', () => {
  const good = change(1, 'off', 'ready');
  const up = {
    ...{ startedAt: 1, endedAt: 9, outcome: 'done' },
    services: [{ service: 'store', title: 'Store', steps: [{ kind: 'pull', from: 1, to: 2, result: 'done' }] }],
  };

  it('is taken where it is whole', () => {
    expect(parseChange({ ...good, more: 1 })).toEqual(good);
    expect(parseUp({ ...up, process: 3 })).toEqual(up);
  });

  it.each([
    null,
    [],
    'x',
    {},
    { ...good, at: '1' },
    { ...good, at: Number.NaN },
    { ...good, to: 'up' },
    { ...good, reason: 3 },
    { ...good, title: 'x'.repeat(2000) },
  ])('is no change: %j', (value) => {
    expect(parseChange(value)).toBeUndefined();
  });

  const [service] = up.services;
  it.each([
    null,
    { ...up, endedAt: undefined },
    { ...up, outcome: 'good' },
    { ...up, services: {} },
    { ...up, services: Array.from({ length: 300 }, () => service) },
    { ...up, services: [{ ...service, steps: [{ kind: 'pull', from: 3, to: 2, result: 'done' }] }] },
    { ...up, services: [{ ...service, steps: [{ kind: 'push', from: 1, to: 2, result: 'done' }] }] },
  ])('is no start: %j', (value) => {
    expect(parseUp(value)).toBeUndefined();
  });
});
