// Compose and Macula take turns with one stack.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { catalog } from '../../electron/core/catalog/index.ts';
import { labels } from '../../electron/core/identity.ts';
import { askEngine, stackContainers } from '../e2e/engine-api.ts';
import { findCompose } from './support/find-compose.ts';
import { json, macula } from './support/macula.ts';
import { changedServices, containerRuns, useStack } from './support/stack.ts';

const needsStack = useStack();
const compose = findCompose();
const folder = mkdtempSync(join(tmpdir(), 'macula-compose-'));
const file = join(folder, 'compose.yaml');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function needsCompose(context: TestContext): void {
  needsStack(context);
  context.skip(compose === undefined, 'Compose v2 is not installed (npm run bench fetches it)');
}

function runCompose(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(compose ?? '', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`compose ${args.join(' ')}: ${stderr}`);
  return stdout;
}

interface Inspected {
  readonly Name: string;
  readonly Image: string;
  readonly Config: Readonly<Record<string, unknown>> & {
    readonly Env: readonly string[];
    readonly Labels: Readonly<Record<string, string>>;
  };
  readonly HostConfig: Readonly<Record<string, unknown>>;
  readonly Mounts: readonly {
    readonly Type: string;
    readonly Name?: string;
    readonly Source: string;
    readonly Destination: string;
    readonly RW: boolean;
  }[];
  readonly NetworkSettings: {
    readonly Networks: Readonly<Record<string, { readonly IPAMConfig: unknown; readonly Aliases: readonly string[] }>>;
  };
}

// What makes a container what it is, as the engine tells it.
async function shapes(): Promise<readonly unknown[]> {
  const found = await Promise.all(
    (await stackContainers()).map(
      (container) => askEngine('GET', `/containers/${container.Id}/json`) as Promise<Inspected>,
    ),
  );
  return found
    .map(({ Name, Image, Config, HostConfig, Mounts, NetworkSettings }) => ({
      Name,
      Image,
      command: Config['Cmd'],
      environment: Config.Env.toSorted(),
      stopTimeout: Config['StopTimeout'],
      hash: Config.Labels[labels.configHash],
      ports: HostConfig['PortBindings'],
      restart: HostConfig['RestartPolicy'],
      log: HostConfig['LogConfig'],
      hosts: HostConfig['ExtraHosts'] ?? [],
      security: HostConfig['SecurityOpt'] ?? [],
      mounts: Mounts.map(({ Type, Name, Source, Destination, RW }) => [
        Type,
        Name ?? Source,
        Destination,
        RW,
      ]).toSorted(),
      networks: Object.entries(NetworkSettings.Networks).map(([name, { IPAMConfig }]) => [name, IPAMConfig]),
    }))
    .toSorted((a, b) => a.Name.localeCompare(b.Name));
}

describe('Compose', () => {
  let ours: readonly unknown[] = [];
  beforeAll(async () => {
    const { stdout } = await macula(['compose']);
    writeFileSync(file, stdout);
  });

  test('sees the stack that up made as one project', async (context) => {
    needsCompose(context);
    expect((await macula(['up'])).code).toBe(0);
    ours = await shapes();
    const rows = runCompose('-p', 'macula', 'ps', '--format', 'json')
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row) as { Name: string; Service: string; State: string });
    expect(rows.map((row) => [row.Service, row.Name, row.State]).toSorted()).toEqual(
      catalog.map((service) => [service.id, service.containerName, 'running']).toSorted(),
    );
    expect(runCompose('-p', 'macula', 'logs', '--tail', '1', 'ingress')).toContain('macula-nginx-ingress');
  });

  test('accepts the file, in both notations', async (context) => {
    needsCompose(context);
    runCompose('-f', file, 'config', '--quiet');
    const other = join(folder, 'compose.json');
    writeFileSync(other, (await macula(['compose', '--json'])).stdout);
    expect(runCompose('-f', other, 'config')).toBe(runCompose('-f', file, 'config'));
  });

  test('brings up the same stack from the file, and up then has nothing to do', async (context) => {
    needsCompose(context);
    await macula(['down', '--volumes', '--yes']);
    runCompose('-f', file, 'up', '--detach');
    expect(await shapes()).toEqual(ours);
    // Among what is compared: the collector's way to the engine, and the name for the engine's machine.
    expect(JSON.stringify(ours)).toContain('"/var/run/docker.sock"');
    expect(JSON.stringify(ours)).toContain('host.docker.internal:host-gateway');
    const before = await containerRuns();
    expect((await macula(['plan'])).stdout).toBe('nothing to do\n');
    expect(await json(['up'])).toMatchObject({ outcome: 'done', stack: { state: 'ready' } });
    expect(changedServices(before, await containerRuns())).toEqual([]);
    expect(await json(['doctor'])).toMatchObject({ ok: true });
  });

  test('puts the same configuration into the containers', async (context) => {
    needsCompose(context);
    const { services, configs } = (await json(['compose'])) as {
      services: Record<string, { configs?: { source: string; target: string }[] }>;
      configs: Record<string, { content: string }>;
    };
    const page = spawnSync(
      'curl',
      [
        '-s',
        '-o',
        '/dev/null',
        '-w',
        '%{http_code}',
        '-H',
        'Host: grafana.macula.localhost',
        'http://127.0.0.1:8080/api/health',
      ],
      { encoding: 'utf8' },
    );
    expect(page.stdout).toBe('200');
    const used = Object.values(services).flatMap((service) => service.configs ?? []);
    expect(used.map((config) => config.source).toSorted()).toEqual(Object.keys(configs).toSorted());
  });

  test('takes down what up made, and the other way round', async (context) => {
    needsCompose(context);
    expect((await macula(['down', '--volumes', '--yes'])).code).toBe(0);
    expect(await stackContainers()).toEqual([]);
    await macula(['up']);
    runCompose('-p', 'macula', 'down', '--volumes');
    expect(await stackContainers()).toEqual([]);
  });
});
