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
    const cluster = await started(true);
    await start(cluster);
    await until(() => hasJobs(cluster), 'it is followed');
    cluster.harness.runtime.close();
    cluster.asked.length = 0;
    const { engine } = cluster.harness;
    const command = prometheusHarness({ engine, settings: { kindClusters: true } });
    open.push(command);
    await command.runtime.connect({ watch: false });
    await command.runtime.changeSettings({ kindClusters: false });
    expect(cluster.asked).toEqual(['apply', 'get', 'delete']);
    expect(hasJobs(cluster)).toBe(false);
    expect(tokenFile(cluster)?.content).toBe('');
    expect([...prometheusOf(cluster.harness).networks.keys()]).toEqual(['macula-infra']);
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
