// How long signals are kept, and wiping one of them, on the real programs. That they delete what is too old is theirs to
// do within half an hour; here it is shown that each has the time that was chosen in force, and loses nothing by it.
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { labels } from '../../electron/core/identity.ts';
import { json, macula, startMacula } from '../cli/support/macula.ts';
import { changedServices, containerRuns, postToEngine } from '../cli/support/stack.ts';
import { askEngine, stackContainers } from '../e2e/engine-api.ts';
import { waitUntil } from '../e2e/wait-until.ts';
import { doors } from './support/doors.ts';
import { pushLines, sendGauge, sendTrace } from './support/otlp.ts';
import { getJson, logQl, promQl, traceById } from './support/queries.ts';
import { done, useRealStack, whileStopped } from './support/real-stack.ts';

const needsStack = useRealStack({
  real: ['prometheus', 'loki', 'tempo'],
  settings: { disabledServices: ['alloy', 'grafana', 'excalidraw', 'ingress'] },
});

const patienceSeconds = 30;

interface Kept {
  readonly metric: string;
  readonly line: string;
  readonly traceId: string;
}

// One of each signal, found again before it is handed out.
async function sendOneOfEach(): Promise<Kept> {
  const mark = randomBytes(4).toString('hex');
  const kept = { metric: `kept_${mark}`, line: `line ${mark}`, traceId: '' };
  await sendGauge(`${doors.prometheus}/api/v1/otlp/v1/metrics`, { name: kept.metric, value: 7, resource: {} });
  await pushLines({ job: 'retention' }, [kept.line]);
  const { traceId } = await sendTrace(`retention-${mark}`);
  const all = { ...kept, traceId };
  await waitUntil(
    'all three are found',
    async () => ((await whatIsKept(all)) === everything ? true : undefined),
    patienceSeconds,
  );
  return all;
}

const everything = 'metric, log, trace';

async function whatIsKept({ metric, line, traceId }: Kept): Promise<string> {
  const [series, lines, spans] = await Promise.all([
    promQl(`last_over_time(${metric}[1h])`),
    logQl('{job="retention"}'),
    traceById(traceId),
  ]);
  return [
    ...(series.some(({ value }) => value[1] === '7') ? ['metric'] : []),
    ...(lines.some(({ text }) => text === line) ? ['log'] : []),
    ...(spans === undefined ? [] : ['trace']),
  ].join(', ');
}

async function text(url: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) });
  return response.text();
}

// As Loki holds it now, for whoever has no account.
const lokiLimits = () => text(`${doors.loki}/config/tenant/v1/limits`, { 'X-Scope-OrgID': 'fake' });
const tempoOverrides = async () =>
  (await text(`${doors.tempo}/status/runtime_config`)).split('\noverrides:\n')[1] ?? '';
const has = (ask: () => Promise<string>, words: string) => async () =>
  (await ask()).includes(words) ? true : undefined;

// undefined while there is no such volume. By the second: whoever compares has not made it just now.
async function volumeMadeAt(name: string): Promise<string | undefined> {
  const { Volumes } = (await askEngine('GET', '/volumes')) as {
    readonly Volumes: readonly { readonly Name: string; readonly CreatedAt: string }[] | null;
  };
  return Volumes?.find((volume) => volume.Name === name)?.CreatedAt;
}

const lokiAnswers = () =>
  fetch(`${doors.loki}/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

describe('the time that is kept', () => {
  test('is at first that of the settings, in each of the programs', async (context) => {
    needsStack(context);
    expect(await lokiLimits()).toContain('\nretention_period: 1w\n');
    expect(await tempoOverrides()).toContain('block_retention: 3d');
    const { data } = (await getJson(`${doors.prometheus}/api/v1/status/runtimeinfo`)) as {
      readonly data: { readonly storageRetention: string };
    };
    expect(data.storageRetention).toBe('15d or 3GiB742MiB714KiB');
  });

  test('is told to Loki and Tempo with the order to delete, and how often they are to look', async (context) => {
    needsStack(context);
    const loki = await text(`${doors.loki}/config`);
    const [, compactor = ''] = /\ncompactor:\n((?: .*\n)+)/.exec(loki) ?? [];
    expect(compactor).toContain('  retention_enabled: true\n');
    expect(compactor).toContain('  delete_request_store: filesystem\n');
    expect(compactor).toContain('  compaction_interval: 5m0s\n');
    expect(compactor).toContain('  retention_delete_delay: 10m0s\n');
    const tempo = await text(`${doors.tempo}/status/config`);
    expect(tempo).toContain('compacted_block_retention: 10m0s');
    expect(tempo).toMatch(/retention:\n\s+interval: 5m0s/);
  });

  test('of logs and traces changes without a restart, and nothing that is kept is lost', async (context) => {
    needsStack(context);
    const kept = await sendOneOfEach();
    const before = await containerRuns();
    const logs = await json(['retention', 'logs', '--days', '2']);
    expect(logs).toMatchObject({ command: 'retention', outcome: 'done', signals: [{ signal: 'logs', days: 2 }] });
    const traces = await macula(['retention', 'traces', '--days', '1', '--size', '2GB']);
    expect(traces.stdout).toContain('In force within seconds; nothing is restarted.');
    await waitUntil('Loki has it', has(lokiLimits, '\nretention_period: 2d\n'), patienceSeconds);
    await waitUntil('Tempo has it', has(tempoOverrides, 'block_retention: 1d'), patienceSeconds);
    // Of Tempo's own limits none went with it: what is left out would be 0 and refuse everything.
    expect(await tempoOverrides()).toMatch(/rate_limit_bytes: [1-9]/);
    expect(await containerRuns()).toEqual(before);
    expect(await whatIsKept(kept)).toBe(everything);
    await sendOneOfEach();
    const plan = await macula(['plan', 'prometheus', 'loki', 'tempo']);
    expect(plan.stdout).toContain('nothing to do');
  });

  test('of metrics changes with a restart of Prometheus alone, which is said, and nothing is lost', async (context) => {
    needsStack(context);
    const kept = await sendOneOfEach();
    const before = await containerRuns();
    const { code, stdout } = await macula(['retention', 'metrics', '--days', '30', '--size', '500MB']);
    expect(code).toBe(0);
    expect(stdout).toContain('Prometheus is restarted for it.');
    expect(changedServices(before, await containerRuns())).toEqual(['prometheus']);
    const { data } = (await getJson(`${doors.prometheus}/api/v1/status/runtimeinfo`)) as {
      readonly data: { readonly storageRetention: string };
    };
    expect(data.storageRetention).toBe('30d or 476MiB857KiB256B');
    expect(await whatIsKept(kept)).toBe(everything);
  });

  test('is shown with what is used, as the engine measures it', async (context) => {
    needsStack(context);
    await done(['retention', 'metrics', '--days', '20', '--size', '400MB']);
    const { signals } = (await json(['retention'])) as {
      readonly signals: readonly { readonly signal: string; readonly usedBytes: number | null }[];
    };
    expect(signals.map(({ signal }) => signal)).toEqual(['metrics', 'logs', 'traces']);
    for (const { usedBytes } of signals) expect(usedBytes).toBeGreaterThan(0);
    const table = await macula(['retention']);
    expect(table.stdout).toMatch(/^metrics +20 days +400 MB +(\d+|less than 1) MB$/m);
  });
});

describe('wiping a signal', () => {
  const titles = { metrics: 'metric', logs: 'log', traces: 'trace' } as const;

  test.for([
    ['metrics', 'prometheus'],
    ['logs', 'loki'],
    ['traces', 'tempo'],
  ] as const)('empties %s, and the others keep theirs', async ([signal, service], context) => {
    needsStack(context);
    const kept = await sendOneOfEach();
    const before = await containerRuns();
    await done(['wipe', signal, '--yes']);
    expect(changedServices(before, await containerRuns())).toEqual([service]);
    const others = everything.split(', ').filter((title) => title !== titles[signal]);
    expect(await whatIsKept(kept)).toBe(others.join(', '));
    // And is taken in again.
    await sendOneOfEach();
  });

  test('asks first, and does nothing where nobody answers', async (context) => {
    needsStack(context);
    const before = await containerRuns();
    const { code, stderr } = await macula(['wipe', 'logs']);
    expect(code).toBe(1);
    expect(stderr).toContain('This deletes for good all logs that are kept, in loki-data.');
    expect(stderr).toContain('--yes');
    expect(await containerRuns()).toEqual(before);
  });

  test('of a service that is stopped takes its data and does not start it', async (context) => {
    needsStack(context);
    const kept = await sendOneOfEach();
    await whileStopped('tempo', async () => {
      await done(['wipe', 'traces', '--yes']);
      expect((await containerRuns())['tempo']).toBeUndefined();
    });
    expect(await whatIsKept(kept)).toBe('metric, log');
  });

  test('touches nothing while another container has the volume, and names it', async (context) => {
    needsStack(context);
    const kept = await sendOneOfEach();
    const before = await containerRuns();
    const name = `macula-test-${randomBytes(4).toString('hex')}`;
    const { Image } = (await askEngine('GET', '/containers/macula-loki/json')) as { readonly Image: string };
    // Never started: the engine does not let the volume go even so.
    await postToEngine(`/containers/create?name=${name}`, { Image, HostConfig: { Binds: ['loki-data:/data'] } });
    try {
      const { code, stderr } = await macula(['wipe', 'logs', '--yes']);
      expect(code).toBe(1);
      expect(stderr).toContain(`The volume loki-data is in use by ${name}`);
      expect(stderr).toContain(`docker rm -f ${name}`);
      expect(await containerRuns()).toEqual(before);
      expect(await whatIsKept(kept)).toBe(everything);
    } finally {
      await askEngine('DELETE', `/containers/${name}?force=true`);
    }
    await done(['wipe', 'logs', '--yes']);
    expect(await whatIsKept(kept)).toBe('metric, trace');
  });

  test('that is killed as its volume goes is finished by the next "up"', async (context) => {
    needsStack(context);
    await done(['retention', 'logs', '--days', '3']);
    const kept = await sendOneOfEach();
    const before = await volumeMadeAt('loki-data');
    expect(before).toBeDefined();
    const wipe = startMacula(['wipe', 'logs', '--yes']);
    wipe.process.stdin?.end();
    // Its container is gone then, and what comes after takes Loki some seconds.
    await waitUntil(
      'its volume goes',
      async () => ((await volumeMadeAt('loki-data')) !== before ? true : undefined),
      patienceSeconds,
    );
    wipe.process.kill('SIGKILL');
    expect(await wipe.ended).toMatchObject({ code: 137 });
    expect(await lokiAnswers()).toBe(false);
    await done(['up']);
    expect(await whatIsKept(kept)).toBe('metric, trace');
    expect(await lokiLimits()).toContain('\nretention_period: 3d\n');
    await sendOneOfEach();
  });
});

test('no container of the stack writes its own log for ever', async (context) => {
  needsStack(context);
  const containers = await stackContainers();
  const capped = await Promise.all(
    containers.map(async ({ Id, Labels }) => {
      const { HostConfig } = (await askEngine('GET', `/containers/${Id}/json`)) as {
        readonly HostConfig: { readonly LogConfig: { readonly Type: string; readonly Config: Record<string, string> } };
      };
      return [Labels[labels.service], HostConfig.LogConfig.Type, HostConfig.LogConfig.Config['max-size']];
    }),
  );
  expect(capped.toSorted()).toEqual(['loki', 'prometheus', 'tempo'].map((service) => [service, 'json-file', '10m']));
});
