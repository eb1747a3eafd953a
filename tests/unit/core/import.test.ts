import { describe, expect, it, test } from 'vitest';
import { catalog } from '../../../electron/core/catalog/index.ts';
import { failureText } from '../../../electron/core/failure-text.ts';
import { labels, volumeLabels } from '../../../electron/core/identity.ts';
import { type ImportFacts, type ImportPlan, planImport } from '../../../electron/core/import-plan.ts';
import { importRefusalText } from '../../../electron/core/import-refusal.ts';
import { type ImportLook, parseLook } from '../../../electron/core/import-scripts.ts';
import { chooseSource } from '../../../electron/core/import-source.ts';
import { importDoneText, importPlanText } from '../../../electron/core/import-words.ts';
import { defaultSettings } from '../../../electron/core/settings.ts';

const serviceOf = (id: string) => {
  const found = catalog.find((service) => service.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};
const foreign = (name: string, found = {}) => ({ name, labels: found });
const own = (name: string) => ({ name, labels: volumeLabels(name) });
const kept = foreign('grafana-data-before-macula', { [labels.keptFrom]: 'grafana-data' });
const plain = { kind: 'plain', from: 'infra_grafana-data', to: 'grafana-data', exists: false } as const;
const sameName = { kind: 'same-name', name: 'grafana-data', kept: kept.name, keptExists: false } as const;

describe('the volume of the older set-up', () => {
  const choose = (volumes: readonly { name: string; labels: Readonly<Record<string, string>> }[], from?: string) =>
    chooseSource(serviceOf('grafana'), volumes, from);
  const why = (source: ReturnType<typeof choose>) => (source.kind === 'refused' ? source.refusal : source);

  it('is the only one that is called like it', () => {
    const others = [foreign('infra_loki-data'), foreign('mygrafana-data'), foreign('grafana-data-2')];
    expect(choose([...others, foreign('infra_grafana-data')])).toEqual(plain);
    expect(choose([foreign('infra-grafana-data'), own('grafana-data')])).toMatchObject({
      from: 'infra-grafana-data',
      exists: true,
    });
    expect(why(choose(others))).toEqual({ kind: 'no-candidate', volume: 'grafana-data' });
  });

  it('is named where there are several, and may be called anything then', () => {
    const volumes = [foreign('b_grafana-data'), foreign('a_grafana-data'), foreign('mine')];
    expect(why(choose(volumes))).toEqual({ kind: 'several', volumes: ['a_grafana-data', 'b_grafana-data'] });
    expect(choose(volumes, 'mine')).toMatchObject({ kind: 'plain', from: 'mine' });
    expect(why(choose(volumes, 'absent'))).toEqual({ kind: 'no-such-volume', volume: 'absent' });
  });

  it('is never one of ours', () => {
    expect(why(choose([own('grafana-data')]))).toMatchObject({ kind: 'no-candidate' });
    expect(why(choose([own('grafana-data')], 'grafana-data'))).toMatchObject({ kind: 'own-volume' });
    expect(why(choose([own('loki-data')], 'loki-data'))).toMatchObject({ kind: 'own-volume' });
    expect(why(chooseSource(serviceOf('ingress'), [], undefined))).toEqual({ kind: 'keeps-nothing' });
  });

  it('may have our name, and is put aside then', () => {
    expect(choose([foreign('grafana-data')])).toEqual(sameName);
    expect(choose([foreign('grafana-data'), kept])).toEqual({ ...sameName, keptExists: true });
    expect(why(choose([foreign('grafana-data'), foreign(kept.name)]))).toMatchObject({ kind: 'kept-name-taken' });
    expect(why(choose([foreign('grafana-data'), foreign('mine')], 'mine'))).toMatchObject({ kind: 'name-in-the-way' });
  });

  it('is the one that was put aside, where an import was interrupted after that', () => {
    const wanted = { kind: 'plain', from: kept.name, to: 'grafana-data' };
    expect(choose([kept])).toMatchObject(wanted);
    expect(choose([kept, own('grafana-data')])).toMatchObject(wanted);
    expect(choose([kept, foreign('infra_grafana-data')])).toMatchObject(wanted);
  });
});

const look: ImportLook = { from: { entries: ['grafana.db'], files: 3, bytes: 5e6 }, blockFormats: [], freeBytes: 1e9 };
const facts: ImportFacts = {
  service: 'grafana',
  title: 'Grafana',
  source: plain,
  look,
  users: [],
  isRunning: false,
  mayReplace: false,
  wasFinished: false,
  settings: defaultSettings,
};

function planned(change: Partial<ImportFacts>): ImportPlan {
  const decision = planImport({ ...facts, ...change });
  if (decision.kind === 'refused') throw new Error(JSON.stringify(decision.refusal));
  return decision.plan;
}

function refusedAs(change: Partial<ImportFacts>): unknown {
  const decision = planImport({ ...facts, ...change });
  return decision.kind === 'refused' ? decision.refusal : decision.plan.steps;
}

const kinds = (plan: ImportPlan) => plan.steps.map(({ kind }) => kind).join(', ');
const copy = { kind: 'copy', from: plain.from, to: plain.to, keepsTop: false, replaces: false };

describe('what is done', () => {
  it('is one copy, and a service that runs is stopped for it', () => {
    expect(planned({}).steps).toEqual([copy]);
    expect(kinds(planned({ isRunning: true }))).toBe('stop-service, copy, start-service');
  });

  it('with data of its own needs the word for it', () => {
    const to = { entries: ['grafana.db'], files: 1, bytes: 2e6 };
    expect(refusedAs({ look: { ...look, to } })).toEqual({ kind: 'has-data', volume: 'grafana-data', bytes: 2e6 });
    const plan = planned({ look: { ...look, to }, mayReplace: true });
    expect(plan).toMatchObject({ steps: [{ ...copy, replaces: true }], lostBytes: 2e6 });
    // An empty one, or what is left of a copy, is nobody's data.
    expect(planned({ look: { ...look, to: { ...to, files: 0 } } }).lostBytes).toBeUndefined();
    expect(planned({ look: { ...look, to: { ...to, leftover: 'moving' } } }).notes[0]).toContain('cut off');
    expect(refusedAs({ look: { ...look, to: { ...to, leftover: 'staging' } } })).toMatchObject({ kind: 'has-data' });
  });

  it('is nothing where a killed command was finished without it', () => {
    const to = { entries: ['grafana.db'], files: 3, bytes: 5e6 };
    const plan = planned({ look: { ...look, to }, wasFinished: true });
    expect(plan.steps).toEqual([]);
    expect(plan.lostBytes).toBeUndefined();
    expect(importPlanText(plan)).toContain('Nothing is left to do');
  });

  it('with a volume of our name never removes it before a whole copy is aside', () => {
    const source = { ...sameName, keptExists: true };
    const whole = { entries: ['grafana.db'], files: 3, bytes: 5e6 };
    expect(planned({ source: sameName }).steps).toEqual([
      { ...copy, from: 'grafana-data', to: kept.name, keepsTop: true },
      { kind: 'remove-volume', name: 'grafana-data' },
      { ...copy, from: kept.name },
    ]);
    for (const to of [
      { ...whole, leftover: 'staging' as const },
      { ...whole, leftover: 'moving' as const },
      { ...whole, entries: [] },
    ]) {
      expect(kinds(planned({ source, look: { ...look, to } }))).toBe('copy, remove-volume, copy');
    }
    expect(kinds(planned({ source, look: { ...look, to: whole }, isSameAsKept: true }))).toBe('remove-volume, copy');
    expect(refusedAs({ source, look: { ...look, to: whole }, isSameAsKept: false })).toMatchObject({
      kind: 'kept-differs',
    });
    expect(refusedAs({ source, look: { ...look, to: whole } })).toMatchObject({ kind: 'kept-differs' });
  });

  it('waits for who uses the older volume', () => {
    const user = { id: '1', name: 'old', labels: {} };
    expect(refusedAs({ users: [{ ...user, isRunning: true }] })).toMatchObject({ kind: 'in-use', mustGo: false });
    expect(refusedAs({ users: [{ ...user, isRunning: false }] })).toEqual([copy]);
    // One that is to be removed must be nobody's.
    expect(refusedAs({ source: sameName, users: [{ ...user, isRunning: false }] })).toMatchObject({
      kind: 'in-use',
      mustGo: true,
    });
  });

  it('needs room for a second one', () => {
    const needed = { kind: 'no-space', neededBytes: 5e6, freeBytes: 4e6 };
    expect(refusedAs({ look: { ...look, freeBytes: 4e6 } })).toEqual(needed);
    const { freeBytes: _known, ...unknown } = look;
    expect(refusedAs({ look: unknown })).toEqual([copy]);
    expect(refusedAs({ look: { ...look, from: { ...look.from, files: 0 } } })).toMatchObject({ kind: 'empty' });
  });
});

test.each([
  ['loki', ['chunks', 'index', 'wal'], [], 'BoltDB'],
  ['loki', ['boltdb-shipper-active', 'chunks', 'tsdb-shipper-active'], [], 'BoltDB'],
  ['loki', ['chunks', 'wal'], [], 'no TSDB'],
  ['loki', ['chunks', 'compactor', 'rules', 'tsdb-shipper-active', 'tsdb-shipper-cache', 'wal'], [], undefined],
  ['tempo', ['blocks', 'wal'], ['vParquet4', 'vParquet2'], 'vParquet2'],
  ['tempo', ['blocks', 'wal'], ['vParquet3', 'vParquet4'], undefined],
  ['tempo', ['wal'], [], 'no folder blocks'],
  ['prometheus', ['heads.db', 'VERSION'], [], 'Prometheus 1'],
  ['prometheus', ['chunks_head', 'wal', '01KA'], [], undefined],
] as const)('a store of %s with %j %j is read, or why not: %s', (service, entries, blockFormats, why) => {
  const refusal = refusedAs({ service, look: { ...look, from: { ...look.from, entries }, blockFormats } });
  if (why === undefined) expect(refusal).toEqual([copy]);
  else expect(refusal).toMatchObject({ kind: 'older-store', why: expect.stringContaining(why) });
});

test('the look into the volumes is read as the script says it', () => {
  const from = 'from entry .hidden\nfrom entry a file\nfrom entry lost+found\nfrom files 7\nfrom bytes 4096\n';
  const to = 'to entry .macula-import\nto entry data\nto files 1\nto bytes 10\n';
  const rest = 'format "format":"vParquet4"\nfree 20\n';
  expect(parseLook(from + to + rest)).toEqual({
    from: { entries: ['.hidden', 'a file'], files: 7, bytes: 4096 },
    to: { entries: ['data'], files: 1, bytes: 10, leftover: 'staging' },
    freeBytes: 20_480,
    blockFormats: ['vParquet4'],
  });
  expect(parseLook(from).to).toBeUndefined();
  expect(() => parseLook('nothing')).toThrow('told no');
});

describe('its words', () => {
  it('say all that will be done, and what is lost', () => {
    const to = { entries: ['grafana.db'], files: 1, bytes: 2e6 };
    const plan = planned({ isRunning: true, mayReplace: true, look: { ...look, to } });
    expect(importPlanText(plan)).toBe(`Import older data of Grafana from infra_grafana-data (3 files, 5.0 MB)

  1. Stop Grafana.
  2. Copy infra_grafana-data to grafana-data in the place of what is there, and compare the two.
  3. Start Grafana.

This deletes for good what grafana-data holds now: 2.0 MB of Macula's own.

infra_grafana-data is only read, and stays as it is.

Users and passwords are those of the older Grafana.
`);
    expect(importDoneText(plan)).toContain('docker volume rm infra_grafana-data');
    const aside = planned({ source: sameName });
    expect(importPlanText(aside)).toContain('Remove the volume grafana-data, which');
    expect(importDoneText(aside)).toContain('docker volume rm grafana-data-before-macula');
  });

  it('name what is deleted by its age', () => {
    expect(planned({ service: 'prometheus' }).notes[0]).toContain('older than 15 days');
  });

  it('lead from the conflict to the command', () => {
    for (const { id, volumes } of catalog) {
      for (const { name } of volumes) {
        expect(failureText({ code: 'foreign-volume', name }).nextStep).toContain(`macula import ${id} `);
      }
    }
  });

  it('of each refusal say what happened, why, and what to do', () => {
    const text = importRefusalText('grafana', { kind: 'in-use', volume: 'old', containers: ['a', 'b'], mustGo: false });
    expect(text).toEqual({
      title: 'old is in use',
      detail: 'It is being written by a, b.',
      nextStep: 'Stop the older set-up (docker stop a b), and try again.',
    });
  });
});
