// Alloy's configuration, for every choice of services that it stands by. Alloy itself is asked where it can be had:
// tests/observability/alloy.test.ts.
import { describe, expect, it } from 'vitest';
import { labels, stackName } from '../../../electron/core/identity.ts';
import { defaultSettings, type Settings } from '../../../electron/core/settings.ts';
import { templates } from '../../../electron/runtime/templates.ts';
import { alloyProblems } from './alloy-check.ts';
import { type Block, parseAlloy } from './alloy-syntax.ts';
import { desiredStack } from './fixtures.ts';

const engineSocket = '/var/run/docker.sock';

function configOf(change: Partial<Settings> = {}, socket: string | null = engineSocket): string {
  const stack = desiredStack({
    templates,
    settings: { ...defaultSettings, ...change },
    ...(socket === null ? {} : { engineSocket: socket }),
  });
  const file = stack.services
    .flatMap(({ container }) => container.files)
    .find(({ path }) => path === '/etc/alloy/config.alloy');
  if (file === undefined) throw new Error('Alloy is given no configuration');
  return file.content;
}

const ids = (text: string): readonly string[] =>
  parseAlloy(text).map(({ name, label }) => (label === undefined ? name : `${name}.${label}`));

function find(text: string, name: string, label?: string): Block {
  const block = parseAlloy(text).find((each) => each.name === name && (label === undefined || each.label === label));
  if (block === undefined) throw new Error(`There is no ${name} ${label ?? ''}`);
  return block;
}

function inner(block: Block, name: string): Readonly<Record<string, unknown>> {
  const found = block.blocks.find((each) => each.name === name);
  if (found === undefined) throw new Error(`${block.name} has no ${name}`);
  return valuesOf(found);
}

function valuesOf(block: Block): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    block.attributes.map(({ name, value }) => {
      if (value.kind === 'list') return [name, value.items.map((item) => ('path' in item ? item.path : item))];
      return [name, 'value' in value ? value.value : value];
    }),
  );
}

const stores = ['prometheus', 'loki', 'tempo'];
const choices = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => stores.filter((_, index) => (bits & (1 << index)) !== 0));

describe("Alloy's configuration", () => {
  it.each(choices.map((off) => [off.join(', ') || 'nothing', off] as const))(
    'is sound with %s switched off',
    (_, off) => {
      for (const containerLogs of ['collector', 'app', 'off'] as const) {
        const text = configOf({ disabledServices: off, containerLogs });
        expect(alloyProblems(text)).toEqual([]);
        const exporters = ids(text).filter((id) => id.startsWith('otelcol.exporter.'));
        const on = stores.filter((store) => !off.includes(store));
        expect(exporters).toEqual(on.map((store) => `otelcol.exporter.otlphttp.${store}`));
      }
    },
  );

  it('takes each signal at the usual ports, and leads it to its store', () => {
    const text = configOf();
    const receiver = find(text, 'otelcol.receiver.otlp');
    expect(inner(receiver, 'grpc')).toMatchObject({ endpoint: '0.0.0.0:4317' });
    expect(inner(receiver, 'http')).toMatchObject({ endpoint: '0.0.0.0:4318' });
    expect(inner(receiver, 'output')).toEqual({
      metrics: ['otelcol.exporter.otlphttp.prometheus.input'],
      logs: ['otelcol.exporter.otlphttp.loki.input'],
      traces: ['otelcol.exporter.otlphttp.tempo.input'],
    });
    const endpoints = stores.map((store) => inner(find(text, 'otelcol.exporter.otlphttp', store), 'client').endpoint);
    expect(endpoints).toEqual(['http://prometheus:9090/api/v1/otlp', 'http://loki:3100/otlp', 'http://tempo:4318']);
  });

  // A library of OpenTelemetry waits ten seconds, and sends again only what was refused by then.
  it('acknowledges nothing that the store does not have', () => {
    const text = configOf();
    expect(ids(text).filter((id) => id.startsWith('otelcol.processor.'))).toEqual([]);
    for (const store of stores) {
      const exporter = find(text, 'otelcol.exporter.otlphttp', store);
      expect(inner(exporter, 'sending_queue')).toEqual({ enabled: 'false' });
      const seconds = (value: unknown): number => Number(/^(\d+)s$/.exec(String(value))?.[1]);
      const longest =
        seconds(inner(exporter, 'retry_on_failure').max_elapsed_time) + seconds(inner(exporter, 'client').timeout);
      expect(longest).toBeLessThan(10);
    }
  });

  it('reads the logs of containers only where it is given the engine', () => {
    const reading = ['discovery.docker.stack', 'discovery.docker.observed', 'loki.source.docker.containers'];
    expect(ids(configOf())).toEqual(expect.arrayContaining(reading));
    const without = [
      configOf({}, null),
      configOf({ containerLogs: 'app' }),
      configOf({ containerLogs: 'off' }),
      configOf({ disabledServices: ['loki'] }),
    ];
    for (const text of without) {
      expect(ids(text).filter((id) => /^(discovery|loki)\./.test(id))).toEqual([]);
      expect(text).not.toContain('docker.sock');
    }
  });

  it('finds containers by the labels that Macula gives and asks for', () => {
    const text = configOf();
    const filters = ['stack', 'observed'].map((list) => inner(find(text, 'discovery.docker', list), 'filter'));
    expect(filters.map(({ name }) => name)).toEqual(['label', 'label']);
    expect(JSON.stringify(filters[0])).toContain(`"${labels.stack}=${stackName}"`);
    expect(JSON.stringify(filters[1])).toContain(`"${labels.observe}=true"`);
  });

  it('tries Loki for ever, and leaves out what is older than a day', () => {
    const text = configOf();
    expect(inner(find(text, 'loki.write'), 'endpoint')).toMatchObject({
      url: 'http://loki:3100/loki/api/v1/push',
      max_backoff_retries: 0,
    });
    expect(inner(find(text, 'loki.process'), 'stage.drop')).toMatchObject({ older_than: '24h' });
  });

  it('names the service of a line by the best name that is there', () => {
    const rules = find(configOf(), 'discovery.relabel').blocks.map(valuesOf);
    const named = rules.filter((rule) => rule.target_label === 'service_name');
    const ofLabel = (label: string): string => `__meta_docker_container_label_${label.replace(/\W/g, '_')}`;
    const wanted = ['__meta_docker_container_name', ofLabel(labels.composeService), ofLabel(labels.service)];
    expect(named.map((rule) => JSON.stringify(rule.source_labels))).toEqual(
      wanted.map((name) => expect.stringContaining(`"${name}"`)),
    );
    expect(rules.map((rule) => rule.target_label)).toEqual(expect.arrayContaining(['container', 'stream']));
  });
});

// A check that passes everything proves nothing.
describe('the check', () => {
  const good = configOf();
  it.each([
    ['a component', 'loki.process "containers"', 'loki.proces "containers"', 'there is no component loki.proces'],
    ['a block', 'sending_queue {', 'sending_que {', 'has no block sending_que'],
    ['an argument', 'max_backoff_retries = 0', 'max_backof_retries = 0', 'has no argument max_backof_retries'],
    ['a reference', 'loki.write.loki.receiver', 'loki.write.lokki.receiver', 'there is no loki.write.lokki here'],
    ['an export', 'discovery.docker.stack.targets', 'discovery.docker.stack.target', 'gives out no target'],
    ['a kind of value', 'older_than          = "24h"', 'older_than          = "a day"', 'must be: duration'],
    ['what is referred to', '[loki.process.containers.receiver]', '[discovery.docker.stack.targets]', 'log receivers'],
    ['a required part', 'endpoint    = "http://loki:3100/otlp"\n', '', 'client needs endpoint'],
    ['a label', '"observed" {', '"stack" {', 'discovery.docker.stack is there twice'],
    ['a level', 'level = "warn"', 'level = "warning"', 'must be: level'],
  ])('finds %s that is wrong', (_, right, wrong, complaint) => {
    expect(good).toContain(right);
    expect(alloyProblems(good.replace(right, wrong)).join('\n')).toContain(complaint);
  });

  it('finds what is not closed', () => {
    expect(() => alloyProblems(good.trimEnd().replace(/\}$/, ''))).toThrow('expected');
    expect(() => alloyProblems('logging { level = "warn" }\nlogging')).toThrow('expected');
  });
});
