import { describe, expect, test } from 'vitest';
import type { ServiceState, Snapshot } from '../../../electron/core/snapshot.ts';
import { changeWords } from '../../../renderer/stores/change-words.ts';
import { clearProblems, dismissProblem, problemStore, reportProblem } from '../../../renderer/stores/problems.ts';
import { shareEqual } from '../../../renderer/stores/share-equal.ts';
import { createStore } from '../../../renderer/stores/store.ts';
import { servicesWith, snapshotOf } from '../../renderer/support/fixtures.ts';

describe('sharing equal parts', () => {
  test('keeps what is the same and replaces what is not', () => {
    const before = { a: { x: 1 }, list: [{ id: 1 }, { id: 2 }], gone: 1 };
    const next = { a: { x: 1 }, list: [{ id: 1 }, { id: 3 }] };
    const shared = shareEqual(before, next);
    expect(shared).toEqual(next);
    expect(shared.a).toBe(before.a);
    expect(shared.list[0]).toBe(before.list[0]);
    expect(shared.list[1]).not.toBe(before.list[1]);
    expect(Array.isArray(shared.list)).toBe(true);
  });

  test.each([
    [{ a: undefined }, {}],
    [{}, { a: undefined }],
    [[1], { 0: 1 }],
    [null, {}],
    [[1, 2], [1]],
    [1, '1'],
  ])('%j does not stand in for %j', (before, next) => {
    expect(shareEqual<unknown>(before, next)).toStrictEqual(next);
  });

  test('an equal snapshot is the same object', () => {
    const before = snapshotOf('ready', 'All', servicesWith());
    expect(shareEqual(before, structuredClone(before))).toBe(before);
  });
});

describe('a store', () => {
  test('tells its followers of changes only', () => {
    const store = createStore(1);
    const told: number[] = [];
    const end = store.subscribe(() => told.push(store.get()));
    store.set(1);
    store.set(2);
    end();
    store.set(3);
    expect(told).toEqual([2]);
  });

  test('problems go when their command is tried again or they are dismissed', () => {
    reportProblem({ command: 'stack:up', unexpected: 'a' });
    reportProblem({ command: 'stack:stop', unexpected: 'b' });
    clearProblems('stack:up');
    expect(problemStore.get().map((problem) => problem.unexpected)).toEqual(['b']);
    dismissProblem(problemStore.get()[0]?.id ?? 0);
    expect(problemStore.get()).toEqual([]);
  });
});

describe('what is announced', () => {
  const withStates = (states: Readonly<Record<string, ServiceState>>, change: Partial<Snapshot> = {}) =>
    snapshotOf(
      'ready',
      'The summary',
      servicesWith(Object.fromEntries(Object.entries(states).map(([id, state]) => [id, { state, reason: '' }]))),
      change,
    );

  test.each([
    ['nothing', {}, {}, ''],
    ['one service', { loki: 'starting' }, { loki: 'ready' }, 'Loki: ready.'],
    ['three services', {}, { loki: 'off', tempo: 'off', grafana: 'failed' }, 'Grafana: failed. Loki: off. Tempo: off.'],
    ['many', { '*': 'off' }, {}, 'The summary'],
  ] as const)('%s', (_, before, after, words) => {
    expect(changeWords(withStates(before), withStates(after))).toBe(words);
  });

  test.each([
    ['on', 'Machines in 192.168.77.0/24 reach Grafana.'],
    ['closed', 'Machines in 192.168.77.0/24 reach Grafana.'],
    // An alert of its own says that.
    ['unguarded', ''],
    ['off', ''],
  ] as const)('LAN mode that is %s now', (lan, words) => {
    const host = { names: 'off', lan: 'off', lanSummary: '' } as const;
    const lanSummary = 'Machines in 192.168.77.0/24 reach Grafana.';
    expect(changeWords(withStates({}, { host }), withStates({}, { host: { ...host, lan, lanSummary } }))).toBe(words);
  });
});
