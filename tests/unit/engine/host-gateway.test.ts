import { expect, test } from 'vitest';
import type { DesiredContainer } from '../../../electron/core/desired.ts';
import type { EngineDescription } from '../../../electron/core/observed.ts';
import { withHostGateway } from '../../../electron/engine/host-gateway.ts';

const given = ['other.test:10.1.2.3', 'host.docker.internal:host-gateway'];
const replaced = ['other.test:10.1.2.3', 'host.docker.internal:172.23.0.1'];

function engineWith(config: unknown) {
  const docker = {
    getNetwork: (name: string) => ({ inspect: async () => ({ Name: name, IPAM: { Config: config } }) }),
  };
  return docker as unknown as Parameters<typeof withHostGateway>[0];
}

test.each([
  ['Docker knows the word', 'Docker Engine', '20.10.24', given],
  ['Podman knows it', 'Podman Engine', '4.7.0', given],
  ['a later Podman knows it', 'Podman Engine', '5.4.2', given],
  ['an earlier Podman is given the address', 'Podman Engine', '4.3.1', replaced],
])('%s', async (_name, product, version, expected) => {
  const container = { extraHosts: given } as Partial<DesiredContainer> as DesiredContainer;
  const description = { product, version } as EngineDescription;
  const docker = engineWith([{ Subnet: '172.23.0.0/16', Gateway: '172.23.0.1' }]);
  expect((await withHostGateway(docker, container, 'macula-infra', description)).extraHosts).toEqual(expected);
});

test('a network without an address for the machine leaves the word', async () => {
  const container = { extraHosts: given } as Partial<DesiredContainer> as DesiredContainer;
  const description = { product: 'Podman Engine', version: '4.3.1' } as EngineDescription;
  expect((await withHostGateway(engineWith(null), container, 'macula-infra', description)).extraHosts).toEqual(given);
});
