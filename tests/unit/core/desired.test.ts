import { describe, expect, it } from 'vitest';
import { catalog } from '../../../electron/core/catalog/index.ts';
import { checkCatalog } from '../../../electron/core/catalog/check.ts';
import { defaultSettings, parseSettings } from '../../../electron/core/settings.ts';
import { chooseSubnet } from '../../../electron/core/subnet.ts';
import { withNeeds } from '../../../electron/core/selection.ts';
import { renderTemplate } from '../../../electron/core/template.ts';
import { networkLabels, networkName } from '../../../electron/core/identity.ts';
import { desiredStack, nothingThere, smallCatalog, smallStack } from './fixtures.ts';

function publishesOf(stack: ReturnType<typeof desiredStack>, id: string): readonly string[] {
  const service = stack.services.find((candidate) => candidate.definition.id === id);
  return (service?.container.publishes ?? []).map(
    (publish) => `${publish.hostAddress}:${publish.hostPort}->${publish.containerPort}`,
  );
}

describe('the catalog', () => {
  it('is the stack of the design', () => {
    const stack = desiredStack();
    const table = stack.services.map((service) => [
      service.definition.id,
      service.container.name,
      service.container.address,
      service.probe.url,
    ]);
    expect(table).toEqual([
      ['ingress', 'macula-nginx-ingress', '172.23.0.10', 'http://127.0.0.1:8080/healthz'],
      ['prometheus', 'macula-prometheus', '172.23.0.20', 'http://127.0.0.3:9090/-/ready'],
      ['grafana', 'macula-grafana', '172.23.0.21', 'http://127.0.0.4:3000/api/health'],
      ['loki', 'macula-loki', '172.23.0.22', 'http://127.0.0.5:3100/ready'],
      ['tempo', 'macula-tempo', '172.23.0.23', 'http://127.0.0.6:3200/ready'],
      ['alloy', 'macula-alloy', '172.23.0.25', 'http://127.0.0.6:12345/-/ready'],
      ['excalidraw', 'macula-excalidraw', '172.23.0.24', 'http://127.0.0.1:8080/'],
    ]);
    expect(stack.volumes).toEqual(['prometheus-data', 'grafana-data', 'loki-data', 'tempo-data', 'alloy-data']);
    expect(stack.network).toEqual({
      name: 'macula-infra',
      subnet: '172.23.0.0/16',
      ipRange: '172.23.128.0/17',
      gateway: '172.23.0.1',
    });
  });

  it('has no two services in each other’s way', () => {
    expect(checkCatalog(catalog)).toEqual([]);
  });

  it('is refused when two share an address, a name or a port, or need each other in a circle', () => {
    const [store, shop] = smallCatalog as [(typeof smallCatalog)[0], (typeof smallCatalog)[0]];
    const twin = { ...shop, needs: ['missing'], hostNumber: store.hostNumber, containerName: store.containerName };
    expect(
      checkCatalog([
        { ...store, needs: ['shop'] },
        { ...twin, needs: ['store', 'missing'] },
      ]),
    ).toEqual([
      'macula-store is the container name of two services',
      'host number 20 is used by two services',
      'shop needs missing, which is not in the catalog',
      'store needs itself by way of others',
      'shop needs itself by way of others',
    ]);
  });
});

describe('published ports', () => {
  it('are one loopback address a service, and port 80 of each for the ingress', () => {
    const stack = desiredStack();
    expect(publishesOf(stack, 'tempo')).toEqual(['127.0.0.6:3200->3200']);
    expect(publishesOf(stack, 'alloy')).toEqual([
      '127.0.0.6:12345->12345',
      '127.0.0.6:4317->4317',
      '127.0.0.6:4318->4318',
    ]);
    expect(publishesOf(stack, 'excalidraw')).toEqual([]);
    expect(publishesOf(stack, 'ingress')).toEqual([
      '127.0.0.3:80->80',
      '127.0.0.4:80->80',
      '127.0.0.5:80->80',
      '127.0.0.6:80->80',
      '127.0.0.7:80->80',
      '127.0.0.1:8080->80',
    ]);
  });

  it('are those for traces Tempo’s own while Alloy is switched off', () => {
    const stack = desiredStack({ settings: { ...defaultSettings, disabledServices: ['alloy'] } });
    expect(publishesOf(stack, 'tempo')).toEqual([
      '127.0.0.6:3200->3200',
      '127.0.0.6:4317->4317',
      '127.0.0.6:4318->4318',
    ]);
  });

  it('leave out port 80 where the engine may not open it', () => {
    const stack = desiredStack({ publishing: { loopbackAddresses: true, port80: false } });
    expect(publishesOf(stack, 'ingress')).toEqual(['127.0.0.1:8080->80']);
    expect(publishesOf(stack, 'grafana')).toEqual(['127.0.0.4:3000->3000']);
  });

  it('are 8080 alone where the other loopback addresses do not exist; probes then go through the ingress', () => {
    const stack = desiredStack({ publishing: { loopbackAddresses: false, port80: true } });
    expect(stack.services.map((service) => publishesOf(stack, service.definition.id)).flat()).toEqual([
      '127.0.0.1:8080->80',
    ]);
    expect(stack.services.find((service) => service.definition.id === 'loki')?.probe).toEqual({
      url: 'http://127.0.0.1:8080/ready',
      host: 'loki.macula.localhost',
      through: 'ingress',
      canAsk: true,
      timeoutSeconds: 120,
    });
  });
});

describe('a service that is reached through the ingress', () => {
  it('brings the ingress along, and does not wait for it', () => {
    const stack = desiredStack();
    const draw = stack.services.filter((service) => service.definition.id === 'excalidraw');
    expect(withNeeds(stack, draw).map((service) => service.definition.id)).toEqual(['ingress', 'excalidraw']);
    expect(draw[0]?.needs).toEqual([]);
  });

  it('cannot be asked when the ingress is switched off', () => {
    const stack = desiredStack({ settings: { ...defaultSettings, disabledServices: ['ingress'] } });
    expect(stack.services.filter((service) => !service.probe.canAsk).map((service) => service.definition.id)).toEqual([
      'excalidraw',
    ]);
  });
});

describe('the configuration hash', () => {
  const hashes = (stack: ReturnType<typeof desiredStack>) =>
    Object.fromEntries(stack.services.map((service) => [service.definition.id, service.container.configHash]));
  const before = hashes(smallStack());

  it('is the same for the same input', () => {
    expect(hashes(smallStack())).toEqual(before);
  });

  it('changes for the service whose file changed, and for no other', () => {
    const after = hashes(smallStack({ templates: { 'shop.conf': 'closed' } }));
    expect(after['shop']).not.toBe(before['shop']);
    expect(after['store']).toBe(before['store']);
  });
});

describe('chooseSubnet', () => {
  const chosen = (subnets: readonly string[], hostSubnets: readonly string[] = []) =>
    chooseSubnet({
      networks: subnets.map((subnet, index) => ({ id: `${index}`, name: `n${index}`, labels: {}, subnets: [subnet] })),
      hostSubnets,
    });

  it.each([
    ['nothing is taken', chosen([]), '172.23'],
    ['a network inside it takes it', chosen(['172.23.5.0/24']), '172.24'],
    ['a wider network takes several', chosen(['172.16.0.0/12']), '10.213'],
    ['a route of the host takes it', chosen([], ['172.23.0.0/20']), '172.24'],
    ['the default route takes nothing', chosen([], ['0.0.0.0/0']), '172.23'],
    ['IPv6 takes nothing', chosen(['fd00::/64']), '172.23'],
  ])('%s', (_name, choice, prefix) => {
    expect(choice).toMatchObject({ kind: 'chosen', prefix });
    expect('note' in choice).toBe(prefix !== '172.23');
  });

  it('keeps the one our network has', () => {
    const networks = [{ id: 'n', name: networkName, labels: networkLabels(), subnets: ['172.25.0.0/16'] }];
    expect(chooseSubnet({ networks, hostSubnets: ['172.25.0.0/16'] })).toMatchObject({ prefix: '172.25' });
  });

  it('says what was tried when all is taken', () => {
    expect(chosen(['172.0.0.0/8', '10.0.0.0/8'])).toMatchObject({ kind: 'none-free' });
  });

  it('starts from the subnet of the design', () => {
    expect(chooseSubnet(nothingThere)).toEqual({ kind: 'chosen', prefix: '172.23' });
  });
});

describe('renderTemplate', () => {
  it('repeats over a list and keeps what is not its own', () => {
    const text = '{{#each sites}}{{label}}.{{domain}} $${__value.raw};\n{{/each}}';
    expect(renderTemplate(text, { domain: 'test', sites: [{ label: 'a' }, { label: 'b' }] })).toBe(
      'a.test $${__value.raw};\nb.test $${__value.raw};\n',
    );
  });

  it('refuses a name without a value and a list that is none', () => {
    expect(() => renderTemplate('{{absent}}', {})).toThrow('"absent"');
    expect(() => renderTemplate('{{#each absent}}x{{/each}}', {})).toThrow('"absent"');
  });
});

describe('parseSettings', () => {
  it('takes defaults for what is absent and names what it cannot use', () => {
    expect(parseSettings({ baseDomain: 'macula.test', engineEndpoint: 'ftp://x', other: 1 })).toEqual({
      settings: { ...defaultSettings, baseDomain: 'macula.test' },
      rejected: ['engineEndpoint'],
    });
    expect(parseSettings('nonsense')).toEqual({ settings: defaultSettings, rejected: [] });
  });

  it.each([
    'macula',
    'Macula.local',
    '-a.local',
    'a..b',
    'a.local ',
    'a.local/x',
    `${'a'.repeat(70)}.local`,
    '{{x}}.local',
  ])('refuses the base domain %s', (baseDomain) => {
    expect(parseSettings({ baseDomain }).rejected).toEqual(['baseDomain']);
  });
});

describe('a service without a name', () => {
  it('is not asked where no address of its own is there, and counts as ready when it runs', () => {
    const stack = desiredStack({ publishing: { loopbackAddresses: false, port80: true } });
    const canAsk = stack.services.filter(({ probe }) => !probe.canAsk).map(({ definition }) => definition.id);
    expect(canAsk).toEqual(['alloy']);
  });

  it('has links to pages only', () => {
    const alloy = desiredStack().services.find(({ definition }) => definition.id === 'alloy');
    expect(alloy?.urls.map(({ url }) => url)).toEqual(['http://127.0.0.6:12345']);
  });
});

describe('the engine’s socket', () => {
  const alloyOf = (change: Parameters<typeof desiredStack>[0]) =>
    desiredStack(change).services.find(({ definition }) => definition.id === 'alloy')?.container;
  const settings = { ...defaultSettings, containerLogs: 'app' as const };

  it('is given to the collector alone, and only to read logs with', () => {
    const stack = desiredStack({ engineSocket: '/var/run/docker.sock' });
    const given = stack.services.filter(({ container }) => container.engineSocket !== undefined);
    expect(given.map(({ definition }) => definition.id)).toEqual(['alloy']);
    expect(alloyOf({ engineSocket: '/var/run/docker.sock', settings })?.engineSocket).toBeUndefined();
    expect(alloyOf({})?.engineSocket).toBeUndefined();
  });

  it('makes no new container when the same engine is reached at another path', () => {
    const hashAt = (engineSocket: string) => alloyOf({ engineSocket })?.configHash;
    expect(hashAt('/run/docker.sock')).toBe(hashAt('/var/run/docker.sock'));
    expect(hashAt('/run/docker.sock')).not.toBe(alloyOf({})?.configHash);
  });
});
