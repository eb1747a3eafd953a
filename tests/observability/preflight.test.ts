// The services' own programs judge their configuration: the app's own, and the user's in its place.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { catalog } from '../../electron/core/catalog/index.ts';
import { json, macula, settingsFolder } from '../cli/support/macula.ts';
import { containerRuns, getByName } from '../cli/support/stack.ts';
import { doors } from './support/doors.ts';
import { missingPrograms } from './support/programs.ts';
import { useRealStack, writeSettings } from './support/real-stack.ts';

const disabledServices = ['alloy', 'excalidraw', 'grafana'];
const needsStack = useRealStack({ real: ['prometheus', 'loki', 'tempo'], settings: { disabledServices } });

const folder = join(settingsFolder, 'templates');
const resources = join(import.meta.dirname, '../../resources/templates');

interface Subject {
  readonly service: string;
  readonly template: string;
  // A change that the program takes, and where it is then seen.
  readonly good: readonly [RegExp, string];
  readonly inForce: () => Promise<string>;
  readonly seen: string;
  // A line that it refuses, and in which words.
  readonly bad: string;
  readonly words: readonly string[];
}

const page = async (url: string): Promise<string> => (await fetch(url, { signal: AbortSignal.timeout(10_000) })).text();

const subjects: readonly Subject[] = [
  {
    service: 'ingress',
    template: 'nginx/ingress.conf',
    good: [/server_tokens off;/, 'server_tokens on;'],
    inForce: async () => JSON.stringify((await getByName('prometheus.macula.localhost', '/-/ready')).headers),
    seen: '"server":"nginx/',
    bad: 'nonsense on;',
    words: ['unknown directive "nonsense" in /etc/nginx/conf.d/ingress.conf'],
  },
  {
    service: 'prometheus',
    template: 'prometheus/prometheus.yml',
    good: [/scrape_interval: 15s/, 'scrape_interval: 7s'],
    inForce: () => page(`${doors.prometheus}/api/v1/status/config`),
    seen: 'scrape_interval: 7s',
    bad: 'nonsense: 1',
    words: ['FAILED: parsing YAML file /etc/prometheus/prometheus.yml', 'field nonsense not found'],
  },
  {
    service: 'loki',
    template: 'loki/loki.yml',
    good: [/ingestion_rate_mb: \d+/, 'ingestion_rate_mb: 31'],
    inForce: () => page(`${doors.loki}/config`),
    seen: 'ingestion_rate_mb: 31',
    bad: 'nonsense: 1',
    words: ['/etc/loki/loki.yml', 'field nonsense not found'],
  },
  {
    service: 'tempo',
    template: 'tempo/tempo.yml',
    good: [/query_end_cutoff: \d+s/, 'query_end_cutoff: 2s'],
    inForce: () => page(`${doors.tempo}/status/config`),
    seen: 'query_end_cutoff: 2s',
    bad: 'nonsense: 1',
    words: ['/etc/tempo.yml', 'field nonsense not found'],
  },
];

function put(template: string, text: string): void {
  mkdirSync(dirname(join(folder, template)), { recursive: true });
  writeFileSync(join(folder, template), text);
}

function goodText({ template, good: [from, to] }: Subject): string {
  const text = readFileSync(join(resources, template), 'utf8');
  if (!from.test(text)) throw new Error(`${template} has no ${from} any more: give this test another change`);
  return text.replace(from, to);
}

async function templatesInForce(): Promise<readonly string[]> {
  const found = await Promise.all(
    subjects.map(async ({ template, inForce, seen }) => ((await inForce()).includes(seen) ? [template] : [])),
  );
  return found.flat();
}

const putAll = (textOf: (subject: Subject) => string): void =>
  subjects.forEach((subject) => put(subject.template, textOf(subject)));

const notes = async (): Promise<string> => ((await json(['status']))['notes'] as readonly string[]).join('\n');

async function checks(): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return (await json(['config', 'check']))['services'] as readonly Readonly<Record<string, unknown>>[];
}

describe('the app’s own configuration', () => {
  beforeAll(() => rmSync(folder, { recursive: true, force: true }));

  const judged = catalog.filter(({ check }) => check !== undefined).map(({ id }) => id);
  for (const id of judged) {
    test(`of ${id} is accepted by its own program, with all there is switched on`, async (context) => {
      needsStack(context);
      const missing = await missingPrograms([id]);
      context.skip(missing !== undefined, missing);
      writeSettings({
        engineMetrics: true,
        kindClusters: true,
        targets: [{ name: 'mine', address: 'shop.example:9090', path: '/metrics', scheme: 'http' }],
      });
      try {
        const found = await checks();
        expect(found.find(({ service }) => service === id)).toMatchObject({ result: 'accepted', words: '' });
      } finally {
        writeSettings({ disabledServices });
      }
    });
  }
});

describe('templates of the user’s own', () => {
  test('that are good are in force after "up", which says that it asks first', async (context) => {
    needsStack(context);
    putAll(goodText);
    const plan = await macula(['plan']);
    for (const { service, template } of subjects) {
      expect(plan.stdout).toContain(`check-config ${service}: ${template} is the user's own`);
    }
    const { code, stdout, stderr } = await macula(['up']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toContain('Your ');
    expect(await templatesInForce()).toEqual(subjects.map(({ template }) => template));
    expect((await macula(['plan'])).stdout).toBe('nothing to do\n');
  });

  test('that are broken are refused in the program’s own words, and what ran goes on running', async (context) => {
    needsStack(context);
    const before = await containerRuns();
    putAll((subject) => `${goodText(subject)}\n${subject.bad}\n`);
    const { code, stdout } = await macula(['up']);
    expect(code).toBe(0);
    expect(await containerRuns()).toEqual(before);
    const told = await notes();
    for (const { template, words } of subjects) {
      expect(told).toContain(`Your ${template} is not in use, what ran before goes on running.`);
      expect(stdout).toContain(`Note: Your ${template} is not in use`);
      for (const word of words) expect(told).toContain(word);
    }
    expect(await templatesInForce()).toEqual(subjects.map(({ template }) => template));
    const asked = await macula(['config', 'check']);
    expect(asked.code).toBe(1);
    for (const { service, words } of subjects) {
      expect(asked.stdout).toMatch(new RegExp(`${service} +refused in \\d+ ms`));
      for (const word of words) expect(asked.stdout).toContain(word);
    }
    expect(await containerRuns()).toEqual(before);
  });

  test('that are taken away give way to the app’s own', async (context) => {
    needsStack(context);
    rmSync(folder, { recursive: true });
    expect((await macula(['up'])).code).toBe(0);
    expect(await templatesInForce()).toEqual([]);
    expect(await notes()).not.toContain('Your ');
  });

  test('that are broken touch nothing where the app’s own runs', async (context) => {
    needsStack(context);
    const before = await containerRuns();
    putAll((subject) => `${goodText(subject)}\n${subject.bad}\n`);
    expect(await json(['up'])).toMatchObject({ outcome: 'done', failures: [] });
    expect(await containerRuns()).toEqual(before);
    expect(await notes()).toContain("Your loki/loki.yml is not in use, the app's own is.");
  });

  test('that are broken do not keep a stack from coming up from nothing', async (context) => {
    needsStack(context);
    expect((await macula(['down'])).code).toBe(0);
    expect(await json(['up'])).toMatchObject({ outcome: 'done', failures: [] });
    expect(await templatesInForce()).toEqual([]);
    expect(await notes()).toContain('Your tempo/tempo.yml is not in use');
  });
});
