import { describe, expect, it } from 'vitest';
import type { DesiredStack } from '../../../electron/core/desired.ts';
import { labels } from '../../../electron/core/identity.ts';
import type { Observed } from '../../../electron/core/observed.ts';
import { planText } from '../../../electron/core/plan.ts';
import { planDown, planRestart, planStop } from '../../../electron/core/reconcile-down.ts';
import { planUp } from '../../../electron/core/reconcile-up.ts';
import { defaultSettings } from '../../../electron/core/settings.ts';
import {
  allRunning,
  imagesOf,
  nothingThere,
  smallCatalog,
  smallStack,
  withContainer,
  withoutContainer,
} from './fixtures.ts';

const stack = smallStack();
const running = allRunning(stack);

function up(observed: Observed, ids: readonly string[] = [], desired: DesiredStack = stack): string {
  const chosen = desired.services.filter((service) => ids.length === 0 || ids.includes(service.definition.id));
  const result = planUp(desired, observed, { chosen, wholeStack: ids.length === 0 });
  return result.ok ? planText(result.plan) : result.failures.map((failure) => JSON.stringify(failure)).join('\n');
}

const plans: readonly (readonly [string, string, string])[] = [
  ['everything runs unchanged', up(running), 'nothing to do'],
  [
    'nothing is there: all is made, what is needed starts first, and readiness of all is waited for',
    up(nothingThere),
    `1. create-network macula-infra: there is none
2. create-volume store-data: there is none
3. pull-image store: the image is not here
4. pull-image shop: the image is not here
5. create-container store: there is none (after 1, 2, 3)
6. create-container shop: there is none (after 1, 4)
7. start-container store: there is none (after 5)
8. upload-files shop: 1 configuration file (after 6)
9. start-container shop: there is none (after 7, 8)
10. await-ready store: http://127.0.0.20:1020/ready (after 7)
11. await-ready shop: http://127.0.0.21:1021/ready (after 9)`,
  ],
  [
    'only what differs is touched: a container is gone',
    up(withoutContainer(running, 'shop')),
    `1. create-container shop: there is none
2. upload-files shop: 1 configuration file (after 1)
3. start-container shop: there is none (after 2)
4. await-ready shop: http://127.0.0.21:1021/ready (after 3)`,
  ],
  [
    'a stopped container is started, not made anew',
    up(withContainer(running, 'store', { phase: 'exited', exitCode: 0 })),
    `1. start-container store: it is stopped
2. await-ready store: http://127.0.0.20:1020/ready (after 1)`,
  ],
  [
    'a container that was created but never started gets its files again',
    up(withContainer(running, 'shop', { phase: 'created' })),
    `1. upload-files shop: it was created but never started
2. start-container shop: it was created but never started (after 1)
3. await-ready shop: http://127.0.0.21:1021/ready (after 2)`,
  ],
  [
    'a changed configuration recreates that container only, after a polite stop',
    up(withContainer(running, 'shop', { labels: { ...running.containers[1]?.labels, [labels.configHash]: 'old' } })),
    `1. stop-container shop: its configuration changed
2. remove-container shop: its configuration changed (after 1)
3. create-container shop: its configuration changed (after 2)
4. upload-files shop: 1 configuration file (after 3)
5. start-container shop: its configuration changed (after 4)
6. await-ready shop: http://127.0.0.21:1021/ready (after 5)`,
  ],
  [
    'another image under the pinned name recreates that container only',
    up(withContainer(running, 'store', { imageId: 'older' })),
    `1. stop-container store: its image changed
2. remove-container store: its image changed (after 1)
3. create-container store: its image changed (after 2)
4. start-container store: its image changed (after 3)
5. await-ready store: http://127.0.0.20:1020/ready (after 4)`,
  ],
  [
    'an image that only shares the name is not used',
    up({
      ...withoutContainer(running, 'store'),
      images: { ...imagesOf(stack), store: { id: 'image-store', origin: 'unknown', sizeBytes: 1 } },
    }),
    `1. pull-image store: the image of that name is not the pinned one
2. create-container store: there is none (after 1)
3. start-container store: there is none (after 2)
4. await-ready store: http://127.0.0.20:1020/ready (after 3)`,
  ],
  [
    'one service asked for brings what it needs and nothing else',
    up({ ...nothingThere, networks: running.networks, volumes: running.volumes, images: imagesOf(stack) }, ['store']),
    `1. create-container store: there is none
2. start-container store: there is none (after 1)
3. await-ready store: http://127.0.0.20:1020/ready (after 2)`,
  ],
  [
    'the network is gone: all containers of ours are made anew with it',
    up(
      {
        ...withContainer(running, 'store', { phase: 'exited', exitCode: 0 }),
        networks: [],
        containers: running.containers.slice(0, 1),
      },
      ['store'],
    ),
    `1. stop-container store: its network is made anew
2. remove-container store: its network is made anew (after 1)
3. create-network macula-infra: there is none (after 2)
4. create-container store: there is none (after 2, 3)
5. start-container store: there is none (after 4)
6. await-ready store: http://127.0.0.20:1020/ready (after 5)`,
  ],
  [
    'a service that was switched off goes with the whole stack, and holds nobody up',
    up(running, [], smallStack({ settings: { ...defaultSettings, disabledServices: ['store'] } })),
    `1. stop-container store: the service is switched off
2. remove-container store: the service is switched off (after 1)`,
  ],
];

describe('planUp', () => {
  it.each(plans)('%s', (_name, planned, expected) => {
    expect(planned).toBe(expected);
  });

  it('lets a service that starts at once wait for none of what it needs, and come first when it takes longest', () => {
    const eager = smallCatalog.map((service) =>
      service.id === 'shop'
        ? { ...service, startsAtOnce: true as const, ready: { ...service.ready, timeoutSeconds: 60 } }
        : service,
    );
    expect(
      up({ ...nothingThere, images: imagesOf(stack) }, ['shop'], smallStack({ catalog: eager })),
    ).toBe(`1. create-network macula-infra: there is none
2. create-volume store-data: there is none
3. create-container shop: there is none (after 1)
4. upload-files shop: 1 configuration file (after 3)
5. start-container shop: there is none (after 4)
6. await-ready shop: http://127.0.0.21:1021/ready (after 5)
7. create-container store: there is none (after 1, 2)
8. start-container store: there is none (after 7)
9. await-ready store: http://127.0.0.20:1020/ready (after 8)`);
  });

  it('gives the same plan whatever the order of what was observed', () => {
    const shuffled = { ...running, containers: running.containers.toReversed() };
    expect(up(withoutContainer(shuffled, 'store'))).toBe(up(withoutContainer(running, 'store')));
  });
});

const conflicts: readonly (readonly [string, Observed, string])[] = [
  [
    'a foreign container of our name',
    { ...nothingThere, containers: running.containers.map((container) => ({ ...container, labels: {} })).slice(0, 1) },
    '{"code":"foreign-container","name":"macula-store"}',
  ],
  [
    'a foreign network of our name',
    { ...nothingThere, networks: [{ id: 'n', name: 'macula-infra', labels: {}, subnets: ['10.0.0.0/24'] }] },
    '{"code":"foreign-network","name":"macula-infra"}',
  ],
  [
    'a foreign volume of our name',
    { ...nothingThere, volumes: [{ name: 'store-data', labels: {} }] },
    '{"code":"foreign-volume","name":"store-data"}',
  ],
  [
    'a port held by a process',
    { ...nothingThere, listeners: [{ address: '127.0.0.20', port: 1020, owner: 'python3 (process 7)' }] },
    '{"code":"port-taken","service":"store","address":"127.0.0.20","port":1020,"owner":"python3 (process 7)"}',
  ],
  [
    'a port covered by a wider listener, named by its container',
    {
      ...nothingThere,
      listeners: [
        { address: '0.0.0.0', port: 1020, owner: 'docker-proxy (process 9)' },
        { address: '0.0.0.0', port: 1020, owner: 'container "web"', containerId: 'web' },
      ],
    },
    '{"code":"port-taken","service":"store","address":"127.0.0.20","port":1020,"owner":"container \\"web\\", listening on 0.0.0.0:1020"}',
  ],
];

describe('conflicts are told before anything is created', () => {
  it.each(conflicts)('%s', (_name, observed, expected) => {
    expect(up(observed)).toBe(expected);
  });

  it('does not let a name clash of another service stop this one', () => {
    const observed = {
      ...running,
      containers: [
        ...running.containers.slice(0, 1),
        ...running.containers.slice(1).map((container) => ({ ...container, labels: {} })),
      ],
    };
    expect(up(observed, ['store'])).toBe('nothing to do');
    expect(up(observed, ['shop'])).toContain('foreign-container');
  });

  it('does not take a port that our own container holds for taken', () => {
    const listeners = [
      { address: '127.0.0.20', port: 1020, owner: 'container "macula-store"', containerId: 'container-store' },
    ];
    const drifted = withContainer({ ...running, listeners }, 'store', { imageId: 'older' });
    expect(up(drifted)).toContain('create-container store: its image changed');
  });
});

describe('planStop, planRestart, planDown', () => {
  it('stops dependents before what they need', () => {
    expect(planText(planStop(stack, running, { ids: undefined }))).toBe(
      `1. stop-container store: asked to stop (after 2)
2. stop-container shop: asked to stop`,
    );
  });

  it('stops one and leaves the rest', () => {
    expect(planText(planStop(stack, running, { ids: ['store'] }))).toBe('1. stop-container store: asked to stop');
  });

  it('gives a container that never had its files its files before the restart', () => {
    const created = withContainer(running, 'shop', { phase: 'created' });
    const chosen = stack.services.filter((service) => service.definition.id === 'shop');
    expect(planText(planRestart(created, chosen))).toBe(
      `1. upload-files shop: it was created but never started
2. restart-container shop: asked to restart (after 1)
3. await-ready shop: http://127.0.0.21:1021/ready (after 2)`,
    );
  });

  it.each([
    ['files that change while it runs', [{ template: 'shop.conf', path: '/etc/shop.conf', live: true as const }], true],
    ['none', [], false],
  ])('counts all files of a container that never had them: %s', (_name, files, isFilled) => {
    const catalog = smallCatalog.map((service) => (service.id === 'shop' ? { ...service, files } : service));
    const changed = smallStack({ catalog });
    const created = withContainer(allRunning(changed), 'shop', { phase: 'created' });
    expect(planText(planRestart(created, changed.services)).includes('upload-files shop')).toBe(isFilled);
  });

  it('has nothing to stop when all is off', () => {
    expect(planText(planStop(stack, nothingThere, { ids: undefined }))).toBe('nothing to do');
  });

  it('restarts what is needed first and waits for it', () => {
    expect(planText(planRestart(running, stack.services))).toBe(
      `1. restart-container store: asked to restart
2. await-ready store: http://127.0.0.20:1020/ready (after 1)
3. restart-container shop: asked to restart (after 2)
4. await-ready shop: http://127.0.0.21:1021/ready (after 3)`,
    );
  });

  it('takes all down and keeps the volumes', () => {
    expect(planText(planDown(stack, running, { removeVolumes: false }))).toBe(
      `1. stop-container store: asked to take the stack down (after 2)
2. stop-container shop: asked to take the stack down
3. remove-container store: asked to take the stack down (after 1)
4. remove-container shop: asked to take the stack down (after 2)
5. remove-network macula-infra: asked to take the stack down (after 3, 4)`,
    );
  });

  it('deletes volumes only when asked, after the containers, and never a foreign one', () => {
    const observed = { ...running, volumes: [...running.volumes, { name: 'shop-data', labels: {} }] };
    const text = planText(planDown(stack, observed, { removeVolumes: true }));
    expect(text).toContain('6. remove-volume store-data: asked to delete the data too (after 3, 4)');
    expect(text).not.toContain('shop-data');
  });

  it('never touches a foreign container', () => {
    const foreign = { ...running, containers: running.containers.map((container) => ({ ...container, labels: {} })) };
    expect(planText(planStop(stack, foreign, { ids: undefined }))).toBe('nothing to do');
    expect(planText(planDown(stack, foreign, { removeVolumes: true }))).not.toContain('container');
  });
});
