// macula signal and the doctor's rows on the real services: what can be real has to be found, and what stands in for a
// service proves nothing and says so.
import { describe, expect, test } from 'vitest';
import { checkService } from '../../electron/core/telemetry/otlp-payload.ts';
import type { SignalHop, SignalReport } from '../../electron/core/telemetry/signal-report.ts';
import { json, macula, startMacula } from '../cli/support/macula.ts';
import { waitUntil } from '../e2e/wait-until.ts';
import { doors } from './support/doors.ts';
import { insistedSeconds, Times } from './support/measured.ts';
import { logQl } from './support/queries.ts';
import { done, useRealStack, whileStopped, writeSettings } from './support/real-stack.ts';

const needsStack = useRealStack({
  real: ['prometheus', 'loki', 'tempo'],
  settings: { disabledServices: ['alloy'] },
  upForSeconds: 60,
});
const times = new Times('signal-check');

interface Service {
  readonly id: string;
  readonly substitute: string | null;
  readonly address: string;
}

interface Told {
  readonly outcome: string;
  readonly report: SignalReport;
  readonly services: readonly Service[];
}

async function signal(): Promise<Told> {
  return (await json(['signal'])) as unknown as Told;
}

function isStub(id: string, { services }: Told): boolean {
  return services.find((service) => service.id === id)?.substitute === 'stub';
}

function hopsOf({ report }: Told): readonly SignalHop[] {
  return [...report.paths.flatMap(({ hops }) => hops), ...report.links];
}

const grafanaHops = [
  'found through Grafana',
  'found through Grafana',
  'found through Grafana by its id',
  'found through Grafana by TraceQL',
  'exemplar found through Grafana',
];

function expectWhole(told: Told): void {
  const trouble = JSON.stringify(told.report, undefined, 2);
  expect(told.outcome, trouble).toBe('done');
  for (const hop of hopsOf(told)) {
    const stub = hop.service === 'grafana' || hop.name.includes('Alloy') ? (hop.service ?? '') : '';
    if (isStub(stub, told)) {
      expect(hop).toMatchObject({ result: 'not-run', reason: expect.stringContaining('is a stub') });
    } else {
      expect(hop, trouble).toMatchObject({ result: 'ok' });
    }
  }
}

function expectInTime(told: Told, isMeant: (name: string) => boolean): void {
  for (const { name, result, milliseconds = Infinity } of hopsOf(told)) {
    if (result !== 'ok' || !isMeant(name)) continue;
    expect(milliseconds, name).toBeLessThan(insistedSeconds * 1000);
    times.found(name, milliseconds / 1000);
  }
}

function namesOf(told: Told): readonly string[] {
  return hopsOf(told).map(({ name }) => name);
}

const found = [
  'found in Prometheus by PromQL',
  'found in Loki by its trace id',
  'found in Tempo by its id',
  'found in Tempo by TraceQL',
  'counted in a span metric',
  'counted in the service graph',
  'found in Prometheus as an exemplar',
  'log line to its trace',
  'trace to its log lines',
  'exemplar to its trace',
];

describe('without Alloy', () => {
  test('each signal is found again, and leads to the others', async (context) => {
    needsStack(context);
    const told = await signal();
    expectWhole(told);
    const sent = [doors.prometheus, doors.loki, doors.otlpHttp].map((door) => `sent to ${door}`);
    expect(namesOf(told).toSorted()).toEqual([...sent, ...found, ...grafanaHops].toSorted());
    // The metrics of the very first trace after a start may come without their exemplars: there are more spans then.
    expectInTime(told, (name) => !name.includes('exemplar'));
    const next = await signal();
    expectWhole(next);
    expectInTime(next, () => true);
    expect(next.report.traceId).not.toBe(told.report.traceId);
  });

  test('the command ends with 0, prints a table, and keeps the password to itself', async (context) => {
    needsStack(context);
    const { code, stdout, stderr } = await macula(['signal']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const name of found) expect(stdout).toMatch(new RegExp(`ok +${name} +\\d+ ms`));
    expect(`${stdout}${stderr}`).not.toContain('admin');
  });

  test('the doctor has a row for each signal', async (context) => {
    needsStack(context);
    const { checks } = (await json(['doctor'])) as {
      checks: readonly { subject: string; result: string; detail: string }[];
    };
    const rows = checks.filter(({ subject }) => subject.startsWith('signal '));
    expect(rows.map(({ subject, result }) => `${subject} ${result}`)).toEqual([
      'signal metrics ok',
      'signal logs ok',
      'signal traces ok',
    ]);
    expect(rows[2]?.detail).toMatch(/^\d+ hops in [\d.]+ s/);
  });

  test('a store that is stopped is named, and the others go on', async (context) => {
    needsStack(context);
    await whileStopped('loki', async () => {
      const { code, stdout } = await macula(['signal']);
      expect(code).toBe(1);
      expect(stdout).toMatch(/failed +sent to Loki\n +Loki does not run\.\n +Next: macula up loki starts it\./);
      expect(stdout).toMatch(/ok +found in Tempo by TraceQL/);
    });
  });

  test('Ctrl-C ends it with 130', async (context) => {
    needsStack(context);
    const sent = async () => (await logQl(`{service_name="${checkService}"}`)).length;
    const before = await sent();
    const command = startMacula(['signal']);
    // It has sent then. What it looks for in Tempo and in the metrics made of it takes seconds more.
    await waitUntil('its log line', async () => ((await sent()) > before ? true : undefined), insistedSeconds);
    command.interrupt();
    // Not merely killed by the signal, which gives the same code.
    expect(await command.ended).toMatchObject({ code: 130, stdout: '', stderr: 'Interrupted.\n' });
  });
});

describe('with Alloy', () => {
  test('signals go through it; a stub is gone past, which is said', async (context) => {
    needsStack(context);
    writeSettings({});
    await done(['up']);
    const told = await signal();
    expectWhole(told);
    const sent = namesOf(told).filter((name) => name.startsWith('sent'));
    const tempo = told.services.find(({ id }) => id === 'tempo')?.address;
    expect(sent).toEqual(
      isStub('alloy', told)
        ? [
            ...['sent through Alloy', `sent to ${doors.prometheus}`],
            ...['sent through Alloy', `sent to ${doors.loki}`],
            ...['sent through Alloy', `sent to http://${tempo}:4318`],
          ]
        : Array.from({ length: 3 }, () => `sent to ${doors.otlpHttp}`),
    );
  });
});
