import { expect, test } from 'vitest';
import { defaultSettings } from '../../../electron/core/settings.ts';
import { type TelemetryFacts, telemetryView } from '../../../electron/core/telemetry/derive-view.ts';
import { dropCounts, dropQueries, sumOf } from '../../../electron/core/telemetry/drops.ts';
import { emptyFeed } from '../../../electron/core/telemetry/feed-state.ts';
import { desiredStack } from './fixtures.ts';

function facts(change: Partial<TelemetryFacts> = {}): TelemetryFacts {
  return {
    settings: defaultSettings,
    desired: desiredStack(),
    engine: undefined,
    labelled: [],
    lanAddress: undefined,
    stores: [],
    targets: undefined,
    drops: [],
    shipping: { by: 'collector' },
    feed: undefined,
    overridesFolder: '/home/user/.config/macula-desktop/templates',
    ...change,
  };
}

const shop = {
  id: 'one',
  name: 'shop-web-1',
  labels: { 'io.macula.observe': 'true', 'io.macula.metrics-port': '8000', 'com.docker.compose.service': 'web' },
  networks: { shop_default: '172.19.0.3' },
};

test('a sum is read from Prometheus’ answer, and none from anything else', () => {
  expect(sumOf({ status: 'success', data: { result: [{ value: [1, '12'] }] } })).toBe(12);
  expect(sumOf({ status: 'success', data: { result: [] } })).toBeUndefined();
  expect(sumOf(undefined)).toBeUndefined();
  expect(sumOf('no JSON')).toBeUndefined();
});

test('only what was lost is counted', () => {
  const sums = dropQueries.map(({ what }) => (what === 'spans refused by Tempo' ? 3 : 0));
  expect(dropCounts(sums)).toEqual([{ what: 'spans refused by Tempo', count: 3 }]);
  expect(dropCounts([])).toEqual([]);
});

test('what the app itself lost is counted with the rest', () => {
  const empty = emptyFeed();
  const feed = { ...empty, logs: { ...empty.logs, refused: 2, refusal: 'too far behind' } };
  expect(telemetryView(facts({ feed })).dropped).toEqual([
    { what: 'log lines that the app sent and Loki refused (too far behind)', count: 2 },
  ]);
});

test('of a Prometheus that has scraped nothing yet nothing is known', () => {
  const scraped = (health: string) => ({
    data: { activeTargets: [{ scrapePool: 'stack', scrapeUrl: 'http://a', health }] },
  });
  const silenceWith = (targets: unknown) => telemetryView(facts({ targets, drops: [] })).silence?.reason;
  expect(silenceWith({ data: { activeTargets: [] } })).toBe('Prometheus has scraped nothing yet.');
  expect(silenceWith(scraped('unknown'))).toBe('Prometheus has scraped nothing yet.');
  expect(silenceWith(scraped('down'))).toBeUndefined();
});

test('containers that ask for it are named, and what is wrong with them is a note', () => {
  const wrong = {
    ...shop,
    id: 'two',
    name: 'shop-job-1',
    labels: { ...shop.labels, 'io.macula.metrics-port': 'none' },
  };
  const view = telemetryView(facts({ labelled: [shop, wrong] }));
  expect(view.logs).toEqual({ by: 'collector', observed: ['shop-web-1', 'shop-job-1'] });
  expect(view.targets).toEqual([
    { name: 'web', url: 'http://172.19.0.3:8000/metrics', origin: 'label', health: 'unknown' },
  ]);
  expect(view.notes).toHaveLength(1);
  expect(view.notes[0]).toContain('shop-job-1');
});

test('the guides have the addresses of this stack', () => {
  const text = JSON.stringify(
    telemetryView(facts({ lanAddress: '10.1.2.3', desired: desiredStack({ subnetPrefix: '172.29' }) })).guides,
  );
  expect(text).toContain('http://172.29.0.25:4318');
  expect(text).toContain('http://10.1.2.3:4318');
  expect(text).not.toContain('172.23.');
});

test('the engine is said to serve nothing only where that was asked for', () => {
  const engine = {
    product: 'Docker Engine',
    version: '28.0.0',
    apiVersion: '1.48',
    operatingSystem: 'Debian',
    rootless: false,
    endpoint: 'unix:///var/run/docker.sock',
    foundBy: 'the test',
  };
  const targets = {
    data: {
      activeTargets: [
        { scrapePool: 'engine', scrapeUrl: 'http://172.17.0.1:9323/metrics', health: 'down', lastError: 'refused' },
      ],
    },
  };
  const settings = { ...defaultSettings, engineMetrics: true };
  expect(telemetryView(facts({ engine, targets, settings })).notes[0]).toContain('metrics-addr');
  expect(telemetryView(facts({ engine, targets })).notes).toEqual([]);
});
