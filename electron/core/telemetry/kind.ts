// KinD clusters on the same engine, and the jobs with which Prometheus asks their kubelets. Pure.
import { labels } from '../identity.ts';
import type { LabelledContainer } from '../observed.ts';
import { reachOf } from './networks.ts';

export interface KindNode {
  // Also its name on its network.
  readonly name: string;
  readonly network: string;
}

export interface KindCluster {
  readonly name: string;
  readonly nodes: readonly KindNode[];
  // Id of the container in which its kubectl is.
  readonly controlPlane: string;
}

// What the option does, for whoever turns it on.
export const kindWords =
  'Finds KinD clusters on this engine, puts Prometheus on their network and asks each kubelet for its metrics and those of its containers. For that, a service account that may only read metrics is made in the cluster (namespace macula-observability), and taken away again when this is switched off.';

// Becomes part of a path and of a job's name.
const clusterPattern = /^[a-z0-9][a-z0-9.-]{0,62}$/;
const kubeletPort = 10_250;

export function kindClusters(labelled: readonly LabelledContainer[]): readonly KindCluster[] {
  const names = new Set(labelled.flatMap((container) => container.labels[labels.kindCluster] ?? []));
  return [...names]
    .filter((name) => clusterPattern.test(name))
    .sort()
    .flatMap((name) => clusterOf(name, labelled));
}

function clusterOf(name: string, labelled: readonly LabelledContainer[]): readonly KindCluster[] {
  const own = labelled
    .filter((container) => container.labels[labels.kindCluster] === name)
    // In front of several control planes there is a load balancer, which has no kubelet.
    .filter((container) => ['control-plane', 'worker'].includes(container.labels[labels.kindRole] ?? ''))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const controlPlane = own.find((container) => container.labels[labels.kindRole] === 'control-plane');
  // Without it there is no token.
  if (controlPlane === undefined) return [];
  // Anybody may put these labels on a container. One that is on none of the cluster's networks is no node of it, and
  // is not sent its token.
  const nodes = own.flatMap((container) => {
    const shared = Object.entries(container.networks).filter(([network]) => network in controlPlane.networks);
    const reach = reachOf({ networks: Object.fromEntries(shared) });
    return reach.kind === 'network' ? [{ name: container.name, network: reach.network }] : [];
  });
  return nodes.length === 0 ? [] : [{ name, nodes, controlPlane: controlPlane.id }];
}

export function kindNetworks(clusters: readonly KindCluster[]): readonly string[] {
  return [...new Set(clusters.flatMap(({ nodes }) => nodes.map(({ network }) => network)))].sort();
}

export const kindJobsPath = '/etc/prometheus/scrape/kind.yml';

export function kindTokenPath(cluster: string): string {
  return `/etc/prometheus/secrets/kind-${cluster}.token`;
}

const accountsLine = '# Clusters with an account: ';

// A token is a job's, not a target's: each cluster has jobs of its own. JSON is YAML too. Above them stand the names of
// all clusters that may have an account: whoever finds them there later can take these away.
export function kindJobs(clusters: readonly KindCluster[], accounts: Iterable<string> = []): string {
  const names = [...accounts].sort();
  const jobs = clusters.flatMap((cluster) => [
    jobOf(cluster, 'kubelet', '/metrics'),
    jobOf(cluster, 'cadvisor', '/metrics/cadvisor'),
  ]);
  const head = names.length === 0 ? '' : `${accountsLine}${names.join(' ')}\n`;
  return `${head}${JSON.stringify({ scrape_configs: jobs }, undefined, 2)}\n`;
}

// Names of the clusters that may have an account, as that file was left by whatever process.
export function accountsIn(jobs: string): readonly string[] {
  const line = jobs.split('\n').find((each) => each.startsWith(accountsLine)) ?? '';
  return line
    .slice(accountsLine.length)
    .split(' ')
    .filter((name) => clusterPattern.test(name));
}

function jobOf({ name, nodes }: KindCluster, service: string, path: string) {
  return {
    job_name: `kind-${name}-${service}`,
    scheme: 'https',
    metrics_path: path,
    authorization: { type: 'Bearer', credentials_file: kindTokenPath(name) },
    // A kubelet signs its own certificate: there is nothing to hold it against. The way is the engine's own network.
    tls_config: { insecure_skip_verify: true },
    static_configs: nodes.map((node) => ({
      targets: [`${node.name}:${kubeletPort}`],
      labels: { cluster: name, node: node.name, service },
    })),
  };
}
