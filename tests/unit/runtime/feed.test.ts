// When the feed sends what, on the fake engine. Under which names it arrives is tested on Prometheus.
import { afterEach, describe, expect, it } from 'vitest';
import { feedWorld, type FeedWorld, type Sent } from './feed-world.ts';
import { until } from './harness.ts';

let open: FeedWorld[] = [];
afterEach(async () => {
  await Promise.all(open.map((one) => one.close()));
  open = [];
});

async function begin(given: Parameters<typeof feedWorld>[0] = {}): Promise<FeedWorld> {
  const found = await feedWorld(given);
  open.push(found);
  return found;
}

interface Body {
  readonly resourceMetrics: readonly {
    readonly scopeMetrics: readonly {
      readonly metrics: readonly {
        readonly name: string;
        readonly sum?: Data;
        readonly gauge?: Data;
      }[];
    }[];
  }[];
}

interface Data {
  readonly dataPoints: readonly {
    readonly asDouble?: number;
    readonly flags?: number;
    readonly attributes: readonly { readonly value: { readonly stringValue: string } }[];
  }[];
}

// 'macula.service.ready loki': 1; what has ended is 'end'.
function pointsOf(sent: Sent | undefined): Readonly<Record<string, number | 'end'>> {
  const { resourceMetrics } = JSON.parse(sent?.body ?? '{"resourceMetrics":[]}') as Body;
  const metrics = resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  const points = metrics.flatMap(({ name, sum, gauge }) =>
    ((sum ?? gauge)?.dataPoints ?? []).map((point): [string, number | 'end'] => [
      [name, ...point.attributes.map(({ value }) => value.stringValue)].join(' '),
      point.flags === 1 ? 'end' : (point.asDouble ?? NaN),
    ]),
  );
  return Object.fromEntries(points);
}

async function round(found: FeedWorld): Promise<Readonly<Record<string, number | 'end'>>> {
  const before = found.sent.length;
  found.clock.advance(15_000);
  await until(() => found.sent.length > before, 'a round is sent');
  return pointsOf(found.sent.at(-1));
}

describe('figures', () => {
  it('are sent while Prometheus is ready, of what runs and of what is ready', async () => {
    const found = await begin();
    found.engine.setStats('macula-loki', { cpuSeconds: 12.5, memoryBytes: 1000, processes: 7 });
    await found.see('prometheus', 'tempo');
    const points = await round(found);
    expect(found.sent[0]).toMatchObject({ origin: 'http://127.0.0.3:9090', path: '/api/v1/otlp/v1/metrics' });
    expect(points).toMatchObject({
      'container.cpu.time loki macula-loki': 12.5,
      'container.memory.usage loki macula-loki': 1000,
      'container.processes loki macula-loki': 7,
      'macula.service.ready prometheus': 1,
      'macula.service.ready tempo': 1,
      'macula.service.ready loki': 0,
      'macula.service.ready grafana': 0,
    });
    expect(points).toHaveProperty('container.processes prometheus macula-prometheus');
    expect(points).not.toHaveProperty('container.processes grafana macula-grafana');
    await until(() => found.state().figures.lastSentAt === found.clock.now(), 'it is known when');
  });

  it('are not sent, and no timer runs, while Prometheus is not ready', async () => {
    const found = await begin();
    await found.see('loki');
    expect(found.clock.waiting()).toBe(0);
    await found.see('prometheus', 'loki');
    expect(found.clock.waiting()).toBe(1);
    await round(found);
    await found.see('loki');
    found.clock.advance(60_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(found.sent).toHaveLength(1);
    expect(found.clock.waiting()).toBe(0);
  });

  it('come every fifteen seconds, however often something changes', async () => {
    const found = await begin();
    await found.see('prometheus');
    await round(found);
    for (let turn = 0; turn < 10; turn += 1) await found.see('prometheus', ...(turn % 2 === 0 ? ['loki'] : []));
    found.clock.advance(14_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(found.sent).toHaveLength(1);
    found.clock.advance(1000);
    await until(() => found.sent.length === 2, 'the second round');
  });

  it('come every thirty seconds while no window is open, and sooner again when one is', async () => {
    const found = await begin();
    await found.see('prometheus');
    await round(found);
    expect(found.sent[0]?.isPatient).toBe(false);
    found.world.isSeen = false;
    await until(() => found.clock.waiting() === 1, 'the next one is due');
    await round(found);
    expect(found.sent[1]?.isPatient).toBe(true);
    await until(() => found.clock.waiting() === 1, 'the next one is due');
    found.clock.advance(29_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(found.sent).toHaveLength(2);
    found.clock.advance(1000);
    await until(() => found.sent.length === 3, 'the third round');
    await until(() => found.clock.waiting() === 1, 'the next one is due');
    found.clock.advance(10_000);
    found.world.isSeen = true;
    found.feed.hurry();
    expect(found.clock.waiting()).toBe(1);
    found.clock.advance(5000);
    await until(() => found.sent.length === 4, 'the fourth round');
  });

  it('ask the engine with patience while no window is open, and in the usual way for what it does not tell so', async () => {
    const found = await begin();
    const patient = found.engine.container('macula-loki').id;
    found.engine.patientStats = async (id) => (id === patient ? { ...zeroes, processes: 77 } : undefined);
    found.world.isSeen = false;
    await found.see('prometheus');
    found.engine.setStats('macula-tempo', { processes: 5 });
    expect(await round(found)).toMatchObject({
      'container.processes loki macula-loki': 77,
      'container.processes tempo macula-tempo': 5,
    });
  });

  it('tell the end of a container that is gone, once', async () => {
    const found = await begin();
    await found.see('prometheus');
    await round(found);
    await found.engine.stopContainer(found.engine.container('macula-tempo').id, 1);
    await found.see('prometheus');
    expect(await round(found)).toMatchObject({
      'container.processes tempo macula-tempo': 'end',
      'macula.service.ready tempo': 0,
    });
    expect(await round(found)).not.toHaveProperty('container.processes tempo macula-tempo');
  });

  it('include other containers that ask for it', async () => {
    const found = await begin();
    const id = found.engine.container('macula-loki').id;
    const asking = { 'io.macula.observe': 'true', 'com.docker.compose.service': 'web' };
    found.engine.world.labelled.push({ id: `${id}`, name: 'not-twice', labels: asking, networks: {} });
    await found.see('prometheus');
    expect(await round(found)).not.toHaveProperty('container.processes web not-twice');
    found.engine.world.labelled.splice(0, 1, { id: 'web', name: 'shop-web-1', labels: asking, networks: {} });
    found.engine.containerStats = async () => ({ ...zeroes, processes: 3 });
    await found.see('prometheus');
    expect(await round(found)).toHaveProperty('container.processes web shop-web-1', 3);
  });

  it('say once in the log what goes wrong, count it, and forget it when it goes well', async () => {
    const found = await begin();
    await found.see('prometheus');
    found.answer = { status: 500, text: 'out of space' };
    await round(found);
    await until(() => found.clock.waiting() === 1, 'the next one is due');
    await round(found);
    await until(() => found.state().figures.lostRounds === 2, 'both are counted');
    expect(found.state().figures.problem).toBe('out of space');
    expect(found.log).toEqual(['Figures could not be sent to Prometheus: out of space']);
    found.answer = { status: 200, text: '' };
    await until(() => found.clock.waiting() === 1, 'the next one is due');
    await round(found);
    await until(() => found.state().figures.problem === undefined, 'it went well');
    expect(found.state().figures.lostRounds).toBe(2);
  });

  it('leave out what the engine does not tell, and say of which container', async () => {
    const found = await begin();
    await found.see('prometheus');
    await round(found);
    await until(() => found.clock.waiting() === 1, 'the next one is due');
    found.engine.failNext('containerStats', { code: 'operation-failed', operation: 'tell', detail: 'no' }, 1);
    const points = await round(found);
    expect(Object.keys(points).filter((key) => key.startsWith('container.processes'))).toHaveLength(2);
    await until(() => found.state().figures.problem !== undefined, 'it is told');
    expect(found.state().figures.problem).toMatch(/^The engine did not tell the figures of macula-/);
    expect(found.state().figures.lostRounds).toBe(0);
  });

  it('include the volumes, measured seldom and never under a command', async () => {
    const found = await begin();
    let asked = 0;
    found.engine.volumeSizes = async () => {
      asked += 1;
      return { 'loki-data': 1234 };
    };
    found.world.progress = { command: 'up', startedAt: 0, operations: [], pulls: {} };
    await found.see('prometheus');
    await round(found);
    expect(asked).toBe(0);
    found.world.progress = undefined;
    for (let turn = 0; turn < 10; turn += 1) {
      await until(() => found.clock.waiting() === 1, 'the next one is due');
      await round(found);
    }
    expect(asked).toBe(1);
    expect(pointsOf(found.sent.at(-1))).toHaveProperty('macula.volume.size loki-data loki', 1234);
    found.clock.advance(10 * 60_000);
    await until(() => asked === 2, 'measured again');
  });

  it('cannot be sent to another machine, and it is said', async () => {
    const found = await begin({ endpoint: 'tcp://build.example:2375', settings: { containerLogs: 'app' } });
    await found.see('prometheus', 'loki');
    expect(found.clock.waiting()).toBe(0);
    expect(found.state().figures.hindrance).toContain('The engine is on build.example');
    expect(found.state().logs.shipping.problem).toContain('The engine is on build.example');
  });

  it('end with the feed', async () => {
    const found = await begin();
    await found.see('prometheus');
    await found.feed.close();
    expect(found.clock.waiting()).toBe(0);
    await found.see('prometheus');
    expect(found.clock.waiting()).toBe(0);
  });
});

const zeroes = {
  ...{ at: Date.parse('2026-11-24T12:00:00Z'), cpuSeconds: 0, memoryBytes: 0, memoryLimitBytes: 0 },
  ...{ networkReceivedBytes: 0, networkSentBytes: 0, diskReadBytes: 0, diskWrittenBytes: 0 },
};

describe('logs', () => {
  const logsOf = (found: FeedWorld): readonly string[] =>
    found.sent.filter(({ path }) => path === '/loki/api/v1/push').map(({ body }) => body);

  it('are sent by the app where the settings say so, and not any more when they say otherwise', async () => {
    const found = await begin({ settings: { containerLogs: 'app' } });
    found.engine.write('macula-tempo', 'hello');
    await found.see('loki');
    await until(() => found.clock.waiting() > 0, 'a batch is gathered');
    found.clock.advance(1000);
    await until(() => logsOf(found).length === 1, 'the line is sent');
    expect(found.sent.at(-1)?.origin).toBe('http://127.0.0.5:3100');
    expect(logsOf(found)[0]).toContain('"service_name":"tempo"');
    await until(() => found.state().logs.sent === 1, 'it is counted');
    expect(found.state().logs).toMatchObject({ shipping: { by: 'app' }, sent: 1, refused: 0 });
    found.settings = { ...found.settings, containerLogs: 'off' };
    found.feed.hurry();
    found.engine.write('macula-tempo', 'unheard');
    found.clock.advance(5000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(logsOf(found)).toHaveLength(1);
    expect(found.state().logs.shipping).toEqual({ by: 'nobody' });
  });

  it('are left to Alloy where it can read them', async () => {
    const found = await begin();
    found.engine.write('macula-tempo', 'hello');
    await found.see('loki');
    await new Promise((resolve) => setTimeout(resolve, 50));
    found.clock.advance(5000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(found.state().logs.shipping).toEqual({ by: 'collector' });
    expect(found.sent).toEqual([]);
  });
});
