import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../electron/cli/arguments.ts';
import { paintFor } from '../../../electron/cli/paint.ts';
import { chosenRetention, retentionText, storeJson } from '../../../electron/cli/retention-text.ts';
import { defaultSettings } from '../../../electron/core/settings.ts';
import { signalStores, storeChecks, storeNote } from '../../../electron/core/telemetry/signal-stores.ts';

const before = { days: 7, gigabytes: 4 };
const plain = paintFor({}, false);
const now = 1_700_000_000_000;
const hour = 3_600_000;

describe('what --days and --size are understood as', () => {
  it.each([
    [{ days: '30' }, { days: 30, gigabytes: 4 }],
    [{ size: '10GB' }, { days: 7, gigabytes: 10 }],
    [{ size: '500MB' }, { days: 7, gigabytes: 0.5 }],
    [
      { size: '1.5g', days: '1' },
      { days: 1, gigabytes: 1.5 },
    ],
    [{ size: '2 TB' }, { days: 7, gigabytes: 2000 }],
  ])('%j', (values, chosen) => {
    expect(chosenRetention(values, before)).toEqual(chosen);
  });

  it.each([{ days: '0' }, { days: '366' }, { days: 'week' }, { days: '1.5' }])('%j is refused', (values) => {
    expect(chosenRetention(values, before)).toContain('--days wants a whole number from 1 to 365');
  });

  it.each([{ size: '4' }, { size: '50MB' }, { size: '11TB' }, { size: 'much' }, { size: '4KB' }])(
    '%j is refused',
    (values) => {
      expect(chosenRetention(values, before)).toContain('--size wants a size from 100MB to 10TB');
    },
  );
});

describe('the names that they take', () => {
  it.each([
    ['wipe', 'wipe wants one signal: metrics, logs, traces.'],
    ['wipe logs traces', 'wipe wants one signal: metrics, logs, traces.'],
    ['wipe log', 'There is no signal "log". Did you mean "logs"?'],
    ['wipe loki', 'There is no signal "loki". There are metrics, logs, traces.'],
    ['retention trace', 'There is no signal "trace". Did you mean "traces"?'],
    ['wipe logs --volumes', 'wipe has no option "--volumes".'],
  ])('%s', (line, message) => {
    expect(parseArguments(line.split(' '), ['loki'])).toMatchObject({ kind: 'usage', message });
  });

  it.each(['retention', 'retention logs --days 3 --size 1GB --json', 'wipe logs --yes'])('%s', (line) => {
    expect(parseArguments(line.split(' '), []).kind).toBe('run');
  });
});

describe('the table', () => {
  const stores = signalStores({
    retention: { ...defaultSettings.retention, metrics: { days: 1, gigabytes: 0.5 } },
    usedBytes: { loki: 3.9e9, tempo: 5e9 },
    inForce: {
      logs: { hours: 50, most: 168, changedAt: now - hour },
      traces: { hours: 1, most: 72, changedAt: now - hour },
    },
    now,
  });

  it('names each signal with its limits, what it takes, and what is worth a word', () => {
    expect(retentionText(stores, plain)).toBe(`signal   kept for  at most  used now
metrics  1 day     500 MB   not known
logs     7 days    4 GB     3.9 GB
  The cap is reached: it reaches back 2 days and 2 hours only.
traces   3 days    4 GB     5 GB
  It takes more than its cap, though it reaches back no further than 1 hour, the least there is. macula wipe traces deletes all of it.
`);
  });

  it('is data for programs, with null for what is not known', () => {
    expect(storeJson(stores[0]!)).toEqual({
      signal: 'metrics',
      service: 'prometheus',
      days: 1,
      capBytes: 500_000_000,
      usedBytes: null,
      shortenedToHours: null,
      isOverCap: false,
      note: '',
    });
    expect(storeJson(stores[1]!)).toMatchObject({ usedBytes: 3.9e9, shortenedToHours: 50 });
  });

  it('says what nobody watches, and that Prometheus keeps what it took in last', () => {
    const unwatched = { retention: defaultSettings.retention, inForce: {}, now };
    const [metrics, logs] = signalStores({ ...unwatched, usedBytes: { loki: 4.5e9, prometheus: 5e9 } });
    expect(metrics).toMatchObject({ isOverCap: true });
    expect(storeNote(metrics!)).toContain('macula wipe metrics');
    expect(logs).toMatchObject({ isOverCap: false });
    expect(storeNote(logs!)).toContain('while the app runs');
    const [within] = signalStores({ ...unwatched, usedBytes: { prometheus: 4.2e9 } });
    expect(storeNote(within!)).toBe('');
  });

  it('is a row of the doctor for each that was measured', () => {
    expect(storeChecks(stores).map(({ subject, result }) => `${subject}: ${result}`)).toEqual([
      'disk of logs: note',
      'disk of traces: note',
    ]);
    expect(
      storeChecks(
        signalStores({ ...{ inForce: {}, now, retention: defaultSettings.retention }, usedBytes: { loki: 1e8 } }),
      ),
    ).toEqual([{ subject: 'disk of logs', result: 'ok', detail: '100 MB of 4 GB, for 7 days.' }]);
  });
});
