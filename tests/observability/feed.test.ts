// What the running app feeds into the real Prometheus and Loki, and what their own queries find of it.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../electron/runtime/runtime-api.ts';
import { askEngine, killContainer, removeStack, requireNoStack } from '../e2e/engine-api.ts';
import {
  type App,
  askPrometheus,
  eventually,
  type FoundLine,
  linesInLoki,
  lokiCounter,
  loadWriterImage,
  missingForFeed,
  newSettingsFolder,
  openApp,
  removeFolder,
  removeWriter,
  startScript,
  startWriter,
} from './feed-support.ts';

const lineCount = 10_000;
const writers = [
  'macula-test-writer-plain',
  'macula-test-writer-trouble',
  'macula-test-writer-again',
  'macula-test-writer-long',
];

let missing: string | undefined = 'the stack was not looked for';
let folder = '';
let app: App | undefined;

beforeAll(async () => {
  missing = await missingForFeed();
  if (missing !== undefined) return;
  await requireNoStack();
  await loadWriterImage();
  folder = newSettingsFolder();
  app = await openApp(folder);
  const outcome = await app.runtime.run({ kind: 'up' });
  if (outcome.kind !== 'done') throw new Error(`The stack did not come up: ${JSON.stringify(outcome)}`);
});

afterAll(async () => {
  app?.runtime.close();
  if (missing !== undefined) return;
  await Promise.all(writers.map(removeWriter));
  await removeStack();
  removeFolder(folder);
});

interface EngineStats {
  readonly cpu_stats: { readonly cpu_usage: { readonly total_usage: number } };
  readonly memory_stats: { readonly usage: number };
  readonly pids_stats: { readonly current: number };
  readonly networks: Readonly<Record<string, { readonly rx_bytes: number; readonly tx_bytes: number }>>;
}

describe('figures', () => {
  it('are in Prometheus under their names, with the labels service and container_name and no others', async (context) => {
    context.skip(missing !== undefined, missing);
    const names = [
      'container_cpu_time_seconds_total',
      'container_disk_read_bytes_total',
      'container_disk_write_bytes_total',
      'container_memory_usage_bytes',
      'container_network_receive_bytes_total',
      'container_network_transmit_bytes_total',
      'container_processes',
    ];
    const found = await eventually(60, 'the figures of both services', async () => {
      const series = await askPrometheus('{__name__=~"container_.+",__name__!="container_memory_limit_bytes"}');
      return series.length === 2 * names.length ? series : undefined;
    });
    const stack = ['prometheus', 'loki'].flatMap((service) =>
      names.map((name) => ({ __name__: name, service, container_name: `macula-${service}` })),
    );
    expect(found.map(({ metric }) => metric)).toEqual(expect.arrayContaining(stack));
  });

  it('are what the engine itself says', async (context) => {
    context.skip(missing !== undefined, missing);
    const one = (name: string): Promise<number> =>
      eventually(60, name, async () => {
        const [found] = await askPrometheus(`${name}{service="loki"}`);
        return found === undefined ? undefined : Number(found.value[1]);
      });
    const seconds = await one('container_cpu_time_seconds_total');
    const memory = await one('container_memory_usage_bytes');
    const processes = await one('container_processes');
    const received = await one('container_network_receive_bytes_total');
    const transmitted = await one('container_network_transmit_bytes_total');
    const written = await one('container_disk_write_bytes_total');
    // Last: what only ever grows has not passed it then.
    const said = (await askEngine('GET', '/containers/macula-loki/stats?stream=false&one-shot=true')) as EngineStats;
    const networks = Object.values(said.networks);
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(said.cpu_stats.cpu_usage.total_usage / 1e9);
    expect(memory).toBeGreaterThan(said.memory_stats.usage / 5);
    expect(memory).toBeLessThan(said.memory_stats.usage * 5);
    expect(processes).toBeGreaterThan(said.pids_stats.current / 3);
    expect(processes).toBeLessThan(said.pids_stats.current * 3);
    // Everybody asks it whether it is ready.
    expect(received).toBeGreaterThan(0);
    expect(received).toBeLessThanOrEqual(sum(networks.map(({ rx_bytes }) => rx_bytes)));
    expect(transmitted).toBeGreaterThan(0);
    expect(transmitted).toBeLessThanOrEqual(sum(networks.map(({ tx_bytes }) => tx_bytes)));
    expect(written).toBeGreaterThanOrEqual(0);
  });

  it('tell how much the volumes hold', async (context) => {
    context.skip(missing !== undefined, missing);
    const found = await eventually(60, 'the sizes of both volumes', async () => {
      const series = await askPrometheus('macula_volume_size_bytes > 0');
      return series.length === 2 ? series : undefined;
    });
    expect(found.map(({ metric }) => `${metric['service']} ${metric['volume']}`).toSorted()).toEqual([
      'loki loki-data',
      'prometheus prometheus-data',
    ]);
  });

  it('follow what is ready, and end with a container', async (context) => {
    context.skip(missing !== undefined, missing);
    const ready = async () =>
      Object.fromEntries(
        (await askPrometheus('macula_service_ready')).map(({ metric, value }) => [metric['service'], value[1]]),
      );
    const untilTold = (what: string, isTold: (services: Readonly<Record<string, string>>) => boolean) =>
      eventually(60, what, async () => {
        const told = await ready();
        return isTold(told) ? told : undefined;
      });
    const both = { prometheus: '1', loki: '1' };
    const areBoth = (told: Readonly<Record<string, string>>) => isDeepStrictEqual(told, both);
    expect(await untilTold('both are told to be up', areBoth)).toEqual(both);
    let again: Outcome | undefined;
    try {
      expect(await app?.runtime.run({ kind: 'stop', services: ['loki'] })).toEqual({ kind: 'done' });
      await untilTold('Loki is told to be down', ({ loki }) => loki === '0');
      await eventually(60, 'the figures of Loki end, those of Prometheus do not', async () => {
        const services = (await askPrometheus('container_processes')).map(({ metric }) => metric['service']);
        return isDeepStrictEqual(services, ['prometheus']) ? true : undefined;
      });
    } finally {
      again = await app?.runtime.run({ kind: 'up' });
    }
    expect(again).toEqual({ kind: 'done' });
    await untilTold('both are told to be up again', areBoth);
  });
});

const numbersOf = (lines: readonly FoundLine[]): readonly number[] =>
  lines.map(({ text }) => Number(text.replace('line ', '')));
const allNumbers = Array.from({ length: lineCount }, (_, index) => index);
const ofStream = (lines: readonly FoundLine[], stream: string): readonly number[] =>
  numbersOf(lines.filter(({ labels }) => labels['stream'] === stream));

// The engine stamps each output by itself: in order are the lines of one of them.
function expectRuns(lines: readonly FoundLine[], runs: number): void {
  const isOut = (number: number): boolean => Math.floor(number / 100) % 2 === 0;
  const written = Array.from({ length: runs }, () => allNumbers).flat();
  expect(ofStream(lines, 'stdout')).toEqual(written.filter(isOut));
  expect(ofStream(lines, 'stderr')).toEqual(written.filter((number) => !isOut(number)));
}

async function allLines(container: string): Promise<readonly FoundLine[]> {
  return eventually(90, `all lines of ${container}`, async () => {
    const lines = await linesInLoki(container);
    return new Set(numbersOf(lines)).size >= lineCount ? lines : undefined;
  });
}

describe('logs', () => {
  it('of a container that asks for it arrive in order, whole and once', async (context) => {
    context.skip(missing !== undefined, missing);
    const name = writers[0] as string;
    await startWriter(name, lineCount, 0);
    const lines = await allLines(name);
    expectRuns(lines, 1);
    expect(lines.find(({ text }) => text === 'line 0')?.labels).toMatchObject({
      service_name: 'writer',
      container: name,
      stream: 'stdout',
      source: 'app',
    });
  });

  it('lose and repeat nothing when Loki is restarted and killed, and the app is closed and opened', async (context) => {
    context.skip(missing !== undefined, missing);
    const name = writers[1] as string;
    await startWriter(name, lineCount, 1);
    const some = (count: number) =>
      eventually(60, `${count} lines`, async () => ((await linesInLoki(name)).length >= count ? true : undefined));
    await some(500);
    await askEngine('POST', '/containers/macula-loki/restart?t=20');
    await some(3000);
    app?.runtime.close();
    await new Promise((resolve) => setTimeout(resolve, 2000));
    app = await openApp(folder);
    await some(5000);
    await killContainer('macula-loki');
    await askEngine('POST', '/containers/macula-loki/start');
    expectRuns(await allLines(name), 1);
  });

  it('that are sent a second time, as after a crash, are there once', async (context) => {
    context.skip(missing !== undefined, missing);
    const name = writers[2] as string;
    await startWriter(name, lineCount, 0);
    await allLines(name);
    app?.runtime.close();
    rmSync(join(folder, 'state'), { recursive: true, force: true });
    const refusedBefore = await lokiCounter('loki_discarded_samples_total');
    const receivedBefore = await lokiCounter('loki_distributor_lines_received_total');
    app = await openApp(folder);
    // What it writes now comes after all that is sent again.
    await askEngine('POST', `/containers/${name}/restart?t=0`);
    const lines = await eventually(90, 'the lines of the next run', async () => {
      const found = await linesInLoki(name);
      return found.length >= 2 * lineCount ? found : undefined;
    });
    expectRuns(lines, 2);
    // They were really sent again, and none was refused.
    expect(await lokiCounter('loki_distributor_lines_received_total')).toBeGreaterThanOrEqual(
      receivedBefore + 2 * lineCount,
    );
    expect(await lokiCounter('loki_discarded_samples_total')).toBe(refusedBefore);
  });

  it('that Loki does not take are counted with its words, and the others arrive', async (context) => {
    context.skip(missing !== undefined, missing);
    const name = writers[3] as string;
    const longLine = "/bin/busybox head -c 300000 /dev/zero | /bin/busybox tr '\\0' x; echo";
    await startScript(name, ['echo before', longLine, 'echo after']);
    const lines = await eventually(60, 'the lines around it', async () => {
      const found = await linesInLoki(name);
      return found.some(({ text }) => text === 'after') ? found : undefined;
    });
    expect(lines.map(({ text }) => text)).toEqual(['before', 'after']);
    const dropped = (await app?.runtime.telemetry.view())?.dropped ?? [];
    const refused = dropped.find(({ what }) => what.startsWith('log lines that the app sent and Loki refused'));
    expect(refused?.what).toMatch(/max entry size .* exceeded .* length '300000' bytes/);
    expect(refused?.count).toBe(1);
  });
});
