import { describe, expect, test } from 'vitest';
import { catalog } from '../../../electron/core/catalog/index.ts';
import { defaultSettings } from '../../../electron/core/settings.ts';
import type { Snapshot } from '../../../electron/core/snapshot.ts';
import { prometheusWay, type ReachFacts, sendingProblem, silenceOf } from '../../../electron/core/telemetry/reach.ts';
import { type ServiceChange, snapshotOf } from '../cli/snapshots.ts';
import { desiredStack } from './fixtures.ts';

const substitute = { name: 'example:1', digest: 'sha256:1', present: true, substitute: 'stub' } as const;

function facts(changes: readonly ServiceChange[] = [], change: Partial<ReachFacts> = {}): ReachFacts {
  const services = catalog.map(({ id, title }) => ({
    ...{ id, title, state: 'ready' as const },
    ...changes.find((one) => one.id === id),
  }));
  return { catalog, desired: desiredStack(), snapshot: snapshotOf(services), isRemote: false, ...change };
}

function without(...disabledServices: readonly string[]): Partial<ReachFacts> {
  return { desired: desiredStack({ settings: { ...defaultSettings, disabledServices } }) };
}

const text = { title: 'No engine', detail: '', nextStep: '' };
const engine: Snapshot['engine'] = {
  kind: 'unavailable',
  failure: { failure: { code: 'engine-lost', detail: '' }, text },
  retrying: false,
};
const noEngine = { snapshot: snapshotOf([{ id: 'prometheus', state: 'ready' }], { engine }) };

describe('Prometheus', () => {
  test('is asked where it is ready, and only there', () => {
    expect(prometheusWay(facts())).toEqual({ kind: 'open', door: { origin: 'http://127.0.0.3:9090' } });
    const closed = [
      facts([{ id: 'prometheus', state: 'off' }]),
      facts([{ id: 'prometheus', state: 'starting' }]),
      facts([{ id: 'prometheus', image: substitute }]),
      facts([], without('prometheus')),
      facts([], { isRemote: true }),
      facts([], noEngine),
    ];
    for (const one of closed) expect(prometheusWay(one).kind).not.toBe('open');
  });

  test.each([
    [facts([{ id: 'prometheus', state: 'off' }]), 'Prometheus does not run.', 'macula up prometheus starts it.'],
    [facts([], without('prometheus')), 'Prometheus is switched off in Settings.', undefined],
    [facts([], noEngine), 'No container engine answers.', 'macula doctor tells why.'],
    [facts([], { isRemote: true }), 'The engine is on another machine, and so is Prometheus.', undefined],
  ] as const)('tells nothing, and this is why: %#', (given, reason, nextStep) => {
    expect(silenceOf(prometheusWay(given), false)).toEqual({ reason, ...(nextStep === undefined ? {} : { nextStep }) });
  });

  test('that is ready and does not answer tells nothing; one that answers does', () => {
    const way = prometheusWay(facts());
    expect(silenceOf(way, false)).toMatchObject({ reason: 'Prometheus does not answer.' });
    expect(silenceOf(way, true)).toBeUndefined();
  });
});

describe('the address of applications', () => {
  test.each([
    [facts(), undefined],
    [facts([{ id: 'alloy', state: 'off' }]), 'Nothing listens there now: macula up alloy starts it.'],
    [facts([{ id: 'tempo', state: 'off' }], without('alloy')), 'Nothing listens there now: macula up tempo starts it.'],
    [facts([], without('alloy')), undefined],
    [facts([], without('alloy', 'tempo')), undefined],
    [facts([{ id: 'alloy', image: substitute }]), 'Only a stub of Alloy is here: what is sent there is not kept.'],
    [facts([], { isRemote: true }), 'These are addresses of the machine that the engine is on.'],
    [facts([], noEngine), 'Nothing is known to listen there now: no container engine answers.'],
  ] as const)('is told with what stands in the way: %#', (given, words) => {
    expect(sendingProblem(given)).toBe(words);
  });

  test('is told to be not ready while it is not', () => {
    const starting = facts([{ id: 'alloy', state: 'starting', reason: 'no answer yet' }]);
    expect(sendingProblem(starting)).toContain('Alloy is not ready: no answer yet.');
  });
});
