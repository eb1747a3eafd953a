import { afterEach, describe, expect, it } from 'vitest';
import { kindJobsPath, kindTokenPath } from '../../../electron/core/telemetry/kind.ts';
import { type Harness, until } from './harness.ts';
import { contentOf, hurriedClock, prometheusHarness, prometheusOf, startOther } from './watched-prometheus.ts';

let open: Harness[] = [];
afterEach(() => {
  for (const harness of open) harness.runtime.close();
  open = [];
});

const labels = { 'io.x-k8s.kind.cluster': 'dev', 'io.x-k8s.kind.role': 'control-plane' };
const token = (name: string) => `head.${name}.tail`;
const encoded = (text: string) => Buffer.from(text).toString('base64');

interface Cluster {
  readonly harness: Harness;
  // What kubectl was asked: 'apply', 'get', 'delete'.
  readonly asked: string[];
  readonly inputs: string[];
  // Answers of kubectl before it does as it is told.
  readonly failures: { readonly exitCode: number; readonly output: string }[];
}

async function started(kindClusters: boolean, watch = true): Promise<Cluster> {
  const harness = prometheusHarness({ settings: { kindClusters }, clock: hurriedClock });
  open.push(harness);
  const cluster: Cluster = { harness, asked: [], inputs: [], failures: [] };
  harness.engine.onExecute = (container, command, input) => {
    const verb = command.find((word) => ['apply', 'get', 'delete'].includes(word)) ?? '';
    cluster.asked.push(verb);
    if (input !== '') cluster.inputs.push(input);
    const failure = cluster.failures.shift();
    if (failure !== undefined) return failure;
    return { exitCode: 0, output: verb === 'get' ? encoded(token(container.id)) : `${verb} done` };
  };
  await harness.runtime.connect({ watch });
  expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
  return cluster;
}

const tokenFile = ({ harness }: Cluster) => prometheusOf(harness).files.get(kindTokenPath('dev'));
const jobs = ({ harness }: Cluster) => contentOf(harness, kindJobsPath);
const hasJobs = (cluster: Cluster) => jobs(cluster)?.includes('dev-control-plane:10250') === true;
const start = ({ harness }: Cluster) => startOther(harness, 'dev-control-plane', 'kind', labels);

const hasTraces = (cluster: Cluster) => jobs(cluster)?.includes('dev') === true;

function expectNothingLeft(cluster: Cluster): void {
  expect(hasTraces(cluster)).toBe(false);
  expect(tokenFile(cluster)?.content ?? '').toBe('');
  expect([...prometheusOf(cluster.harness).networks.keys()]).toEqual(['macula-infra']);
}

// One that the app followed before it ended.
async function followed(): Promise<Cluster> {
  const cluster = await started(true);
  await start(cluster);
  await until(() => hasJobs(cluster), 'it is followed');
  cluster.harness.runtime.close();
  cluster.asked.length = 0;
  return cluster;
}

// Another process on the same engine.
function again({ harness: { engine } }: Cluster, kindClusters: boolean): Harness {
  const harness = prometheusHarness({ engine, settings: { kindClusters }, clock: hurriedClock });
  open.push(harness);
  return harness;
}

async function next(cluster: Cluster, kindClusters: boolean, watch: boolean): Promise<void> {
  const { runtime } = again(cluster, kindClusters);
  await runtime.connect({ watch });
  expect(await runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
}

describe('a KinD cluster', () => {
  it('is followed when it comes and forgotten when it goes', async () => {
    const cluster = await started(true);
    expect(hasJobs(cluster)).toBe(false);
    const id = await start(cluster);
    await until(() => hasJobs(cluster), 'its jobs are there');
    expect(tokenFile(cluster)).toEqual({ path: kindTokenPath('dev'), content: token(id), mode: 0o400, owner: 65_534 });
    expect([...prometheusOf(cluster.harness).networks.keys()]).toContain('kind');
    expect(cluster.asked).toEqual(['apply', 'get']);
    expect(cluster.inputs).toEqual([expect.stringContaining('"nodes/metrics"')]);
    await cluster.harness.engine.removeContainer(id);
    await until(() => !hasJobs(cluster), 'its jobs are gone');
    expect(tokenFile(cluster)?.content).toBe('');
    await until(() => !prometheusOf(cluster.harness).networks.has('kind'), 'Prometheus left its network');
  });

  it('gets a token of its own when it is made anew under the same name', async () => {
    const cluster = await started(true);
    const first = await start(cluster);
    await until(() => hasJobs(cluster), 'the first is followed');
    await cluster.harness.engine.removeContainer(first);
    const second = await start(cluster);
    await until(() => tokenFile(cluster)?.content === token(second), 'the second one has another token');
    expect(token(second)).not.toBe(token(first));
  });

  it('is nobody’s business while the option is off', async () => {
    const cluster = await started(false);
    await start(cluster);
    await cluster.harness.runtime.refresh();
    await cluster.harness.runtime.run({ kind: 'up' });
    expect(cluster.asked).toEqual([]);
    expect([...prometheusOf(cluster.harness).networks.keys()]).toEqual(['macula-infra']);
  });

  it('gets everything back when the option is switched off', async () => {
    const cluster = await started(true);
    await start(cluster);
    await until(() => hasJobs(cluster), 'it is followed');
    cluster.asked.length = 0;
    await cluster.harness.runtime.changeSettings({ kindClusters: false });
    await until(() => !hasJobs(cluster), 'its jobs are gone');
    await until(() => cluster.asked.includes('delete'), 'its account is gone');
    await until(() => tokenFile(cluster)?.content === '', 'its token is gone');
    await until(() => !prometheusOf(cluster.harness).networks.has('kind'), 'Prometheus left its network');
    await cluster.harness.runtime.refresh();
    expect(cluster.asked).toEqual(['delete']);
  });

  it('gets everything back from a single command, which followed nothing before', async () => {
    const cluster = await followed();
    const command = again(cluster, true);
    await command.runtime.connect({ watch: false });
    await command.runtime.changeSettings({ kindClusters: false });
    expect(cluster.asked).toEqual(['delete']);
    expectNothingLeft(cluster);
  });

  it.each([
    ['the app that watches', true],
    ['a single up', false],
  ])('gets everything back from %s, when the option went off while nothing ran', async (_name, watch) => {
    const cluster = await followed();
    await next(cluster, false, watch);
    await until(() => cluster.asked.includes('delete') && !hasTraces(cluster), 'nothing is left');
    expectNothingLeft(cluster);
    await next(cluster, false, false);
    expect(cluster.asked).toEqual(['delete']);
  });

  it.each([
    ['could not be removed', { exitCode: 1, output: 'connection refused' }],
    ['did not end before the command did', undefined],
  ])('gets the rest back from a later process when its account %s', async (_name, failure) => {
    const cluster = await followed();
    const { engine } = cluster.harness;
    const works = engine.onExecute;
    engine.onExecute = () => failure ?? new Promise(() => undefined);
    const command = again(cluster, true);
    await command.runtime.connect({ watch: false });
    const change = command.runtime.changeSettings({ kindClusters: false });
    await until(() => tokenFile(cluster)?.content === '' && !hasJobs(cluster), 'its token is used no more');
    if (failure !== undefined) {
      await change;
      expect(command.log.join('\n')).toContain('kubectl ended with 1: connection refused');
    }
    command.runtime.close();
    expect(hasTraces(cluster)).toBe(true);
    engine.onExecute = works;
    await next(cluster, false, false);
    expect(cluster.asked).toEqual(['delete']);
    expectNothingLeft(cluster);
  });

  it('gets its account back also when it never gave its token', async () => {
    const cluster = await started(true, false);
    const { engine } = cluster.harness;
    const works = engine.onExecute;
    engine.onExecute = (_container, command) => ({ exitCode: command.includes('get') ? 1 : 0, output: '' });
    await start(cluster);
    await cluster.harness.runtime.run({ kind: 'up' });
    expect(hasJobs(cluster)).toBe(false);
    cluster.harness.runtime.close();
    engine.onExecute = works;
    await next(cluster, false, false);
    expect(cluster.asked).toEqual(['delete']);
    expectNothingLeft(cluster);
  });

  it('that is gone when the option goes off leaves no trace', async () => {
    const cluster = await followed();
    const { engine } = cluster.harness;
    await engine.removeContainer(engine.container('dev-control-plane').id);
    await next(cluster, false, false);
    expect(cluster.asked).toEqual([]);
    expect(tokenFile(cluster)?.content).toBe('');
    expect(hasTraces(cluster)).toBe(false);
  });

  it('that is another than those with an account is left alone while the option is off', async () => {
    const cluster = await followed();
    const others = { ...labels, 'io.x-k8s.kind.cluster': 'other' };
    await startOther(cluster.harness, 'other-control-plane', 'kind2', others, '10.8.0');
    const { engine } = cluster.harness;
    const works = engine.onExecute;
    const containers: string[] = [];
    engine.onExecute = (container, ...rest) => {
      containers.push(container.desired.name);
      return works(container, ...rest);
    };
    await next(cluster, false, false);
    expect(containers).toEqual(['dev-control-plane']);
  });

  it('that is not ready yet is asked again', async () => {
    const cluster = await started(true);
    cluster.failures.push({ exitCode: 1, output: 'connection refused' }, { exitCode: 0, output: '' });
    cluster.failures.push({ exitCode: 0, output: '' });
    await start(cluster);
    await until(() => hasJobs(cluster), 'it is followed in the end');
    expect(cluster.harness.log.join('\n')).toContain('kubectl ended with 1: connection refused');
    expect(cluster.harness.log.join('\n')).toContain('has not issued it yet');
  });

  it('is followed by a single up as well', async () => {
    const cluster = await started(true, false);
    await start(cluster);
    expect(await cluster.harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    expect(hasJobs(cluster)).toBe(true);
  });

  it('never shows its token: not in a log, a snapshot, a plan or what should be there', async () => {
    const cluster = await started(true);
    const { harness } = cluster;
    // kubectl may say it and fail all the same.
    cluster.failures.push({ exitCode: 0, output: 'applied' }, { exitCode: 1, output: encoded(token('leak')) });
    const id = await start(cluster);
    await until(() => hasJobs(cluster), 'it is followed');
    const planned = await harness.runtime.plan({ kind: 'restart' });
    const shown = JSON.stringify([
      harness.log,
      harness.snapshots,
      harness.runtime.desired(),
      harness.runtime.observed(),
      planned,
    ]);
    for (const secret of [token(id), encoded(token(id)), token('leak'), encoded(token('leak'))]) {
      expect(shown.includes(secret)).toBe(false);
    }
    expect(jobs(cluster)).not.toContain(token(id));
  });
});
