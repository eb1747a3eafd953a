import { describe, expect, it } from 'vitest';
import type { ServiceDefinition } from '../../../electron/core/catalog/service.ts';
import { catalog } from '../../../electron/core/catalog/index.ts';
import type { VolumeUser } from '../../../electron/core/engine-port.ts';
import { type Labels, labels } from '../../../electron/core/identity.ts';
import type { Observed } from '../../../electron/core/observed.ts';
import { planText } from '../../../electron/core/plan.ts';
import { planUp } from '../../../electron/core/reconcile-up.ts';
import { planWipe, type VolumeUsers } from '../../../electron/core/reconcile-wipe.ts';
import { defaultSettings, signals } from '../../../electron/core/settings.ts';
import { keeperOf } from '../../../electron/core/telemetry/signal-services.ts';
import { allRunning, nothingThere, smallCatalog, smallStack, withContainer, withoutContainer } from './fixtures.ts';

const stack = smallStack();
const running = allRunning(stack);

function definition(id: string): ServiceDefinition {
  const found = smallCatalog.find((service) => service.id === id);
  if (found === undefined) throw new Error(`No ${id} in the fixture`);
  return found;
}

function wipe(observed: Observed, desired = stack, id = 'store', users: VolumeUsers = {}): string {
  const result = planWipe(desired, observed, definition(id), users);
  return result.ok ? planText(result.plan) : result.failures.map((failure) => JSON.stringify(failure)).join('\n');
}

const switchedOff = smallStack({ settings: { ...defaultSettings, disabledServices: ['store'] } });

const own = running.containers.find(({ labels: found }) => found[labels.service] === 'store')!;
const user = (name: string, found: Labels = {}, isRunning = false): VolumeUser => ({
  id: `id-${name}`,
  name,
  labels: found,
  isRunning,
});
const ownUser: VolumeUser = { ...user(own.name, own.labels, true), id: own.id };

const plans: readonly (readonly [string, string, string])[] = [
  [
    'a service that runs comes back with an empty volume; the one that needs it is left alone',
    wipe(running, stack, 'store', { 'store-data': [ownUser] }),
    `1. stop-container store: asked to delete what it keeps
2. remove-container store: asked to delete what it keeps (after 1)
3. remove-volume store-data: asked to delete what it keeps (after 2)
4. create-volume store-data: an empty one takes its place (after 2, 3)
5. create-container store: it ran before (after 2, 3, 4)
6. start-container store: it ran before (after 5)
7. await-ready store: http://127.0.0.20:1020/ready (after 6)`,
  ],
  [
    'a service that is stopped is not started',
    wipe(withContainer(running, 'store', { phase: 'exited', exitCode: 0 })),
    `1. remove-container store: asked to delete what it keeps
2. remove-volume store-data: asked to delete what it keeps (after 1)`,
  ],
  [
    'without a container only the volume goes',
    wipe(withoutContainer(running, 'store')),
    `1. remove-volume store-data: asked to delete what it keeps`,
  ],
  [
    'a service that is switched off and still runs goes with its volume',
    wipe(running, switchedOff),
    `1. stop-container store: asked to delete what it keeps
2. remove-container store: asked to delete what it keeps (after 1)
3. remove-volume store-data: asked to delete what it keeps (after 2)`,
  ],
  ['nothing is there', wipe(nothingThere), 'nothing to do'],
  [
    "somebody else's volume is never removed",
    wipe({ ...running, volumes: [{ name: 'store-data', labels: {} }] }),
    '{"code":"foreign-volume","name":"store-data"}',
  ],
  [
    'a volume that others have too, running or not, is refused before anything is stopped',
    wipe(running, stack, 'store', { 'store-data': [user('theirs', {}, true), ownUser, user('backup')] }),
    '{"code":"volume-in-use","name":"store-data","containers":["backup","theirs"]}',
  ],
  [
    'a second container of ours is in the way too',
    wipe(running, stack, 'store', { 'store-data': [ownUser, user('old-store', own.labels)] }),
    '{"code":"volume-in-use","name":"store-data","containers":["old-store"]}',
  ],
  [
    'its own container and a program that was left behind are not in the way',
    wipe(withoutContainer(running, 'store'), stack, 'store', {
      'store-data': [user('macula-check-store-1', { [labels.check]: 'store' })],
    }),
    '1. remove-volume store-data: asked to delete what it keeps',
  ],
  [
    'an image that is gone is fetched before anything is deleted',
    wipe({ ...running, images: {} }),
    `1. pull-image store: the image is not here
2. stop-container store: asked to delete what it keeps (after 1)
3. remove-container store: asked to delete what it keeps (after 2)
4. remove-volume store-data: asked to delete what it keeps (after 3)
5. create-volume store-data: an empty one takes its place (after 3, 4)
6. create-container store: it ran before (after 3, 4, 5)
7. start-container store: it ran before (after 6)
8. await-ready store: http://127.0.0.20:1020/ready (after 7)`,
  ],
  [
    'a service without a volume starts anew with its files',
    wipe(running, stack, 'shop'),
    `1. stop-container shop: asked to delete what it keeps
2. remove-container shop: asked to delete what it keeps (after 1)
3. create-container shop: it ran before (after 2)
4. upload-files shop: 1 configuration file (after 3)
5. start-container shop: it ran before (after 4)
6. await-ready shop: http://127.0.0.21:1021/ready (after 5)`,
  ],
];

describe('a wipe', () => {
  it.each(plans)('%s', (_words, plan, expected) => {
    expect(plan).toBe(expected);
  });

  it('has a configuration that changed judged before anything is deleted', () => {
    const checked = smallCatalog.map((service) =>
      service.id === 'store' ? { ...service, check: { entrypoint: ['/store'], command: ['check'] } } : service,
    );
    const desired = smallStack({ catalog: checked });
    const [store] = checked;
    const changed = withContainer(running, 'store', {
      labels: { ...running.containers[0]?.labels, [labels.configHash]: 'old' },
    });
    const result = planWipe(desired, changed, store!, {});
    expect(result.ok ? planText(result.plan) : '').toContain(`1. check-config store: its configuration changed
2. stop-container store: asked to delete what it keeps (after 1)`);
  });

  it('is finished by the next "up", wherever it was interrupted', () => {
    const chosen = stack.services;
    const withoutVolume = { ...withoutContainer(running, 'store'), volumes: [] };
    for (const left of [withoutContainer(running, 'store'), withoutVolume]) {
      const result = planUp(stack, left, { chosen, wholeStack: true });
      expect(result.ok ? planText(result.plan) : '').toContain('start-container store');
    }
    const created = planUp(stack, withContainer(running, 'store', { phase: 'created' }), { chosen, wholeStack: true });
    expect(created.ok ? planText(created.plan) : '').toContain('start-container store');
  });

  it('knows a keeper for each signal, and each has a volume to wipe', () => {
    for (const signal of signals) expect(keeperOf(catalog, signal)?.volumes).toHaveLength(1);
  });
});
