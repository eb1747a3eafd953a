// Grafana's password in the real app, with a real keyring and without one. Grafana's own interface is a stand-in behind
// the stub in the real stack.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, type TestContext } from 'vitest';
import type { CommandInput, CommandName, CommandOutput, CommandResult } from '../../electron/contract/contract.ts';
import { putBehindStub } from '../support/grafana-behind-stub.ts';
import { type GrafanaStandIn, startGrafanaStandIn } from '../support/grafana-stand-in.ts';
import { type Keyring, startKeyring } from '../support/keyring.ts';
import { containersWith, filesWith, processesWith } from '../support/seek-secret.ts';
import { type Desktop, startDesktop } from './desktop.ts';
import { missingForStack, removeStack, requireNoStack } from './engine-api.ts';

const secret = 'keyring test secret 7';
let desktop: Desktop;
let grafana: GrafanaStandIn;
let missing: string | undefined;
let app: ElectronApplication | undefined;

beforeAll(async () => {
  missing = await missingForStack();
  if (missing === undefined) await requireNoStack();
  grafana = await startGrafanaStandIn('0.0.0.0');
});
beforeEach(async () => {
  desktop = await startDesktop({ withTrayHost: true });
});
afterEach(async () => {
  await desktop?.stop();
  if (missing === undefined) await removeStack();
  grafana.password = 'admin';
});
afterAll(() => grafana?.close());

async function start(store: string): Promise<void> {
  app = await desktop.drive({ args: [`--password-store=${store}`] });
  const page = await app.firstWindow();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
}

async function ask<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<CommandOutput<Name>> {
  const page = await app?.firstWindow();
  if (page === undefined) throw new Error('The app does not run');
  const result = (await page.evaluate(
    ([command, value]) =>
      (window as unknown as { macula: { invoke(name: string, input: unknown): Promise<unknown> } }).macula.invoke(
        command as string,
        value,
      ),
    [name, input] as const,
  )) as CommandResult<Name>;
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
}

async function startStack(context: TestContext): Promise<void> {
  context.skip(missing !== undefined, missing);
  await expect
    .poll(async () => (await ask('snapshot:get', undefined)).engine.kind, { timeout: 20_000 })
    .toBe('connected');
  await ask('stack:up', {});
  await putBehindStub(grafana);
}

async function expectNowhereElse(but: readonly string[]): Promise<void> {
  expect(filesWith(desktop.user.home, secret)).toEqual(but);
  expect(await containersWith(secret)).toEqual([]);
  expect(processesWith(secret)).toEqual([]);
  expect(JSON.stringify(await ask('snapshot:get', undefined))).not.toContain(secret);
}

describe('with a keyring', () => {
  let keyring: Keyring;
  beforeEach(async () => {
    keyring = await startKeyring(desktop.user, desktop.busAddress);
  });
  afterEach(() => keyring?.stop());

  test('the password is in no file as it is, and is known after a restart of the app', async (context) => {
    await start('gnome-libsecret');
    await startStack(context);
    expect(await ask('password:get', undefined)).toEqual({
      kept: 'nowhere',
      wouldKeep: 'keychain',
      grafana: 'accepted',
    });
    expect(await ask('password:change', { next: secret })).toMatchObject({ kept: 'keychain', grafana: 'accepted' });
    expect(grafana.password).toBe(secret);
    const file = join(desktop.settingsFolder, 'secrets.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ grafana: { kept: 'keychain' } });
    await expectNowhereElse([]);
    await app?.close();

    await start('gnome-libsecret');
    await expect
      .poll(async () => ask('password:get', undefined), { timeout: 20_000 })
      .toMatchObject({ kept: 'keychain', grafana: 'accepted' });
    // The one of now is not given: the app opens it.
    expect(await ask('password:change', { next: `${secret}!` })).toMatchObject({ kept: 'keychain' });
    expect(grafana.password).toBe(`${secret}!`);
    expect(grafana.refusals).toBe(0);
    await expectNowhereElse([]);
  });
});

describe('without a keyring', () => {
  test('the password is in a file that only its user reads', async (context) => {
    await start('basic');
    await startStack(context);
    expect(await ask('password:get', undefined)).toMatchObject({ wouldKeep: 'file' });
    expect(await ask('password:change', { next: secret })).toMatchObject({ kept: 'file', grafana: 'accepted' });
    expect(statSync(join(desktop.settingsFolder, 'secrets.json')).mode & 0o777).toBe(0o600);
    await expectNowhereElse(['.config/macula-desktop/secrets.json']);
  });
});
