import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServiceDefinition } from '../../../electron/core/catalog/service.ts';
import { failureText } from '../../../electron/core/failure-text.ts';
import { FailureError } from '../../../electron/core/failure.ts';
import type { Keychain, SecretStore } from '../../../electron/runtime/runtime-parts.ts';
import { secretsFile } from '../../../electron/runtime/secrets-file.ts';
import { FakeEngine } from '../../engine/fake-engine.ts';
import { pinnedImage } from '../../engine/fake-world.ts';
import { smallCatalog } from '../core/fixtures.ts';
import { type GrafanaStandIn, startGrafanaStandIn } from '../../support/grafana-stand-in.ts';
import { createHarness, type Harness, until } from './harness.ts';

const next = 'correct horse bättery';
let grafana: GrafanaStandIn;
let folder = '';
let open: Harness[] = [];

beforeEach(async () => {
  grafana = await startGrafanaStandIn();
  folder = mkdtempSync(join(tmpdir(), 'macula-secrets-'));
});
afterEach(async () => {
  for (const { runtime } of open) runtime.close();
  open = [];
  await grafana.close();
  rmSync(folder, { recursive: true, force: true });
});

function services(): readonly ServiceDefinition[] {
  const [any] = smallCatalog;
  if (any === undefined) throw new Error('No service');
  const { port } = grafana;
  const defaultPassword = { port, path: '/api/org', user: 'admin', password: 'admin' };
  return [
    {
      ...any,
      ...{ id: 'grafana', title: 'Grafana', containerName: 'macula-grafana', loopback: '127.0.0.1' },
      ports: [{ name: 'web', port }],
      lan: { protection: 'password', ports: [], defaultPassword },
      volumes: [{ name: 'grafana-data', path: '/data' }],
      ready: { port, path: '/api/health', timeoutSeconds: 10 },
    },
  ];
}

async function started(
  secrets: SecretStore,
  options: { readonly watch?: boolean; readonly engine?: FakeEngine } = {},
): Promise<Harness> {
  const catalog = services();
  const engine = options.engine ?? new FakeEngine({ images: catalog.map(({ image }) => pinnedImage(image)) });
  const harness = createHarness({ catalog, secrets, engine });
  open.push(harness);
  await harness.runtime.connect({ watch: options.watch ?? false });
  expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
  return harness;
}

const viewOf = async ({ runtime }: Harness) => (await runtime.passwords()).view();
const change = async ({ runtime }: Harness, passwords: { current?: string; next: string }) =>
  (await runtime.passwords()).change(passwords);

// Writes texts otherwise: it stands for a keychain, not for its safety.
function keychain(isOpen = true): Keychain & { isOpen: boolean } {
  const self = {
    isOpen,
    isThere: () => true,
    encrypt: async (secret: string) => (self.isOpen ? Buffer.from(secret).toString('hex') : undefined),
    decrypt: async (text: string) => (self.isOpen ? Buffer.from(text, 'hex').toString() : undefined),
  };
  return self;
}

async function failureOf(work: Promise<unknown>): Promise<FailureError['failure']> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof FailureError) return error.failure;
  throw new Error(`It did not fail as expected: ${String(error)}`);
}

// Everything below the folder that holds these words.
function filesWith(words: string): readonly string[] {
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name), 'utf8').includes(words));
}

describe("Grafana's password", () => {
  it('is the first one at the beginning, and kept nowhere', async () => {
    const harness = await started(secretsFile({ directory: folder }));
    expect(await viewOf(harness)).toEqual({ kept: 'nowhere', wouldKeep: 'file', grafana: 'accepted' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is changed in Grafana with one request, and kept in a file of its user only', async () => {
    const harness = await started(secretsFile({ directory: folder }));
    expect(await change(harness, { next })).toEqual({ kept: 'file', wouldKeep: 'file', grafana: 'accepted' });
    expect(grafana.password).toBe(next);
    expect(grafana.asked.filter((line) => line.startsWith('PUT'))).toEqual(['PUT /api/user/password admin:admin']);
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(filesWith(next)).toEqual(['secrets.json']);
    // Known from then on, also to the next process.
    expect(await change(await started(secretsFile({ directory: folder })), { next: 'another one' })).toMatchObject({
      grafana: 'accepted',
    });
  });

  it('takes back what others may read of the file', async () => {
    writeFileSync(join(folder, 'secrets.json'), '{"other": 1}', { mode: 0o644 });
    await change(await started(secretsFile({ directory: folder })), { next });
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8'))).toMatchObject({ other: 1 });
  });

  it('is in no file as it is where there is a keychain', async () => {
    const harness = await started(secretsFile({ directory: folder, keychain: keychain() }));
    expect(await change(harness, { next })).toEqual({ kept: 'keychain', wouldKeep: 'keychain', grafana: 'accepted' });
    expect(filesWith(next)).toEqual([]);
  });

  it('goes into the file where the keychain does not open, which is said', async () => {
    const harness = await started(secretsFile({ directory: folder, keychain: keychain(false) }));
    expect(await change(harness, { next })).toMatchObject({ kept: 'file', wouldKeep: 'keychain' });
  });

  it('is not known to a program without that keychain, which needs the current one', async () => {
    await change(await started(secretsFile({ directory: folder, keychain: keychain() })), { next });
    const harness = await started(secretsFile({ directory: folder }));
    expect(await viewOf(harness)).toEqual({ kept: 'keychain', wouldKeep: 'file', grafana: 'unknown' });
    expect(await failureOf(change(harness, { next: 'third one' }))).toMatchObject({ reason: 'closed' });
    expect(await change(harness, { current: next, next: 'third one' })).toMatchObject({ kept: 'file' });
    expect(grafana.password).toBe('third one');
  });

  it('is tried once where it is wrong, and nothing is kept', async () => {
    const harness = await started(secretsFile({ directory: folder }));
    const failure = await failureOf(change(harness, { current: 'wrong', next }));
    expect(failure).toMatchObject({ code: 'password-not-changed', reason: 'wrong' });
    expect(failureText(failure).detail).toContain('It was tried once');
    expect([grafana.refusals, grafana.password, readdirSync(folder)]).toEqual([1, 'admin', []]);
  });

  it('that somebody changed in Grafana is seen, without asking again and again', async () => {
    grafana.password = 'by hand';
    const harness = await started(secretsFile({ directory: folder }));
    for (let look = 0; look < 5; look += 1) expect(await viewOf(harness)).toMatchObject({ grafana: 'refused' });
    expect(grafana.refusals).toBe(1);
    expect(await change(harness, { current: 'by hand', next })).toMatchObject({ grafana: 'accepted' });
  });

  it("is refused in Grafana's own words, and where Grafana does not run", async () => {
    const harness = await started(secretsFile({ directory: folder }));
    expect(await failureOf(change(harness, { next: 'abc' }))).toMatchObject({ reason: 'unusable' });
    expect(grafana.asked).toEqual([]);
    grafana.trouble = { status: 400, body: '{"message":"Password policy"}' };
    expect(await failureOf(change(harness, { next }))).toMatchObject({ detail: 'Grafana says: Password policy' });
    await harness.runtime.run({ kind: 'stop' });
    expect(await failureOf(change(harness, { next }))).toMatchObject({ reason: 'off' });
    expect(await viewOf(harness)).toMatchObject({ grafana: 'off' });
  });

  it('that could not be kept is said, for it is in force', async () => {
    const secrets: SecretStore = {
      ...secretsFile({ directory: folder }),
      keep: () => Promise.reject(new Error('ENOSPC: no space left on device')),
    };
    const failure = await failureOf(change(await started(secrets), { next }));
    expect(failure.code).toBe('password-not-kept');
    expect(failureText(failure).nextStep).toContain('It is in force');
    expect(JSON.stringify(failureText(failure))).not.toContain(next);
  });

  it('is in nothing that the engine, the log or a snapshot is told', async () => {
    const secrets = secretsFile({ directory: folder });
    const harness = await started(secrets, { watch: true });
    await change(harness, { next });
    await harness.runtime.run({ kind: 'restart' });
    await harness.runtime.run({ kind: 'down', removeVolumes: false });
    await harness.runtime.run({ kind: 'up' });
    const told = JSON.stringify([harness.engine.changes, harness.log, harness.snapshots, harness.runtime.desired()]);
    expect(told).toContain('macula-grafana');
    expect(told).not.toContain(next);
  });
});

describe('a Grafana that is new', () => {
  it.each([true, false])('gets the kept password again, once (watching: %s)', async (watch) => {
    const secrets = secretsFile({ directory: folder });
    const harness = await started(secrets, { watch });
    await change(harness, { next });
    await harness.runtime.run({ kind: 'down', removeVolumes: true });
    grafana.password = 'admin';
    grafana.asked.length = 0;
    await harness.runtime.run({ kind: 'up' });
    await until(() => grafana.password === next, 'the kept one is given');
    expect(grafana.asked).toEqual([
      `GET /api/org admin:${next}`,
      'GET /api/org admin:admin',
      'PUT /api/user/password admin:admin',
    ]);
    const container = harness.runtime.observed()?.containers[0]?.id;
    await until(() => secrets.settledIn() === container, 'it is noted');
    grafana.asked.length = 0;
    await harness.runtime.run({ kind: 'restart' });
    await harness.runtime.refresh();
    expect(grafana.asked).toEqual([]);
    expect(harness.log.join('\n')).not.toContain(next);
  });

  it('whose user has given it another one is left alone, and asked no more than twice', async () => {
    const secrets = secretsFile({ directory: folder });
    const harness = await started(secrets, { watch: true });
    await change(harness, { next });
    await harness.runtime.run({ kind: 'down', removeVolumes: true });
    grafana.password = 'by hand';
    grafana.asked.length = 0;
    await harness.runtime.run({ kind: 'up' });
    await until(() => grafana.refusals === 2, 'it was asked');
    for (let look = 0; look < 5; look += 1) await harness.runtime.refresh();
    expect([grafana.refusals, grafana.password]).toEqual([2, 'by hand']);
    // Another process does not ask once more: five refusals would lock the account for its user.
    const container = harness.runtime.observed()?.containers.find(({ name }) => name === 'macula-grafana')?.id;
    await until(() => secrets.settledIn() === container, 'it is noted');
  });

  it('is not asked at all where no password is kept', async () => {
    const harness = await started(secretsFile({ directory: folder }), { watch: true });
    await harness.runtime.refresh();
    expect(grafana.asked).toEqual([]);
  });
});
