// The order of an import, its refusals and what it leaves, on the fake engine. What the shell lines do is shown on real
// volumes, in tests/observability.
import { afterEach, describe, expect, it } from 'vitest';
import { catalog } from '../../../electron/core/catalog/index.ts';
import type { ProgramResult, ProgramRun } from '../../../electron/core/engine-port.ts';
import { labels, volumeLabels } from '../../../electron/core/identity.ts';
import * as scripts from '../../../electron/core/import-scripts.ts';
import type { ImportRequest } from '../../../electron/runtime/runtime-api.ts';
import { newContainer } from '../../engine/fake-world.ts';
import { createHarness, type Harness } from './harness.ts';

const old = 'infra_grafana-data';
const own = 'grafana-data';
const kept = 'grafana-data-before-macula';
const chosen = catalog.filter(({ id }) => id === 'grafana' || id === 'ingress').map((one) => ({ ...one, needs: [] }));
const templates = Object.fromEntries(chosen.flatMap(({ files }) => files.map(({ template }) => [template, template])));

let harnesses: Harness[] = [];
afterEach(() => {
  for (const { runtime } of harnesses) runtime.close();
  harnesses = [];
});

interface Stage {
  readonly harness: Harness;
  // Volume -> what it holds, one word each; '' is empty.
  readonly held: Map<string, string>;
  // What a copy comes to, in the place of copying.
  copy: ((run: ProgramRun, signal: AbortSignal) => ProgramResult | Promise<ProgramResult>) | undefined;
}

async function stage(volumes: Readonly<Record<string, { readonly holds: string; readonly labels?: object }>>) {
  const harness = createHarness({ catalog: chosen, templates });
  harnesses.push(harness);
  const held = new Map<string, string>();
  for (const [name, volume] of Object.entries(volumes)) {
    harness.engine.world.volumes.set(name, { name, labels: { ...volume.labels } });
    held.set(name, volume.holds);
  }
  const set: Stage = { harness, held, copy: undefined };
  harness.engine.onRun = (run, signal) => {
    const at = (path: string) => run.volumes?.find((one) => one.path === path)?.name;
    const [from = '', to] = [at(scripts.fromPath), at(scripts.toPath)];
    const [, script] = run.command;
    if (script === scripts.lookScript) return { exitCode: 0, output: looked(held, from, to) };
    if (script === scripts.compareScript) {
      return { exitCode: held.get(from) === held.get(to ?? '') ? 0 : scripts.differsExit, output: '' };
    }
    if (script !== scripts.copyScript) return { exitCode: 0, output: '' };
    if (set.copy !== undefined) return set.copy(run, signal);
    held.set(to ?? '', held.get(from) ?? '');
    return { exitCode: 0, output: '' };
  };
  await harness.runtime.connect({ watch: false });
  return set;
}

function looked(held: ReadonlyMap<string, string>, from: string, to: string | undefined): string {
  const told = (side: string, name: string) => {
    const entry = held.get(name) ?? '';
    return `${entry === '' ? '' : `${side} entry ${entry}\n`}${side} files ${entry === '' ? 0 : 1}\n${side} bytes 1000\n`;
  };
  return `${told('from', from)}${to === undefined ? '' : told('to', to)}free 1000\n`;
}

async function importAll({ harness }: Stage, change: Partial<ImportRequest> = {}, signal?: AbortSignal) {
  const request = { service: 'grafana', mayReplace: false, ...change };
  const imports = await harness.runtime.imports();
  const plan = await imports.preview(request);
  harness.engine.changes.length = 0;
  return imports.carryOut(request, plan, () => undefined, signal ?? new AbortController().signal);
}

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { failure?: { code: string; refusal?: { kind: string } } }) =>
      error.failure?.refusal?.kind ?? error.failure?.code ?? JSON.stringify(error),
  );
const changesOf = ({ harness }: Stage) =>
  harness.engine.changes
    .filter(({ call }) => /Volume$|^(start|stop)Container/.test(call))
    .map(({ call, subject }) => `${call} ${subject}`);
const labelsOf = ({ harness }: Stage, name: string) => harness.engine.world.volumes.get(name)?.labels;

describe('an older volume', () => {
  it('is copied into ours, mounted so that it cannot be written', async () => {
    const set = await stage({ [old]: { holds: 'older' } });
    const mounted: (boolean | undefined)[] = [];
    const { onRun } = set.harness.engine;
    set.harness.engine.onRun = (run, signal) => {
      mounted.push(...(run.volumes ?? []).filter(({ name }) => name === old).map(({ isReadOnly }) => isReadOnly));
      return onRun(run, signal);
    };
    expect(await importAll(set)).toBe('done');
    expect(set.held.get(own)).toBe('older');
    expect(labelsOf(set, own)).toEqual(volumeLabels(own));
    expect(labelsOf(set, old)).toEqual({});
    expect(changesOf(set)).toEqual([`createVolume ${own}`]);
    expect(mounted.length).toBeGreaterThan(2);
    expect(new Set(mounted)).toEqual(new Set([true]));
  });

  it('gives ours the owner that the image of the service wants, before the copy', async () => {
    const set = await stage({ [old]: { holds: 'older' } });
    const order: string[] = [];
    const { onRun } = set.harness.engine;
    set.harness.engine.onRun = (run, signal) => {
      order.push(run.volumes?.map(({ name, path }) => `${name} at ${path}`).join(', ') ?? '');
      return onRun(run, signal);
    };
    await importAll(set);
    expect(order.slice(-2)).toEqual([`${own} at /var/lib/grafana`, `${old} at /from, ${own} at /to`]);
  });

  it('does not replace what ours holds without the word for it; a running service is away meanwhile', async () => {
    const set = await stage({ [old]: { holds: 'older' } });
    expect(await set.harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    set.held.set(own, 'newer');
    expect(await refusalOf(importAll(set))).toBe('has-data');
    expect(set.held.get(own)).toBe('newer');
    expect(await importAll(set, { mayReplace: true })).toBe('done');
    expect(changesOf(set)).toEqual([
      'stopContainer macula-grafana',
      `createVolume ${own}`,
      'startContainer macula-grafana',
    ]);
    expect(set.held.get(own)).toBe('older');
  });

  it('that was changed since it was shown is not touched', async () => {
    const set = await stage({ [old]: { holds: 'older' } });
    const imports = await set.harness.runtime.imports();
    const request = { service: 'grafana', mayReplace: true };
    const plan = await imports.preview(request);
    set.harness.engine.world.volumes.set(own, { name: own, labels: volumeLabels(own) });
    set.held.set(own, 'newer');
    const work = imports.carryOut(request, plan, () => undefined, new AbortController().signal);
    expect(await refusalOf(work)).toBe('changed');
    expect(set.held.get(own)).toBe('newer');
  });
});

describe('a copy that fails', () => {
  it.each([
    [{ exitCode: 1, output: 'cp: write error: No space left on device\n' }, 'disk-full'],
    [{ exitCode: scripts.differsExit, output: '' }, 'copy-differs'],
    [{ exitCode: 1, output: 'cp: read error\n' }, 'operation-failed'],
  ])('takes our volume away again: %j', async (result, code) => {
    const set = await stage({ [old]: { holds: 'older' } });
    set.copy = () => result;
    expect(await refusalOf(importAll(set))).toBe(code);
    expect(labelsOf(set, own)).toBeUndefined();
    expect(set.held.get(old)).toBe('older');
  });

  it('leaves a volume that was there, and starts the service again', async () => {
    const set = await stage({ [old]: { holds: 'older' } });
    await set.harness.runtime.run({ kind: 'up' });
    set.held.set(own, 'newer');
    set.copy = () => ({ exitCode: 1, output: 'No space left on device' });
    expect(await refusalOf(importAll(set, { mayReplace: true }))).toBe('disk-full');
    expect(labelsOf(set, own)).toEqual(volumeLabels(own));
    expect(set.harness.engine.container('macula-grafana').phase).toBe('running');
  });

  it('because another import took its place removes nothing of the other', async () => {
    const set = await stage({ [old]: { holds: 'older' } });
    set.copy = () => ({ exitCode: 137, output: '' });
    expect(await refusalOf(importAll(set))).toBe('ended-from-outside');
    expect(labelsOf(set, own)).toEqual(volumeLabels(own));
  });

  it('by Ctrl-C is a cancelled one, and takes our volume away again', async () => {
    const set = await stage({ [old]: { holds: 'older' } });
    const stop = new AbortController();
    set.copy = () => {
      stop.abort();
      return new Promise(() => undefined);
    };
    expect(await importAll(set, {}, stop.signal)).toBe('cancelled');
    expect(labelsOf(set, own)).toBeUndefined();
  });
});

describe('a volume of our name', () => {
  it('is put aside, removed, and made anew, in this order', async () => {
    const set = await stage({ [own]: { holds: 'older' } });
    expect(await importAll(set)).toBe('done');
    expect(changesOf(set)).toEqual([`createVolume ${kept}`, `removeVolume ${own}`, `createVolume ${own}`]);
    expect([set.held.get(kept), set.held.get(own)]).toEqual(['older', 'older']);
    expect(labelsOf(set, own)).toEqual(volumeLabels(own));
    expect(labelsOf(set, kept)).toEqual({ [labels.keptFrom]: own });
  });

  it('stays where it could not be put aside', async () => {
    const set = await stage({ [own]: { holds: 'older' } });
    set.copy = () => ({ exitCode: scripts.differsExit, output: '' });
    expect(await refusalOf(importAll(set))).toBe('copy-differs');
    expect(changesOf(set)).not.toContain(`removeVolume ${own}`);
    expect(labelsOf(set, kept)).toBeUndefined();
  });

  it('is not copied again where a whole copy is aside, and is kept where the two differ', async () => {
    const aside = { holds: 'older', labels: { [labels.keptFrom]: own } };
    const same = await stage({ [own]: { holds: 'older' }, [kept]: aside });
    expect(await importAll(same)).toBe('done');
    expect(changesOf(same)).toEqual([`removeVolume ${own}`, `createVolume ${own}`]);
    const other = await stage({ [own]: { holds: 'changed' }, [kept]: aside });
    expect(await refusalOf(importAll(other))).toBe('kept-differs');
    expect([other.held.get(own), other.held.get(kept)]).toEqual(['changed', 'older']);
  });
});

describe('after a command that was killed', () => {
  function leaveBehind({ harness }: Stage, phase: 'running' | 'exited', exitCode?: number): void {
    const { world } = harness.engine;
    const [image] = world.images;
    const volumes = [
      { name: old, path: '/from' },
      { name: own, path: '/to' },
    ];
    const desired = { ...harness.runtime.desired().services[0]?.container, name: 'left', volumes };
    const container = newContainer('left', desired as never, {
      labels: { [labels.check]: 'grafana', [labels.checkVolumes]: `${old} ${own}` },
      imageId: image?.id ?? '',
      networkName: 'none',
    });
    world.containers.set('left', Object.assign(container, { phase, ...(exitCode !== undefined && { exitCode }) }));
  }

  it('its container is taken away before the copy begins anew', async () => {
    const set = await stage({ [old]: { holds: 'older' }, [own]: { holds: '', labels: volumeLabels(own) } });
    leaveBehind(set, 'running');
    expect(await importAll(set)).toBe('done');
    expect(set.harness.engine.world.containers.has('left')).toBe(false);
    expect(set.held.get(own)).toBe('older');
  });

  it('nothing is left to do where its container finished the copy', async () => {
    // Ours was used since then.
    const set = await stage({ [old]: { holds: 'older' }, [own]: { holds: 'used', labels: volumeLabels(own) } });
    leaveBehind(set, 'exited', 1);
    expect(await refusalOf(importAll(set))).toBe('has-data');
    leaveBehind(set, 'exited', 0);
    const copies: ProgramRun[] = [];
    set.copy = (run) => {
      copies.push(run);
      return { exitCode: 0, output: '' };
    };
    expect(await importAll(set)).toBe('done');
    expect(copies).toEqual([]);
    expect(set.harness.engine.world.containers.has('left')).toBe(false);
  });

  it('nothing is left to do where ours holds the very same', async () => {
    const set = await stage({ [old]: { holds: 'older' }, [own]: { holds: 'older', labels: volumeLabels(own) } });
    set.copy = () => ({ exitCode: 1, output: 'copied again' });
    expect(await importAll(set)).toBe('done');
    expect(changesOf(set)).toEqual([]);
  });
});
