import { expect, test } from 'vitest';
import { toLabelled } from '../../../electron/engine/labelled.ts';
import type { ListedContainer } from '../../../electron/engine/mapping.ts';

const asking: ListedContainer = {
  Id: 'a'.repeat(64),
  Names: ['/shop'],
  State: 'running',
  Labels: { 'io.macula.observe': 'true' },
  NetworkSettings: { Networks: { shop_default: { IPAddress: '172.19.0.2' }, other: null } },
};

test.each<[string, ListedContainer, unknown]>([
  ['by its label', asking, { shop_default: '172.19.0.2', other: '' }],
  ['a node of a KinD cluster', { ...asking, Labels: { 'io.x-k8s.kind.cluster': 'dev' } }, expect.anything()],
  [
    'on the network of the host',
    { ...asking, NetworkSettings: { Networks: { host: { IPAddress: '' } } } },
    { host: '' },
  ],
  ['on no network', { ...asking, NetworkSettings: null }, {}],
])('asks to be observed: %s', (_name, listed, networks) => {
  expect(toLabelled(listed)).toEqual([{ id: asking.Id, name: 'shop', labels: listed.Labels, networks }]);
});

test.each<[string, ListedContainer]>([
  ['it does not run', { ...asking, State: 'exited' }],
  ['it is of the stack', { ...asking, Labels: { 'io.macula.observe': 'true', 'io.macula.stack': 'infra' } }],
  ['its label says no', { ...asking, Labels: { 'io.macula.observe': 'false' } }],
  ['it has no labels', { ...asking, Labels: null }],
])('does not: %s', (_name, listed) => {
  expect(toLabelled(listed)).toEqual([]);
});
