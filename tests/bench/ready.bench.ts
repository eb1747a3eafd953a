// From "up" with images present and empty volumes until every service answers, against the slowest of them started alone
// with "docker run" in the same minutes.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deriveDesired } from '../../electron/core/derive-desired.ts';
import { catalog } from '../../electron/core/catalog/index.ts';
import type { DesiredService, Probe } from '../../electron/core/desired.ts';
import { defaultSettings } from '../../electron/core/settings.ts';
import { probeService } from '../../electron/runtime/probe.ts';
import { systemParts } from '../../electron/runtime/system-parts.ts';
import { macula } from '../cli/support/macula.ts';
import { missingForStack, removeStack, requireNoStack } from '../e2e/engine-api.ts';
import { stubsAmong } from '../observability/support/programs.ts';
import { type Benchmark, median } from './benchmark.ts';

const run = promisify(execFile);
const rounds = 5;
const patienceMilliseconds = 100;

export const benchmark: Benchmark = async () => {
  const missing = await missingForStack();
  if (missing !== undefined) throw new Error(missing);
  await requireNoStack();
  const services = stackServices();
  const freePort = await findFreePort();
  const alone = new Map<string, number[]>(services.map(({ definition }) => [definition.id, []]));
  const together: number[] = [];
  const atOnce: number[] = [];
  try {
    // The first of each reads what the later ones find in memory.
    for (let round = 0; round <= rounds; round += 1) {
      const isCounted = round > 0;
      const all = await upFromNothing(services);
      if (isCounted) together.push(all);
      const floor = await runAtOnce(services, freePort);
      if (isCounted) atOnce.push(floor);
      for (const service of services) {
        const one = await runAtOnce([service], freePort);
        if (isCounted) alone.get(service.definition.id)?.push(one);
      }
    }
  } finally {
    await removeStack();
  }
  const [[id, values] = ['', []]] = [...alone].toSorted(([, one], [, other]) => median(other) - median(one));
  const stubs = await stubsAmong(services.map(({ definition }) => definition.id));
  const whole = { name: 'up until all are ready', unit: 'ms', ours: together } as const;
  const slowest = { name: `docker run of the slowest alone: ${id}`, values };
  const floor = { name: 'docker run of all, at the same moment', values: atOnce };
  return [
    stubs.length === 0
      ? { ...whole, peer: slowest, limit: { ratio: 1.2 } }
      : { ...whole, peer: { ...slowest, name: `${slowest.name}; ${noVerdict(stubs)}` } },
    // What the engine alone takes for so many containers on this machine.
    { name: 'up until all are ready, beside the engine alone', unit: 'ms', ours: together, peer: floor },
  ];
};

function noVerdict(stubs: readonly string[]): string {
  return `no verdict: a stub answers sooner than what it stands for, which may be the slowest; stubs: ${stubs.join(', ')}`;
}

function stackServices(): readonly DesiredService[] {
  const { templates, hash } = systemParts(process.platform, '/nonexistent');
  const publishing = { loopbackAddresses: true, port80: true };
  const input = { catalog, settings: defaultSettings, templates, publishing, subnetPrefix: '172.23', hash };
  return deriveDesired(input).services;
}

async function upFromNothing(services: readonly DesiredService[]): Promise<number> {
  await removeStack();
  const began = performance.now();
  const [done, { code, stderr }] = await Promise.all([
    Promise.all(services.map(({ probe }) => answers(probe))).then(() => performance.now() - began),
    macula(['up']),
  ]);
  if (code !== 0) throw new Error(`up ended with ${code}: ${stderr}`);
  return done;
}

// freePort: for the one that is reached through the ingress otherwise.
async function runAtOnce(services: readonly DesiredService[], freePort: number): Promise<number> {
  await removeStack();
  const folder = mkdtempSync(join(tmpdir(), 'macula-alone-'));
  const commands = services.map((service) => runCommand(service, folder, freePort));
  try {
    const began = performance.now();
    await Promise.all(
      services.map(async (service, index) => {
        await run('docker', [...(commands[index] ?? [])]);
        await answers(ownProbe(service, freePort));
      }),
    );
    return performance.now() - began;
  } finally {
    await run('docker', ['rm', '--force', '--volumes', ...services.map(nameAlone)]).catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
}

const nameAlone = ({ container }: DesiredService) => `macula-alone-${container.service}`;

// One that is reached through the ingress has a port of its own here.
function ownProbe({ probe, definition }: DesiredService, freePort: number): Probe {
  if (probe.through === undefined) return probe;
  const { timeoutSeconds, canAsk } = probe;
  return { url: `http://127.0.0.1:${freePort}${definition.ready.path}`, timeoutSeconds, canAsk };
}

// With the same configuration, on the same published port, and a volume as empty. The files lie on the host, as they do
// for who starts such a container by hand.
function runCommand(service: DesiredService, folder: string, freePort: number): readonly string[] {
  const { container, definition } = service;
  const files = [...container.files, ...container.liveFiles].flatMap(({ path, content }, index) => {
    const file = join(folder, `${container.service}-${index}`);
    writeFileSync(file, content, { mode: 0o644 });
    return [`--volume=${file}:${path}:ro`];
  });
  const address = new URL(ownProbe(service, freePort).url);
  return [
    'run',
    '--detach',
    `--name=${nameAlone(service)}`,
    `--publish=${address.hostname}:${address.port || '80'}:${definition.ready.port}`,
    ...container.volumes.map((use) => `--volume=${use.path}`),
    ...Object.entries(container.environment).map(([key, value]) => `--env=${key}=${value}`),
    ...files,
    `${container.image.repository}:${container.image.tag}`,
    ...container.command,
  ];
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function answers(probe: Probe): Promise<void> {
  const end = performance.now() + 120_000;
  while (performance.now() < end) {
    const result = await probeService(probe, AbortSignal.timeout(patienceMilliseconds));
    if (result.kind === 'ready') return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${probe.url} does not answer`);
}
