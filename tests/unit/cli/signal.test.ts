// What macula signal prints, and the rows that the doctor makes of the same report.
import { describe, expect, it } from 'vitest';
import { coloured, plain } from '../../../electron/cli/paint.ts';
import { signalText } from '../../../electron/cli/signal-text.ts';
import { doctorChecks } from '../../../electron/core/doctor.ts';
import { hopFailed, hopNotRun, hopOk } from '../../../electron/core/telemetry/signal-hops.ts';
import {
  isWhole,
  linkNames,
  type SignalHop,
  type SignalReport,
} from '../../../electron/core/telemetry/signal-report.ts';
import { situation } from './doctor-facts.ts';

const sent = hopOk({ name: 'sent to http://127.0.0.6:4318', service: 'alloy' }, 12.4);
const found = hopOk({ name: 'found in Loki by its trace id', service: 'loki' }, 1512);
const lost = hopFailed(
  { name: 'found in Loki by its trace id', service: 'loki' },
  'It was not there.',
  'macula logs loki',
);
const stub = (name: string): SignalHop => hopNotRun({ name, service: 'grafana' }, 'A stub.');
const toTrace = hopOk({ name: linkNames.logToTrace, service: 'tempo' }, 1600);

function reportOf(hops: readonly SignalHop[], links: readonly SignalHop[] = []): SignalReport {
  return { traceId: 'abc', paths: [{ signal: 'logs', hops }], links };
}

describe('macula signal', () => {
  it('prints every hop with its time', () => {
    expect(signalText(reportOf([sent, found], [toTrace]), plain)).toBe(
      [
        'logs',
        '  ok       sent to http://127.0.0.6:4318      12 ms',
        '  ok       found in Loki by its trace id    1512 ms',
        '',
        'links',
        '  ok       log line to its trace            1600 ms',
        '',
        'Every hop succeeded; trace abc.',
        '',
      ].join('\n'),
    );
  });

  it('says why a hop failed, what to do, and what was not run', () => {
    const text = signalText(reportOf([sent, lost, stub('found through Grafana')]), plain);
    expect(text).toContain(
      '  failed   found in Loki by its trace id\n           It was not there.\n           Next: macula logs loki\n',
    );
    expect(text).toContain('  not-run  found through Grafana\n           A stub.\n');
    expect(text).toContain('1 of 3 hops failed. 1 of 3 was not run.\n');
  });

  it('says once what holds for several hops in a row', () => {
    const text = signalText(reportOf([sent, stub('one'), stub('two'), lost]), plain);
    expect(text).toContain('  not-run  one\n  not-run  two\n           A stub.\n  failed');
  });

  it('claims nothing where nothing was run', () => {
    expect(signalText(reportOf([stub('sent'), stub('found')]), plain)).toContain('Nothing was proven');
    expect(signalText(reportOf([sent, stub('found')]), plain)).toContain(
      'Every hop that was run succeeded; trace abc. 1 of 2 was not run.',
    );
  });

  it('colours as the doctor does', () => {
    const text = signalText(reportOf([sent, lost, stub('found')]), coloured);
    expect(text).toContain('\u001b[32mok     \u001b[39m');
    expect(text).toContain('\u001b[31mfailed \u001b[39m');
    expect(text).toContain('\u001b[33mnot-run\u001b[39m');
  });

  it('is whole unless a hop failed', () => {
    expect(isWhole(reportOf([sent, stub('found')]))).toBe(true);
    expect(isWhole(reportOf([sent, lost]))).toBe(false);
    expect(isWhole(reportOf([sent], [lost]))).toBe(false);
  });
});

describe("the doctor's rows on signals", () => {
  const rows = (signal: SignalReport, off: readonly string[] = []) =>
    doctorChecks(
      situation({ services: off.map((id) => ({ id, state: 'off' as const })), change: () => ({ signal }) }),
    ).filter(({ subject }) => subject.startsWith('signal '));

  it('are not there where nothing was sent', () => {
    expect(doctorChecks(situation()).some(({ subject }) => subject.startsWith('signal '))).toBe(false);
  });

  it('sum up what succeeded, and name what was not run', () => {
    expect(rows(reportOf([sent, found, stub('found through Grafana')], [toTrace]))).toEqual([
      {
        subject: 'signal logs',
        result: 'ok',
        detail: '3 hops in 1.6 s; not run: found through Grafana (A stub.)',
      },
    ]);
  });

  it('are notes where nothing was run', () => {
    expect(rows(reportOf([stub('sent'), stub('found')]))).toMatchObject([
      { result: 'note', detail: 'not run: sent, found (A stub.)' },
    ]);
  });

  it('name the failing hop with its repair', () => {
    expect(rows(reportOf([sent, lost, lost]))).toEqual([
      {
        subject: 'signal logs',
        result: 'failed',
        detail: 'found in Loki by its trace id: It was not there. 1 more hop failed.',
        nextStep: 'macula logs loki',
        repair: { label: 'Restart Loki', action: { kind: 'restart', service: 'loki' } },
      },
    ]);
    expect(rows(reportOf([lost]), ['loki'])).toMatchObject([{ repair: { action: { kind: 'up', service: 'loki' } } }]);
  });

  it('hold a link that leads nowhere against the signal that it starts from', () => {
    const broken = hopFailed({ name: linkNames.exemplarToTrace, service: 'tempo' }, 'Gone.', 'Look.');
    const both: SignalReport = {
      ...reportOf([sent]),
      paths: [
        { signal: 'logs', hops: [sent] },
        { signal: 'traces', hops: [sent] },
      ],
      links: [toTrace, broken],
    };
    expect(rows(both).map(({ subject, result }) => `${subject} ${result}`)).toEqual([
      'signal logs ok',
      'signal traces failed',
    ]);
  });
});
