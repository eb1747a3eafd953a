import { describe, expect, it } from 'vitest';
import type { Operation, Plan, PlannedOperation } from '../../../electron/core/plan.ts';
import { operationId } from '../../../electron/core/plan.ts';
import {
  beginPlan,
  beginUp,
  endUp,
  recordOperation,
  type UpRecord,
  upTimeline,
} from '../../../electron/core/timeline-record.ts';

type Kind = Operation['kind'];
const services = [
  { id: 'store', title: 'Store' },
  { id: 'shop', title: 'Shop' },
];

const planned = (kind: Kind, service: string): PlannedOperation => {
  const operation = { kind, service } as unknown as Operation;
  return { id: operationId(operation), operation, cause: '', after: [] };
};
const planOf = (...operations: readonly PlannedOperation[]): Plan => ({ operations });

type Told = readonly [Kind, 'running' | 'done' | 'failed' | 'skipped' | 'cancelled', number];

function record(begun: UpRecord, service: string, ...told: readonly Told[]): UpRecord {
  return told.reduce((so, [kind, state, at]) => recordOperation(so, planned(kind, service), state, at), begun);
}

const stepsOf = (record: UpRecord, service = 'store') =>
  upTimeline(record, services).services.find((one) => one.service === service)?.steps;

describe('the record of an up', () => {
  const plan = planOf(planned('create-container', 'store'));

  it('puts operations together as steps', () => {
    const so = record(
      beginPlan(beginUp(1000), plan),
      'store',
      ...(['pull-image', 'check-config', 'create-container', 'upload-files', 'start-container'] as const).flatMap(
        (kind, index): Told[] => [
          [kind, 'running', 1000 + index * 100],
          [kind, 'done', 1090 + index * 100],
        ],
      ),
      ['await-ready', 'running', 1500],
    );
    expect(stepsOf(so)).toEqual([
      { kind: 'pull', from: 1000, to: 1090, result: 'done' },
      { kind: 'create', from: 1100, to: 1390, result: 'done' },
      { kind: 'start', from: 1400, to: 1490, result: 'done' },
      { kind: 'ready', from: 1500, result: 'running' },
    ]);
    expect(upTimeline(so, services)).toMatchObject({ startedAt: 1000, outcome: 'running' });
    expect(upTimeline(so, services)).not.toHaveProperty('endedAt');
  });

  it('counts taking the older container away as making the new one, and nothing where none is made', () => {
    const begun = beginPlan(
      beginUp(0),
      planOf(planned('create-container', 'store'), planned('stop-container', 'shop')),
    );
    const replaced = record(begun, 'store', ['stop-container', 'running', 5], ['stop-container', 'done', 9]);
    expect(stepsOf(replaced)).toEqual([{ kind: 'create', from: 5, to: 9, result: 'done' }]);
    expect(stepsOf(record(begun, 'shop', ['stop-container', 'running', 5]), 'shop')).toBeUndefined();
  });

  it('tells what failed, and what was left out for it', () => {
    const so = record(
      beginPlan(beginUp(0), plan),
      'store',
      ['create-container', 'running', 10],
      ['create-container', 'failed', 30],
      ['upload-files', 'skipped', 31],
      ['start-container', 'skipped', 31],
    );
    expect(stepsOf(endUp(so, 'failed', 40))).toEqual([
      { kind: 'create', from: 10, to: 31, result: 'failed' },
      { kind: 'start', from: 31, to: 31, result: 'skipped' },
    ]);
  });

  it('forgets what failed once it is tried anew, and not what is not', () => {
    let so = beginPlan(beginUp(0), planOf(planned('check-config', 'store'), planned('check-config', 'shop')));
    so = record(so, 'store', ['check-config', 'running', 1], ['check-config', 'failed', 2]);
    so = record(so, 'shop', ['check-config', 'running', 1], ['check-config', 'failed', 2]);
    so = record(beginPlan(so, plan), 'store', ['create-container', 'running', 5], ['create-container', 'done', 8]);
    expect(stepsOf(so)).toEqual([{ kind: 'create', from: 5, to: 8, result: 'done' }]);
    expect(stepsOf(so, 'shop')).toEqual([{ kind: 'create', from: 1, to: 2, result: 'failed' }]);
  });

  it('leaves nothing running once it has ended', () => {
    const so = record(beginPlan(beginUp(0), plan), 'store', ['create-container', 'running', 10]);
    const ended = endUp(so, 'cancelled', 25);
    expect(upTimeline(ended, services)).toEqual({
      ...{ startedAt: 0, endedAt: 25, outcome: 'cancelled' },
      services: [
        { service: 'store', title: 'Store', steps: [{ kind: 'create', from: 10, to: 25, result: 'cancelled' }] },
      ],
    });
  });
});
