// No program judges what changes while its service runs: the user's own never takes its place.
import { afterEach, expect, it } from 'vitest';
import { defaultSettings } from '../../../electron/core/settings.ts';
import { memoryOverrides, type Harness } from './harness.ts';
import { contentOf, prometheusHarness, userPath } from './watched-prometheus.ts';

const template = 'prometheus/targets.json';
const problem = 'It changes while the service runs, and no program checks it.';

let open: Harness[] = [];
afterEach(() => {
  for (const harness of open) harness.runtime.close();
  open = [];
});

async function connected(texts: Readonly<Record<string, string>>, watch = true): Promise<Harness> {
  const harness = prometheusHarness({ overrides: memoryOverrides(texts) });
  open.push(harness);
  await harness.runtime.connect({ watch });
  return harness;
}

it('is not put into a new container, nor asked about', async () => {
  const harness = await connected({ [template]: 'broken' });
  expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
  expect(contentOf(harness, userPath)).toBe('[]');
  expect(harness.engine.changes.map(({ call }) => call)).not.toContain('runProgram');
  expect(harness.runtime.snapshot().notes.join('\n')).toBe(
    `Your ${template} is not in use, the app's own is. ${problem}`,
  );
});

it.each([
  ['while the app watches', true],
  ['by a single command', false],
])('is not put into the container that runs, %s', async (_how, watch) => {
  const texts: Record<string, string> = {};
  const harness = await connected(texts, watch);
  expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
  texts[template] = 'broken';
  harness.engine.changes.length = 0;
  expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
  const target = { name: 'shop', address: 'shop:1', path: '/metrics', scheme: 'http' } as const;
  await harness.runtime.changeSettings({ ...defaultSettings, targets: [target] });
  await harness.runtime.refresh();
  await expect.poll(() => contentOf(harness, userPath)).toContain('shop:1');
  expect(harness.engine.changes.map(({ call }) => call)).toEqual(['uploadFiles']);
});

it('is shown as ignored, also while its service is switched off', async () => {
  const harness = await connected({ [template]: '[]', 'prometheus/prometheus.yml': 'mine' });
  const configuration = await harness.runtime.configuration();
  const shown = () =>
    Object.fromEntries(configuration.view().templates.map((view) => [view.template, view.problem ?? view.state]));
  const others = { 'prometheus/observed.json': 'own' };
  expect(shown()).toEqual({ ...others, [template]: problem, 'prometheus/prometheus.yml': 'in-use' });
  await harness.runtime.changeSettings({ disabledServices: ['prometheus'] });
  expect(shown()).toEqual({
    ...others,
    [template]: problem,
    'prometheus/prometheus.yml': 'Prometheus is switched off.',
  });
});

it('is not exported', async () => {
  const harness = await connected({});
  const configuration = await harness.runtime.configuration();
  expect(configuration.export(template)).toEqual({ kind: 'refused', problem });
  expect(configuration.export('prometheus/prometheus.yml')).toMatchObject({ kind: 'written' });
});

it('has no part in what was refused: its text may change, and nobody is asked again', async () => {
  const texts: Record<string, string> = { 'prometheus/prometheus.yml': 'broken' };
  const harness = await connected(texts);
  harness.engine.onRun = (run) => ({
    exitCode: run.files.some(({ content }) => content === 'broken') ? 1 : 0,
    output: 'bad',
  });
  await harness.runtime.run({ kind: 'up' });
  harness.engine.changes.length = 0;
  texts[template] = 'anything';
  expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
  expect(harness.engine.changes).toEqual([]);
});
