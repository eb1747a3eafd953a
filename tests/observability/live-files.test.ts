// The files that are exchanged while the programs run: what stands in them is in force within seconds, without a restart.
import { expect, test } from 'vitest';
import { waitUntil } from '../e2e/wait-until.ts';
import { containerRuns } from '../cli/support/stack.ts';
import { doors } from './support/doors.ts';
import { whileChanged, writeContainerFile } from './support/container-files.ts';
import { getJson, promQl } from './support/queries.ts';
import { sendTrace } from './support/otlp.ts';
import { useRealStack } from './support/real-stack.ts';

// Each program looks every five seconds.
const patienceSeconds = 30;

const needsStack = useRealStack({
  real: ['prometheus', 'loki', 'tempo'],
  settings: { disabledServices: ['alloy', 'grafana', 'excalidraw'] },
});

async function text(url: string): Promise<string> {
  return await (await fetch(url)).text();
}

test('Loki keeps logs as long as its file says', async (context) => {
  needsStack(context);
  const before = await containerRuns();
  const file = { container: 'macula-loki', path: '/etc/loki/overrides.yml' };
  // Without accounts, all logs belong to this one.
  const headers = { 'X-Scope-OrgID': 'fake' };
  const limits = async () => (await fetch(`${doors.loki}/config/tenant/v1/limits`, { headers })).text();
  const inForce = async () => /^retention_period: (\w+)$/m.exec(await limits())?.[1];
  expect(await inForce()).toBe('1w');
  const twoDays = (own: string) => own.replace(/retention_period: \w+/, 'retention_period: 48h');
  await whileChanged(file, twoDays, async () => {
    await waitUntil(
      'Loki keeps them for two days',
      async () => ((await inForce()) === '2d' ? true : undefined),
      patienceSeconds,
      limits,
    );
  });
  expect(await containerRuns()).toEqual(before);
});

test('Tempo keeps traces as long as its file says, and takes them all the same', async (context) => {
  needsStack(context);
  const before = await containerRuns();
  const file = { container: 'macula-tempo', path: '/etc/tempo-overrides.yml' };
  const inForce = async () =>
    /block_retention: (\w+)/.exec(await text(`${doors.tempo}/status/overrides/single-tenant`))?.[1];
  expect(await inForce()).toBe('3d');
  const oneDay = (own: string) => own.replace(/block_retention: \w+/, 'block_retention: 24h');
  await whileChanged(file, oneDay, async () => {
    await waitUntil(
      'Tempo keeps them for a day',
      async () => ((await inForce()) === '1d' ? true : undefined),
      patienceSeconds,
    );
    await sendTrace('after-the-change');
  });
  expect(await containerRuns()).toEqual(before);
});

test('Prometheus scrapes what is written into its targets, under the name it is given there', async (context) => {
  needsStack(context);
  const before = await containerRuns();
  const file = { container: 'macula-prometheus', path: '/etc/prometheus/targets/user.json' };
  const targets = [
    { targets: ['loki:3100'], labels: { service: 'my-program' } },
    { targets: ['tempo:3200'], labels: {} },
  ];
  const services = async () => {
    const answer = (await getJson(`${doors.prometheus}/api/v1/targets?state=active&scrapePool=targets`)) as {
      readonly data: { readonly activeTargets: readonly { readonly labels: Readonly<Record<string, string>> }[] };
    };
    return answer.data.activeTargets.map(({ labels }) => labels['service'] ?? '').toSorted();
  };
  const written = () => JSON.stringify(targets);
  const up = async () => (await promQl('up{job="targets"} == 1')).length === 2;
  await whileChanged(file, written, async () => {
    await waitUntil(
      'both are scraped',
      async () => ((await services()).length === 2 ? true : undefined),
      patienceSeconds,
    );
    expect(await services()).toEqual(['my-program', 'tempo']);
    await waitUntil('both answer', async () => ((await up()) ? true : undefined), patienceSeconds);
    await writeContainerFile(file.container, file.path, '[]');
    await waitUntil(
      'neither is a target',
      async () => ((await services()).length === 0 ? true : undefined),
      patienceSeconds,
    );
  });
  expect(await containerRuns()).toEqual(before);
});
