import { describe, expect, it } from 'vitest';
import type { LabelledContainer } from '../../../electron/core/observed.ts';
import {
  accountsIn,
  kindClusters,
  kindJobs,
  kindNetworks,
  kindTokenPath,
} from '../../../electron/core/telemetry/kind.ts';
import { accountManifest, applyAccount, removeAccount } from '../../../electron/core/telemetry/kind-account.ts';

function node(
  cluster: string,
  name: string,
  role: string,
  networks: Readonly<Record<string, string>> = { kind: '172.18.0.2' },
): LabelledContainer {
  return {
    id: `id-${name}`,
    name,
    labels: { 'io.x-k8s.kind.cluster': cluster, 'io.x-k8s.kind.role': role },
    networks,
  };
}

interface Job {
  readonly job_name: string;
  readonly scheme: string;
  readonly metrics_path: string;
  readonly authorization: { readonly credentials_file: string };
  readonly static_configs: readonly { readonly targets: readonly string[] }[];
}

interface Item {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules?: unknown;
  readonly subjects?: unknown;
}

const two = [
  node('b', 'b-control-plane', 'control-plane'),
  node('a', 'a-worker', 'worker', { other: '172.19.0.3' }),
  node('a', 'a-control-plane2', 'control-plane', { other: '172.19.0.4' }),
  node('a', 'a-control-plane', 'control-plane', { other: '172.19.0.2' }),
  node('a', 'a-external-load-balancer', 'external-load-balancer', { other: '172.19.0.5' }),
];

describe('KinD clusters', () => {
  it('are found by the labels of their nodes, each with its own network', () => {
    const network = 'other';
    expect(kindClusters(two)).toEqual([
      {
        name: 'a',
        controlPlane: 'id-a-control-plane',
        nodes: ['a-control-plane', 'a-control-plane2', 'a-worker'].map((name) => ({ name, network })),
      },
      { name: 'b', controlPlane: 'id-b-control-plane', nodes: [{ name: 'b-control-plane', network: 'kind' }] },
    ]);
    expect(kindNetworks(kindClusters(two))).toEqual(['kind', 'other']);
  });

  it.each(['../../etc', 'a b', '', 'A', 'a"b', '.hidden'])(
    'may not be called %j: it becomes part of a path',
    (name) => {
      expect(kindClusters([node(name, 'x', 'control-plane')])).toEqual([]);
    },
  );

  it.each([
    ['on another network', { elsewhere: '172.20.0.2' }],
    ['on the machine’s own network', { host: '' }],
    ['on theirs without an address', { kind: '' }],
  ])('have no node %s, whatever its labels say: it is sent no token', (_where, networks) => {
    const plane = node('a', 'a-control-plane', 'control-plane');
    const impostor = node('a', 'a-worker', 'worker', networks);
    expect(kindClusters([plane, impostor])).toEqual(kindClusters([plane]));
    expect(kindClusters([plane, impostor]).flatMap(({ nodes }) => nodes)).toHaveLength(1);
  });

  it('have a node that is on another network too, and is asked on theirs', () => {
    const plane = node('a', 'a-control-plane', 'control-plane');
    const worker = node('a', 'a-worker', 'worker', { another: '172.20.0.2', kind: '172.18.0.3' });
    expect(kindClusters([plane, worker])[0]?.nodes).toContainEqual({ name: 'a-worker', network: 'kind' });
  });

  it('are none without a control plane: there is no token', () => {
    expect(kindClusters([node('a', 'a-worker', 'worker')])).toEqual([]);
  });

  it('without a node on a network are none', () => {
    expect(kindClusters([node('a', 'x', 'control-plane', { host: '' })])).toEqual([]);
  });

  it('have jobs of their own, each with its own token', () => {
    const { scrape_configs: jobs } = JSON.parse(kindJobs(kindClusters(two))) as {
      readonly scrape_configs: readonly Job[];
    };
    const lines = jobs.map((job) => [
      job.job_name,
      job.scheme,
      job.metrics_path,
      job.authorization.credentials_file,
      job.static_configs.flatMap(({ targets }) => targets).join(' '),
    ]);
    const nodes = 'a-control-plane:10250 a-control-plane2:10250 a-worker:10250';
    expect(lines).toEqual([
      ['kind-a-kubelet', 'https', '/metrics', kindTokenPath('a'), nodes],
      ['kind-a-cadvisor', 'https', '/metrics/cadvisor', kindTokenPath('a'), nodes],
      ['kind-b-kubelet', 'https', '/metrics', kindTokenPath('b'), 'b-control-plane:10250'],
      ['kind-b-cadvisor', 'https', '/metrics/cadvisor', kindTokenPath('b'), 'b-control-plane:10250'],
    ]);
    expect(kindTokenPath('a')).not.toBe(kindTokenPath('b'));
  });
});

describe('the clusters that may have an account', () => {
  it.each([
    ['beside jobs', kindJobs(kindClusters(two), new Set(['b', 'a.1-x'])), ['a.1-x', 'b']],
    ['without jobs', kindJobs([], ['a']), ['a']],
    ['where there are none', kindJobs(kindClusters(two)), []],
    ['in a file that is something else', 'scrape_configs: []', []],
    ['only as they may be called', kindJobs([], ['a', '../../etc', 'A', '']), ['a']],
  ])('are read from the file of jobs: %s', (_where, text, names) => {
    expect(accountsIn(text)).toEqual(names);
  });

  it('are in the first line of it, which is a comment; jobs are not read from it', () => {
    const [first, ...rest] = kindJobs(kindClusters(two), ['a']).split('\n');
    expect(first).toMatch(/^# /);
    expect(rest.join('\n')).toBe(kindJobs(kindClusters(two)));
  });
});

describe('the account in a cluster', () => {
  const { items } = JSON.parse(accountManifest()) as { readonly items: readonly Item[] };
  const named = (kind: string) => items.find((item) => item.kind === kind);

  it('may read metrics, and nothing else', () => {
    expect(named('ClusterRole')?.rules).toEqual([
      { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
      { nonResourceURLs: ['/metrics', '/metrics/cadvisor'], verbs: ['get'] },
    ]);
    expect(named('ClusterRoleBinding')?.subjects).toEqual([
      { kind: 'ServiceAccount', name: 'macula-observability', namespace: 'macula-observability' },
    ]);
  });

  it('lives in a namespace of its own, which comes first and goes with it', () => {
    expect(items.map(({ kind }) => kind)).toEqual([
      ...['Namespace', 'ServiceAccount', 'ClusterRole', 'ClusterRoleBinding', 'Secret'],
    ]);
    const clusterWide = items.filter(({ metadata }) => metadata.namespace === undefined);
    const targets = clusterWide.map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`);
    expect(removeAccount).toEqual(expect.arrayContaining(targets));
  });

  it('comes over standard input: nothing of it is on a command line', () => {
    expect(applyAccount.join(' ')).toBe('kubectl --kubeconfig=/etc/kubernetes/admin.conf apply --filename=-');
  });
});
