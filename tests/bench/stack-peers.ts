// The stack by the command line and by Compose on the exported file, for the benchmarks that compare the two.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalog } from '../../electron/core/catalog/index.ts';
import { deriveDesired } from '../../electron/core/derive-desired.ts';
import type { Probe } from '../../electron/core/desired.ts';
import { defaultSettings } from '../../electron/core/settings.ts';
import { probeService } from '../../electron/runtime/probe.ts';
import { systemParts } from '../../electron/runtime/system-parts.ts';
import { findCompose } from '../cli/support/find-compose.ts';
import { macula, program } from '../cli/support/macula.ts';
import { missingForStack, removeStack, requireNoStack } from '../e2e/engine-api.ts';

// A request that the ingress holds for a service which is not there yet says nothing of when it comes.
const patienceMilliseconds = 100;

export interface StackPeers {
  up(who: 'macula' | 'compose'): Promise<void>;
  // Resolves when every service answers.
  everyAnswer(): Promise<void>;
}

export async function withStackPeers<T>(work: (peers: StackPeers) => Promise<T>): Promise<T> {
  const missing = await missingForStack();
  if (missing !== undefined) throw new Error(missing);
  const compose = findCompose();
  if (compose === undefined) throw new Error('Compose v2 was not found');
  await requireNoStack();
  const folder = mkdtempSync(join(tmpdir(), 'macula-bench-'));
  const file = join(folder, 'compose.yaml');
  writeFileSync(file, (await macula(['compose'])).stdout);
  const probes = stackProbes();
  try {
    return await work({
      up: (who) =>
        who === 'macula' ? finish(process.execPath, [program, 'up']) : finish(compose, ['-f', file, 'up', '--detach']),
      everyAnswer: async () => void (await Promise.all(probes.map(answer))),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await removeStack();
  }
}

function stackProbes(): readonly Probe[] {
  const { templates, hash } = systemParts(process.platform, '/nonexistent');
  const publishing = { loopbackAddresses: true, port80: true };
  const desired = deriveDesired({
    catalog,
    settings: defaultSettings,
    templates,
    publishing,
    subnetPrefix: '172.23',
    hash,
  });
  return desired.services.map((service) => service.probe);
}

async function answer(probe: Probe): Promise<void> {
  for (;;) {
    const result = await probeService(probe, AbortSignal.timeout(patienceMilliseconds));
    if (result.kind === 'ready') return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function finish(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let problems = '';
    child.stderr.on('data', (chunk: Buffer) => (problems += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}: ${problems}`)),
    );
  });
}
