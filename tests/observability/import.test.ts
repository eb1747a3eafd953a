// Volumes of an older set-up are taken over by the command itself. Prometheus is the real one on both sides. Grafana may
// be a stub here: of it only the copy is shown, not that the newer one opens the older one's database.
import { mkdirSync, rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { labels, stackName } from '../../electron/core/identity.ts';
import { json, macula, settingsFolder, startMacula } from '../cli/support/macula.ts';
import { postToEngine, useStack } from '../cli/support/stack.ts';
import { askEngine } from '../e2e/engine-api.ts';
import { waitUntil } from '../e2e/wait-until.ts';
import { OlderVolumes } from './support/older-volumes.ts';
import { missingPrograms } from './support/programs.ts';
import { promQl } from './support/queries.ts';
import { done, writeSettings } from './support/real-stack.ts';

const skipWithoutStack = useStack();
let missing: string | undefined;
let older: OlderVolumes | undefined;

beforeAll(async () => {
  mkdirSync(settingsFolder, { recursive: true });
  missing = await missingPrograms(['prometheus', 'loki']);
});
afterEach(async () => {
  // Also where a killed command left a container behind that has one of them.
  if (older !== undefined) await done(['down', '--volumes', '--yes']);
});
afterAll(async () => {
  await older?.close();
  rmSync(settingsFolder, { recursive: true, force: true });
});

async function volumesOf(context: TestContext): Promise<OlderVolumes> {
  skipWithoutStack(context);
  context.skip(missing !== undefined, missing);
  writeSettings({ disabledServices: ['alloy', 'excalidraw', 'ingress', 'tempo'] });
  older ??= await OlderVolumes.open();
  return older;
}

const oldPrometheus = 'infrastructure_prometheus-data';
const oldGrafana = 'infrastructure_grafana-data';

// Much enough that a copy takes a while; with a link, a hidden file, owners, modes and times that are kept.
const grafanaFiles = `cd /v; mkdir -p plugins png; echo database > grafana.db; echo hidden > .hidden; ln -s grafana.db link
for i in 1 2 3 4 5 6 7 8; do dd if=/dev/urandom of=plugins/file$i bs=1M count=15 2>/dev/null; done
chown -R 472:0 .; chown 12:34 'png'; chmod 640 grafana.db; chmod 2750 png; touch -d '2024-01-02 03:04:05' grafana.db`;

// As the older set-up starts it, only that it scrapes once a second: this test has no minutes.
const configuration = `global: { scrape_interval: 1s, evaluation_interval: 15s }
scrape_configs:
  - job_name: prometheus
    static_configs: [{ targets: ['localhost:9090'], labels: { setup: older } }]
`;
const flags = [
  '--config.file=/etc/prometheus/prometheus.yml',
  '--storage.tsdb.path=/prometheus',
  '--web.console.libraries=/usr/share/prometheus/console_libraries',
  '--web.console.templates=/usr/share/prometheus/consoles',
];

async function runOldPrometheus(volumes: OlderVolumes, seconds: number): Promise<void> {
  await postToEngine('/containers/create?name=older-prometheus', {
    Image: 'prom/prometheus:v3.15.0',
    Cmd: flags,
    HostConfig: { NetworkMode: 'none', Mounts: [{ Type: 'volume', Source: oldPrometheus, Target: '/prometheus' }] },
  });
  const file = { path: '/etc/prometheus/prometheus.yml', content: configuration, mode: 0o644 };
  await volumes.engine.uploadFiles('older-prometheus', [file]);
  await askEngine('POST', '/containers/older-prometheus/start');
  const query = [
    '/bin/promtool',
    'query',
    'instant',
    'http://localhost:9090',
    'count_over_time(up{setup="older"}[1m])',
  ];
  await waitUntil(
    'the older Prometheus has scraped',
    async () => {
      const { output } = await volumes.engine.execute('older-prometheus', query);
      return Number(/=> (\d+)/.exec(output)?.[1] ?? 0) >= seconds ? true : undefined;
    },
    60,
  );
}

const olderSamples = async (): Promise<number> =>
  Number((await promQl('count_over_time(up{setup="older"}[1h])'))[0]?.value[1] ?? 0);

async function importRefusal(args: readonly string[]): Promise<unknown> {
  const { outcome, failures } = (await json(['import', ...args])) as {
    readonly outcome: string;
    readonly failures: readonly { readonly code: string; readonly refusal?: { readonly kind: string } }[];
  };
  expect(outcome).toBe('failed');
  return failures[0]?.refusal ?? failures[0]?.code;
}

test('metrics of an older Prometheus are found in ours, and the older volume is as it was', async (context) => {
  const volumes = await volumesOf(context);
  await volumes.make(oldPrometheus, 'chown 65534:65534 /v');
  try {
    await runOldPrometheus(volumes, 5);
    expect(await importRefusal(['prometheus', '--yes'])).toMatchObject({
      kind: 'in-use',
      containers: ['older-prometheus'],
    });
    await askEngine('POST', '/containers/older-prometheus/stop?t=20');
    const before = await volumes.fingerprint(oldPrometheus);

    const asked = await macula(['import', 'prometheus']);
    expect(asked.code).toBe(1);
    expect(asked.stdout).toContain(`Copy ${oldPrometheus} to prometheus-data`);
    expect(asked.stderr).toContain('--yes');
    expect(await volumes.names()).not.toContain('prometheus-data');

    await done(['import', 'prometheus', '--yes']);
    expect(await volumes.contents('prometheus-data')).toBe(await volumes.contents(oldPrometheus));
    expect(await volumes.owner('prometheus-data')).toMatch(/^65534:65534 /);
    await done(['up', 'prometheus']);
    expect(await olderSamples()).toBeGreaterThanOrEqual(5);
    expect(await volumes.fingerprint(oldPrometheus)).toBe(before);

    // Ours has written since: it is not given up without a word.
    expect(await importRefusal(['prometheus', '--yes'])).toMatchObject({ kind: 'has-data', volume: 'prometheus-data' });
    const shown = await macula(['import', 'prometheus', '--replace']);
    expect(shown.stdout).toContain('This deletes for good what prometheus-data holds now');
    const answer = await json(['import', 'prometheus', '--replace', '--yes']);
    const { steps } = answer['import'] as { readonly steps: readonly { readonly kind: string }[] };
    expect(steps.map(({ kind }) => kind)).toEqual(['stop-service', 'copy', 'start-service']);
    expect(await olderSamples()).toBeGreaterThanOrEqual(5);
    expect(await volumes.fingerprint(oldPrometheus)).toBe(before);
  } finally {
    await volumes.remove(oldPrometheus);
  }
});

describe('a copy that is killed', () => {
  test.for([0, 100, 300, 600, 1000])('%i ms after it began leaves the older volume whole', async (wait, context) => {
    const volumes = await volumesOf(context);
    await volumes.make(oldGrafana, grafanaFiles);
    try {
      const before = await volumes.fingerprint(oldGrafana);
      const command = startMacula(['import', 'grafana', '--yes']);
      command.process.stdin?.end();
      await command.until(/\nCopy infrastructure/);
      await new Promise((resolve) => setTimeout(resolve, wait));
      command.process.kill('SIGKILL');
      await command.ended;
      expect(await volumes.fingerprint(oldGrafana)).toBe(before);
      // What is changed meanwhile by the container that goes on is told, and the next try sees it.
      await waitUntil(
        'the same command succeeds',
        async () => ((await macula(['import', 'grafana', '--yes'])).code === 0 ? true : undefined),
        60,
      );
      expect(await volumes.contents('grafana-data')).toBe(await volumes.contents(oldGrafana));
      expect(await volumes.fingerprint(oldGrafana)).toBe(before);
    } finally {
      await volumes.remove(oldGrafana);
    }
  });

  test('by Ctrl-C takes away what it had made', async (context) => {
    const volumes = await volumesOf(context);
    await volumes.make(oldGrafana, grafanaFiles);
    try {
      const before = await volumes.fingerprint(oldGrafana);
      const command = startMacula(['import', 'grafana', '--yes']);
      command.process.stdin?.end();
      await command.until(/\nCopy infrastructure/);
      command.interrupt();
      expect((await command.ended).code).toBe(130);
      expect(await volumes.names()).not.toContain('grafana-data');
      expect(await volumes.fingerprint(oldGrafana)).toBe(before);
    } finally {
      await volumes.remove(oldGrafana);
    }
  });
});

describe('a volume of our name that is not ours', () => {
  // Killed when it says that it begins with this; undefined is not at all.
  test.for([undefined, /\nCopy grafana-data to/, /\nRemove the volume/, /\nCopy grafana-data-before-macula/])(
    'is put aside, and ours has its data (killed at %s)',
    async (moment, context) => {
      const volumes = await volumesOf(context);
      await volumes.make('grafana-data', grafanaFiles);
      try {
        const before = await volumes.contents('grafana-data');
        const top = await volumes.owner('grafana-data');
        expect((await macula(['up', 'grafana'])).stderr).toContain('macula import grafana');
        if (moment !== undefined) {
          const command = startMacula(['import', 'grafana', '--yes']);
          command.process.stdin?.end();
          await command.until(moment);
          command.process.kill('SIGKILL');
          await command.ended;
          const names = await volumes.names();
          // The one or the other is whole.
          const whole = await Promise.all(
            names.filter((name) => name.startsWith('grafana-data')).map((name) => volumes.contents(name)),
          );
          expect(whole).toContain(before);
        }
        await waitUntil(
          'the same command succeeds',
          async () => ((await macula(['import', 'grafana', '--yes'])).code === 0 ? true : undefined),
          60,
        );
        expect(await volumes.contents('grafana-data')).toBe(before);
        expect(await volumes.contents('grafana-data-before-macula')).toBe(before);
        expect(await volumes.owner('grafana-data-before-macula')).toBe(top);
        const own = (await askEngine('GET', '/volumes/grafana-data')) as { Labels: Record<string, string> };
        expect(own.Labels[labels.stack]).toBe(stackName);
        await done(['up', 'grafana']);
        // What was put aside is not the stack's, and outlives it.
        await done(['down', '--volumes', '--yes']);
        expect(await volumes.names()).toContain('grafana-data-before-macula');
      } finally {
        await volumes.remove('grafana-data');
        await volumes.remove('grafana-data-before-macula');
      }
    },
  );

  test('is not touched while a container has it, also one that does not run', async (context) => {
    const volumes = await volumesOf(context);
    await volumes.make('grafana-data', 'echo x > /v/grafana.db');
    await postToEngine('/containers/create?name=older-grafana', {
      Image: 'nginx:1.30.5-alpine',
      HostConfig: { Mounts: [{ Type: 'volume', Source: 'grafana-data', Target: '/v' }] },
    });
    try {
      expect(await importRefusal(['grafana', '--yes'])).toMatchObject({ kind: 'in-use', mustGo: true });
      expect(await volumes.names()).not.toContain('grafana-data-before-macula');
    } finally {
      await volumes.remove('grafana-data');
    }
  });
});

describe('it refuses', () => {
  test('what the newer program cannot read, what is empty, and what it cannot choose', async (context) => {
    const volumes = await volumesOf(context);
    expect(await importRefusal(['loki', '--yes'])).toMatchObject({ kind: 'no-candidate' });
    expect(await importRefusal(['loki', '--from', 'absent', '--yes'])).toMatchObject({ kind: 'no-such-volume' });
    await volumes.make('one_loki-data', 'mkdir -p /v/index /v/chunks; echo x > /v/index/index_2650');
    expect(await importRefusal(['loki', '--yes'])).toMatchObject({ kind: 'older-store' });
    await volumes.make('two_loki-data', 'true');
    expect(await importRefusal(['loki', '--yes'])).toMatchObject({
      kind: 'several',
      volumes: ['one_loki-data', 'two_loki-data'],
    });
    expect(await importRefusal(['loki', '--from', 'two_loki-data', '--yes'])).toMatchObject({ kind: 'empty' });
    expect(await volumes.names()).not.toContain('loki-data');
    await volumes.remove('one_loki-data');
    await volumes.remove('two_loki-data');
  });

  test('to go on where the disk is full, and leaves both as they were', async (context) => {
    const volumes = await volumesOf(context);
    await volumes.make(oldGrafana, grafanaFiles);
    const small = { Driver: 'local', DriverOpts: { type: 'tmpfs', device: 'tmpfs', o: 'size=20m' } };
    const ours = { [labels.stack]: stackName };
    await postToEngine('/volumes/create', { Name: 'grafana-data', Labels: ours, ...small });
    try {
      const before = await volumes.fingerprint(oldGrafana);
      expect(await importRefusal(['grafana', '--yes'])).toBe('disk-full');
      expect(await volumes.fingerprint(oldGrafana)).toBe(before);
      expect(await volumes.shell('ls -A /v', [{ name: 'grafana-data', path: '/v' }])).toBe('');
    } finally {
      await volumes.remove(oldGrafana);
      await volumes.remove('grafana-data');
    }
  });
});
