import { describe, expect, it } from 'vitest';
import { composeFile, unpinnedServices } from '../../../electron/core/compose-file.ts';
import { isOurs } from '../../../electron/core/identity.ts';
import { defaultSettings } from '../../../electron/core/settings.ts';
import { desiredStack, imagesOf, smallCatalog, smallStack } from './fixtures.ts';

describe('the Compose file', () => {
  it('says all that makes a service what it is', () => {
    const stack = smallStack({ settings: { ...defaultSettings, disabledServices: [] } });
    const file = composeFile(stack, imagesOf(stack));
    const hash = stack.services[1]?.container.configHash;
    expect(file.services['shop']).toEqual({
      image: 'example/shop:1@sha256:1',
      container_name: 'macula-shop',
      restart: 'unless-stopped',
      stop_grace_period: '5s',
      depends_on: ['store'],
      networks: { 'macula-infra': { ipv4_address: '172.23.0.21', aliases: ['shop'] } },
      ports: ['127.0.0.21:1021:1021'],
      configs: [{ source: 'shop-shop-conf', target: '/etc/shop.conf', mode: '0644' }],
      labels: { 'io.macula.stack': 'infra', 'io.macula.service': 'shop', 'io.macula.config-hash': hash },
      logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
    });
    expect(file.services['store']).toMatchObject({ volumes: ['store-data:/data'] });
    expect(file.configs).toEqual({ 'shop-shop-conf': { content: 'open' } });
    expect(file.volumes).toEqual({ 'store-data': { name: 'store-data', labels: { 'io.macula.stack': 'infra' } } });
  });

  it('tells on the ingress alone for which domain it was made', () => {
    const stack = desiredStack();
    const { services } = composeFile(stack, {});
    const domains = Object.entries(services).flatMap(([id, { labels }]) => {
      const domain = (labels as Readonly<Record<string, string>>)['io.macula.base-domain'];
      return domain === undefined ? [] : [[id, domain]];
    });
    expect(domains).toEqual([['ingress', 'macula.local']]);
  });

  it('makes the network that Macula would make, under labels that Macula knows as its own', () => {
    const file = composeFile(desiredStack({ subnetPrefix: '10.213' }), {});
    expect(file.networks).toEqual({
      'macula-infra': {
        name: 'macula-infra',
        driver: 'bridge',
        driver_opts: { 'com.docker.network.bridge.name': 'macula0' },
        ipam: { config: [{ subnet: '10.213.0.0/16', ip_range: '10.213.128.0/17', gateway: '10.213.0.1' }] },
        labels: { 'io.macula.stack': 'infra' },
      },
    });
    for (const service of Object.values(file.services))
      expect(isOurs(service['labels'] as Record<string, string>)).toBe(true);
  });

  it('takes no dollar sign for a variable', () => {
    const [store, shop] = smallCatalog;
    if (store === undefined || shop === undefined) throw new Error('The small catalog has two services');
    const catalog = [store, { ...shop, command: ['--greet=$name'], environment: { PRICE: '5$' } }];
    const file = composeFile(smallStack({ catalog, templates: { 'shop.conf': 'a $b $${c}' } }), {});
    expect(file.services['shop']).toMatchObject({ command: ['--greet=$$name'], environment: { PRICE: '5$$' } });
    expect(file.configs['shop-shop-conf']?.content).toBe('a $$b $$$${c}');
  });

  it('tells files of one name in two folders apart', () => {
    const [store, shop] = smallCatalog;
    if (store === undefined || shop === undefined) throw new Error('The small catalog has two services');
    const files = ['/etc/a/site.conf', '/etc/b/site.conf'].map((path) => ({ template: 'shop.conf', path }));
    const file = composeFile(smallStack({ catalog: [store, { ...shop, files }] }), {});
    expect(Object.keys(file.configs)).toEqual(['shop-site-conf-1', 'shop-site-conf-2']);
  });

  it('puts live files, the socket of the engine and further names of hosts into it', () => {
    const [store, shop] = smallCatalog;
    if (store === undefined || shop === undefined) throw new Error('The small catalog has two services');
    const files = [
      { template: 'shop.conf', path: '/etc/shop.conf' },
      { template: 'shop.conf', path: '/etc/live/shop.conf', live: true as const },
    ];
    const stack = smallStack({ catalog: [store, { ...shop, files }] });
    const [first, second] = stack.services;
    if (first === undefined || second === undefined) throw new Error('The small stack has two services');
    const more = { engineSocket: '/run/$user/engine.sock', extraHosts: ['host.docker.internal:host-gateway'] };
    const owned = second.container.liveFiles.map((live) => ({ ...live, owner: 10_001 }));
    const services = [
      { ...first, container: { ...first.container, ...more } },
      { ...second, container: { ...second.container, liveFiles: owned } },
    ];
    const file = composeFile({ ...stack, services }, {});
    expect(file.services['store']).toMatchObject({
      volumes: [
        'store-data:/data',
        {
          type: 'bind',
          source: '/run/$$user/engine.sock',
          target: '/var/run/docker.sock',
          read_only: true,
          bind: { create_host_path: false },
        },
      ],
      security_opt: ['label=disable'],
      extra_hosts: ['host.docker.internal:host-gateway'],
    });
    expect(file.services['shop']).toMatchObject({
      configs: [
        { source: 'shop-shop-conf-1', target: '/etc/shop.conf', mode: '0644' },
        { source: 'shop-shop-conf-2', target: '/etc/live/shop.conf', uid: '10001', gid: '10001', mode: '0644' },
      ],
      logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
    });
    expect(file.configs).toEqual({ 'shop-shop-conf-1': { content: 'open' }, 'shop-shop-conf-2': { content: 'open' } });
  });

  it('names an image by its tag alone where another stands in for the pinned one', () => {
    const stack = smallStack();
    const images = {
      store: { id: '1', origin: 'built', sizeBytes: 1 },
      shop: { id: '2', origin: 'unknown', sizeBytes: 1 },
    } as const;
    const file = composeFile(stack, images);
    expect([file.services['store']?.image, file.services['shop']?.image]).toEqual([
      'example/store:1',
      'example/shop:1@sha256:1',
    ]);
    expect(unpinnedServices(stack, images)).toEqual(['store']);
    expect(unpinnedServices(stack, {})).toEqual([]);
    const imported = { id: 'image', origin: 'pinned', imported: 'pinned-digest', sizeBytes: 1 } as const;
    expect(unpinnedServices(stack, { ...images, store: imported })).toEqual(['store']);
  });
});
