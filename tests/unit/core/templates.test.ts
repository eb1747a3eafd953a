// The real templates with the real catalog: what would be put into the containers.
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { defaultSettings } from '../../../electron/core/settings.ts';
import { templates } from '../../../electron/runtime/templates.ts';
import { desiredStack } from './fixtures.ts';

function fileOf(path: string, change: Parameters<typeof desiredStack>[0] = {}): string {
  const files = desiredStack({ templates, ...change }).services.flatMap((service) => service.container.files);
  const file = files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`${path} is put into no container`);
  return file.content;
}

const ingressPath = '/etc/nginx/conf.d/ingress.conf';

describe('every template', () => {
  it('is used by the catalog, and leaves no mark of the template language behind', () => {
    const services = desiredStack({ templates }).services;
    const raw = services.flatMap(({ definition }) => definition.files.filter((use) => use.raw).map((use) => use.path));
    const files = services.flatMap(({ container }) => container.files).filter(({ path }) => !raw.includes(path));
    const used = desiredStack().services.flatMap((service) => service.definition.files.map((file) => file.template));
    expect(Object.keys(templates).sort()).toEqual([...used].sort());
    const marked = files.filter(({ content }) => /\{\{|\}\}\}|\bundefined\b/.test(content) || !content.endsWith('\n'));
    expect(marked.map((file) => file.path)).toEqual([]);
  });

  it.each([
    '/etc/prometheus/prometheus.yml',
    '/etc/loki/loki.yml',
    '/etc/tempo.yml',
    '/etc/grafana/provisioning/datasources/macula.yml',
  ])('%s is YAML', (path) => {
    expect(parse(fileOf(path))).toBeTypeOf('object');
  });
});

describe('the ingress', () => {
  it('has a site for every service with a page, under both domains, by address', () => {
    const sites = [...fileOf(ingressPath).matchAll(/server_name (\S+) (\S+);[\s\S]*?proxy_pass (\S+);/g)].map((match) =>
      match.slice(1),
    );
    expect(sites).toEqual([
      ['prometheus.macula.localhost', 'prometheus.macula.local', 'http://172.23.0.20:9090'],
      ['grafana.macula.localhost', 'grafana.macula.local', 'http://172.23.0.21:3000'],
      ['loki.macula.localhost', 'loki.macula.local', 'http://172.23.0.22:3100'],
      ['tempo.macula.localhost', 'tempo.macula.local', 'http://172.23.0.23:3200'],
      ['draw.macula.localhost', 'draw.macula.local', 'http://172.23.0.24:80'],
    ]);
  });

  it('follows the base domain, the subnet and the services that are on', () => {
    const settings = {
      ...defaultSettings,
      baseDomain: 'infra.test',
      disabledServices: ['loki', 'tempo', 'excalidraw', 'prometheus'],
    };
    const text = fileOf(ingressPath, { settings, subnetPrefix: '10.213' });
    expect([...text.matchAll(/server_name (.*);/g)].map((match) => match[1])).toEqual([
      '_',
      'grafana.infra.localhost grafana.infra.test',
    ]);
    expect(text).toContain('proxy_pass http://10.213.0.21:3000;');
  });

  it('stands with no service at all', () => {
    const settings = { ...defaultSettings, disabledServices: ['prometheus', 'grafana', 'loki', 'tempo', 'excalidraw'] };
    expect([...fileOf(ingressPath, { settings }).matchAll(/server \{/g)]).toHaveLength(1);
  });
});

describe('Prometheus', () => {
  it('collects from every service that has metrics', () => {
    const config = parse(fileOf('/etc/prometheus/prometheus.yml')) as {
      scrape_configs: { static_configs?: { targets: string[]; labels: { service: string } }[] }[];
    };
    expect(
      config.scrape_configs.flatMap((job) =>
        (job.static_configs ?? []).map((entry) => [entry.labels.service, ...entry.targets]),
      ),
    ).toEqual([
      ['prometheus', 'prometheus:9090'],
      ['grafana', 'grafana:3000'],
      ['loki', 'loki:3100'],
      ['tempo', 'tempo:3200'],
      ['alloy', 'alloy:12345'],
    ]);
  });
});

describe('Grafana', () => {
  it('knows its data sources by uids that never change', () => {
    const config = parse(fileOf('/etc/grafana/provisioning/datasources/macula.yml')) as {
      datasources: { uid: string; url: string }[];
    };
    expect(config.datasources.map(({ uid, url }) => [uid, url])).toEqual([
      ['prometheus', 'http://prometheus:9090'],
      ['loki', 'http://loki:3100'],
      ['tempo', 'http://tempo:3200'],
    ]);
  });
});
