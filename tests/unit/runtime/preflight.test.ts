// A service's own program is asked before its configuration takes the place of what works.
import { afterEach, describe, expect, it } from 'vitest';
import type { ServiceDefinition } from '../../../electron/core/catalog/service.ts';
import type { ProgramRun } from '../../../electron/core/engine-port.ts';
import type { OverrideSource } from '../../../electron/runtime/runtime-parts.ts';
import { substituteImage } from '../../engine/fake-world.ts';
import { smallCatalog } from '../core/fixtures.ts';
import { createHarness, memoryOverrides, statesOf, until, type Harness, type HarnessOptions } from './harness.ts';

const check = { entrypoint: ['/program'], command: ['--check'] };
// Their configuration changes with the base domain.
const environment = { DOMAIN: '{{baseDomain}}' };
const catalog: readonly ServiceDefinition[] = smallCatalog.map((service) => ({
  ...service,
  check,
  environment,
  files: [...service.files, ...(service.id === 'store' ? [{ template: 'store.conf', path: '/etc/store.conf' }] : [])],
}));
const templates = { 'shop.conf': 'open', 'store.conf': 'full' };
const changed = { baseDomain: 'other.local' };

let open: Harness[] = [];
afterEach(() => {
  for (const harness of open) harness.runtime.close();
  open = [];
});

async function connected(options: HarnessOptions = {}): Promise<Harness> {
  const harness = createHarness({ catalog, templates, ...options });
  open.push(harness);
  await harness.runtime.connect({ watch: false });
  return harness;
}

async function started(options: HarnessOptions = {}): Promise<Harness> {
  const harness = await connected(options);
  expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
  harness.engine.changes.length = 0;
  return harness;
}

// The program of these services refuses what this text is in.
function refuse(harness: Harness, text: string, words = `bad word ${text}`): ProgramRun[] {
  const runs: ProgramRun[] = [];
  harness.engine.onRun = (run) => {
    runs.push(run);
    const isBad = run.files.some((file) => file.content.includes(text));
    return isBad ? { exitCode: 1, output: `\u001b[31m${words}\u001b[0m\n` } : { exitCode: 0, output: '' };
  };
  return runs;
}

function refuseAll(harness: Harness, service: string): void {
  harness.engine.onRun = (run) => ({ exitCode: run.service === service ? 1 : 0, output: 'bad\n' });
}

const containers = (harness: Harness): Readonly<Record<string, string>> =>
  Object.fromEntries([...harness.engine.world.containers.values()].map(({ id, desired }) => [desired.service, id]));
const checks = (harness: Harness) => harness.engine.changes.filter(({ call }) => call === 'runProgram');
const fileOf = (harness: Harness, service: string): string | undefined =>
  harness.engine.container(`macula-${service}`).files.get(`/etc/${service}.conf`)?.content;
const notesOf = (harness: Harness): string => harness.runtime.snapshot().notes.join('\n');
const up = (harness: Harness) => harness.runtime.run({ kind: 'up' });

describe('a configuration of the app’s own', () => {
  it('is not checked before a first start', async () => {
    const harness = await connected();
    refuseAll(harness, 'shop');
    expect(await up(harness)).toEqual({ kind: 'done' });
    expect(checks(harness)).toEqual([]);
  });

  it('takes the place of what runs once the program accepts it; the program sees all files', async () => {
    const harness = await started();
    const runs = refuse(harness, 'nothing');
    const before = containers(harness);
    await harness.runtime.changeSettings(changed);
    expect(await up(harness)).toEqual({ kind: 'done' });
    expect(containers(harness)).not.toMatchObject({ shop: before['shop'] });
    expect(runs.map(({ service }) => service).sort()).toEqual(['shop', 'store']);
    expect(runs.find(({ service }) => service === 'shop')).toMatchObject({
      ...check,
      imageId: harness.engine.container('macula-shop').imageId,
      files: [{ path: '/etc/shop.conf', content: 'open' }],
      seconds: 30,
    });
  });

  it('is refused in the program’s own words, and the old one goes on running', async () => {
    const harness = await started();
    const before = containers(harness);
    refuseAll(harness, 'shop');
    await harness.runtime.changeSettings(changed);
    expect(await up(harness)).toEqual({
      kind: 'failed',
      failures: [{ code: 'config-refused', service: 'shop', words: 'bad' }],
    });
    expect(containers(harness)['shop']).toBe(before['shop']);
    expect(containers(harness)['store']).not.toBe(before['store']);
    expect(statesOf(harness.runtime.snapshot())).toBe('store ready, shop ready');
    expect(checks(harness)).toHaveLength(2);
    // Tried again only when somebody asks for it.
    harness.engine.onRun = () => ({ exitCode: 0, output: '' });
    expect(await up(harness)).toEqual({ kind: 'done' });
    expect(containers(harness)['shop']).not.toBe(before['shop']);
  });

  it('does not take those down that need its service', async () => {
    const harness = await started();
    const before = containers(harness);
    refuseAll(harness, 'store');
    await harness.runtime.changeSettings(changed);
    expect(await up(harness)).toMatchObject({
      kind: 'failed',
      failures: [{ code: 'config-refused', service: 'store' }],
    });
    expect(containers(harness)['store']).toBe(before['store']);
    expect(containers(harness)['shop']).not.toBe(before['shop']);
    expect(statesOf(harness.runtime.snapshot())).toBe('store ready, shop ready');
  });

  it('leaves what runs alone when the program cannot be asked', async () => {
    const harness = await started();
    const before = containers(harness);
    harness.engine.failNext('runProgram', { code: 'operation-failed', operation: 'run a program', detail: 'late' }, 2);
    await harness.runtime.changeSettings(changed);
    expect(await up(harness)).toMatchObject({ kind: 'failed' });
    expect(containers(harness)).toEqual(before);
  });

  it('is not put in place when the check is interrupted', async () => {
    const harness = await started();
    const before = containers(harness);
    harness.engine.onRun = () => new Promise(() => undefined);
    await harness.runtime.changeSettings(changed);
    const run = up(harness);
    await until(() => checks(harness).length === 2, 'both are being checked');
    harness.runtime.cancel();
    expect(await run).toEqual({ kind: 'cancelled' });
    expect(containers(harness)).toEqual(before);
  });
});

describe('a template of the user’s own', () => {
  it('is used when the program accepts it, and asked about once', async () => {
    const harness = await started({ overrides: memoryOverrides({ 'shop.conf': 'closed' }) });
    expect(fileOf(harness, 'shop')).toBe('closed');
    expect(await up(harness)).toEqual({ kind: 'done' });
    expect(harness.engine.changes).toEqual([]);
    expect(notesOf(harness)).toBe('');
  });

  it('that is refused at a first start is named and ignored: the stack comes up', async () => {
    const harness = await connected({ overrides: memoryOverrides({ 'shop.conf': 'broken' }) });
    refuse(harness, 'broken');
    expect(await up(harness)).toEqual({ kind: 'done' });
    expect(fileOf(harness, 'shop')).toBe('open');
    expect(statesOf(harness.runtime.snapshot())).toBe('store ready, shop ready');
    expect(notesOf(harness)).toBe(
      "Your shop.conf is not in use, the app's own is. Its own program refused it: bad word broken",
    );
    expect(await harness.runtime.plan({ kind: 'up' })).toEqual({ ok: true, plan: { operations: [] } });
    harness.engine.changes.length = 0;
    expect(await up(harness)).toEqual({ kind: 'done' });
    expect(harness.engine.changes).toEqual([]);
    expect(harness.runtime.snapshot().failures).toEqual([]);
  });

  it('does not hold up others: each service is judged for itself', async () => {
    const overrides = memoryOverrides({ 'shop.conf': 'closed', 'store.conf': 'broken' });
    const harness = await connected({ overrides });
    refuse(harness, 'broken');
    expect(await up(harness)).toEqual({ kind: 'done' });
    expect([fileOf(harness, 'shop'), fileOf(harness, 'store')]).toEqual(['closed', 'full']);
    expect(notesOf(harness)).toContain('Your store.conf is not in use');
    expect(notesOf(harness)).not.toContain('shop.conf');
  });

  it('touches nothing when it is refused while the app’s own runs', async () => {
    const texts: Record<string, string> = {};
    const harness = await started({ overrides: memoryOverrides(texts) });
    const before = containers(harness);
    refuse(harness, 'broken');
    texts['shop.conf'] = 'broken';
    expect(await up(harness)).toEqual({ kind: 'done' });
    expect(containers(harness)).toEqual(before);
    expect(notesOf(harness)).toContain("the app's own is. Its own program refused it: bad word broken");
  });
});

describe('an override that worked and is edited badly', () => {
  async function edited(): Promise<{ harness: Harness; texts: Record<string, string>; overrides: OverrideSource }> {
    const texts: Record<string, string> = { 'shop.conf': 'closed' };
    const overrides = memoryOverrides(texts);
    const harness = await started({ overrides });
    refuse(harness, 'broken');
    texts['shop.conf'] = 'broken';
    return { harness, texts, overrides };
  }

  it('goes on running as it was', async () => {
    const { harness } = await edited();
    const before = containers(harness);
    expect(await up(harness)).toEqual({ kind: 'done' });
    expect(containers(harness)).toEqual(before);
    expect(fileOf(harness, 'shop')).toBe('closed');
    expect(notesOf(harness)).toBe(
      'Your shop.conf is not in use, what ran before goes on running. Its own program refused it: bad word broken',
    );
    harness.engine.changes.length = 0;
    expect(await up(harness)).toEqual({ kind: 'done' });
    expect(harness.engine.changes).toEqual([]);
  });

  it('is known to other processes, and asked about again by the first "up" of each', async () => {
    const { harness, overrides } = await edited();
    await up(harness);
    const before = containers(harness);
    const other = await connected({ overrides, engine: harness.engine });
    expect(notesOf(other)).toContain('Your shop.conf is not in use, what ran before goes on running');
    expect(notesOf(other)).not.toContain('Changed since');
    harness.engine.changes.length = 0;
    expect(await up(other)).toEqual({ kind: 'done' });
    expect(harness.engine.changes).toEqual([{ call: 'runProgram', subject: 'shop' }]);
    expect(await up(other)).toEqual({ kind: 'done' });
    expect(checks(harness)).toHaveLength(1);
    expect(containers(harness)).toEqual(before);
    // What was missing is there now.
    harness.engine.onRun = () => ({ exitCode: 0, output: '' });
    const third = await connected({ overrides, engine: harness.engine });
    expect(await up(third)).toEqual({ kind: 'done' });
    expect(fileOf(harness, 'shop')).toBe('broken');
    expect(notesOf(third)).toBe('');
    expect(overrides.recall()).toEqual([]);
  });

  it('is asked about again when its text changes', async () => {
    const { harness, texts, overrides } = await edited();
    await up(harness);
    texts['shop.conf'] = 'mended';
    expect(await up(harness)).toEqual({ kind: 'done' });
    expect(fileOf(harness, 'shop')).toBe('mended');
    expect(notesOf(harness)).toBe('');
    expect(overrides.recall()).toEqual([]);
  });

  it('gives way to the app’s own when something else has to change', async () => {
    const { harness } = await edited();
    await up(harness);
    await harness.runtime.changeSettings(changed);
    expect(await up(harness)).toEqual({ kind: 'done' });
    expect(fileOf(harness, 'shop')).toBe('open');
    expect(notesOf(harness)).toContain("Your shop.conf is not in use, the app's own is");
  });

  it('gives way to the app’s own when it is taken away', async () => {
    const { harness, texts, overrides } = await edited();
    await up(harness);
    delete texts['shop.conf'];
    expect(await up(harness)).toEqual({ kind: 'done' });
    expect(fileOf(harness, 'shop')).toBe('open');
    expect(notesOf(harness)).toBe('');
    expect(overrides.recall()).toEqual([]);
  });
});

describe('both refused', () => {
  it('ends: the app’s own is then a failure', async () => {
    const texts: Record<string, string> = { 'shop.conf': 'closed' };
    const harness = await started({ overrides: memoryOverrides(texts) });
    const before = containers(harness);
    refuseAll(harness, 'shop');
    texts['shop.conf'] = 'broken';
    await harness.runtime.changeSettings(changed);
    expect(await up(harness)).toMatchObject({ kind: 'done' });
    // The container of before is as good as it was.
    expect(containers(harness)['shop']).toBe(before['shop']);
    await harness.runtime.changeSettings({ baseDomain: 'third.local' });
    expect(await up(harness)).toEqual({
      kind: 'failed',
      failures: [{ code: 'config-refused', service: 'shop', words: 'bad' }],
    });
    expect(containers(harness)['shop']).toBe(before['shop']);
  });
});

it('an override that cannot be filled in is named and ignored, without asking anybody', async () => {
  const harness = await connected({ overrides: memoryOverrides({ 'shop.conf': '{{nonsense}}' }) });
  expect(await up(harness)).toEqual({ kind: 'done' });
  expect(checks(harness)).toEqual([]);
  expect(fileOf(harness, 'shop')).toBe('open');
  expect(notesOf(harness)).toBe(
    `Your shop.conf is not in use, the app's own is. The template names "nonsense", which has no value`,
  );
});

describe('asking by hand', () => {
  const never = new AbortController().signal;
  const results = async (harness: Harness) => {
    const configuration = await harness.runtime.configuration();
    return (await configuration.check(never)).map(({ service, result, words, overrides }) =>
      [service, result, words, ...overrides].join(': '),
    );
  };

  it('asks all programs about the configuration of now, and changes and remembers nothing', async () => {
    const texts: Record<string, string> = {};
    const overrides = memoryOverrides(texts);
    const harness = await started({ overrides });
    const before = containers(harness);
    refuse(harness, 'broken');
    texts['shop.conf'] = 'broken';
    expect(await results(harness)).toEqual(['store: accepted: ', 'shop: refused: bad word broken: shop.conf']);
    expect(containers(harness)).toEqual(before);
    expect(overrides.recall()).toEqual([]);
    expect(harness.engine.changes.map(({ call }) => call)).toEqual(['runProgram', 'runProgram']);
  });

  it('asks again about what was refused before', async () => {
    const harness = await started({ overrides: memoryOverrides({ 'shop.conf': 'broken' }) });
    refuse(harness, 'broken');
    await up(harness);
    harness.engine.onRun = () => ({ exitCode: 0, output: '' });
    expect(await results(harness)).toEqual(['store: accepted: ', 'shop: accepted: : shop.conf']);
  });

  it('says whom it could not ask, and why', async () => {
    const harness = await connected({ withoutImages: true });
    expect(await results(harness)).toEqual([
      'store: unchecked: Its image is not here.',
      'shop: unchecked: Its image is not here.',
    ]);
    const plain = await connected({ catalog: smallCatalog });
    expect((await results(plain))[0]).toBe('store: unchecked: store has no program for it.');
    const stubs = await connected({ images: smallCatalog.map(({ image }) => substituteImage(image, 'stub')) });
    expect((await results(stubs))[0]).toBe('store: unchecked: Only a stub is here, which cannot judge.');
  });

  it('shows which templates are the user’s', async () => {
    const harness = await connected({ overrides: memoryOverrides({ 'shop.conf': 'mine', 'store.conf': '{{x}}' }) });
    const { folder, templates: shown } = (await harness.runtime.configuration()).view();
    expect(folder).toBe('/templates');
    expect(shown.map(({ template, state, problem = '' }) => `${template} ${state} ${problem}`.trim())).toEqual([
      'store.conf ignored The template names "x", which has no value',
      'shop.conf in-use',
    ]);
  });
});
