// Follows KinD clusters: makes the account in each, fetches its token, and takes both away again. The tokens are in this
// memory and in Prometheus' container, and nowhere else. Which clusters have an account stands in that container too, so
// that another process can take it away.
import type { EnginePort, ProgramResult } from '../../core/engine-port.ts';
import { FailureError } from '../../core/failure.ts';
import { accountsIn, type KindCluster, kindJobs, kindJobsPath, kindTokenPath } from '../../core/telemetry/kind.ts';
import { accountManifest, applyAccount, readAccountToken, removeAccount } from '../../core/telemetry/kind-account.ts';
import type { LiveFile } from './live-files.ts';

export interface KindFollow {
  // What stands at kindJobsPath in Prometheus' container, undefined where there is nothing.
  recall(jobs: string | undefined): void;
  mayHaveAccount(cluster: KindCluster): boolean;
  // Makes clusters known, or, when it is off, takes away the accounts in those that run. Throws FailureError of the first
  // that failed, when all were tried; what is known then is in files().
  follow(engine: EnginePort, clusters: readonly KindCluster[], isOn: boolean): Promise<void>;
  // For Prometheus' container; tokens before the jobs that name them. Off, they are empty.
  files(isOn: boolean): readonly LiveFile[];
}

interface Known {
  readonly cluster: KindCluster;
  readonly controlPlane: string;
  readonly token: string;
}

// The user that Prometheus runs as.
const prometheusUser = 65_534;
const tokenPattern = /^[\w-]+\.[\w-]+\.[\w-]+$/;

export function createKindFollow(): KindFollow {
  let known: readonly Known[] = [];
  // Names of clusters that may have an account.
  const accounts = new Set<string>();
  // Of clusters that had a token: emptied when they go, since a container's file cannot be taken out of it.
  const tokenOf = new Set<string>();

  async function admit(engine: EnginePort, cluster: KindCluster): Promise<Known> {
    const { controlPlane, name } = cluster;
    // A cluster made anew under an old name has other tokens.
    const before = known.find((one) => one.cluster.name === name && one.controlPlane === controlPlane);
    if (before !== undefined) return { ...before, cluster };
    accounts.add(name);
    const applied = await engine.execute(controlPlane, applyAccount, accountManifest());
    if (applied.exitCode !== 0) throw failed(`make the metrics account in the KinD cluster ${name}`, words(applied));
    const { exitCode, output } = await engine.execute(controlPlane, readAccountToken);
    const token = decoded(output);
    if (exitCode !== 0 || !tokenPattern.test(token)) {
      // Its words stay out of every log: they may hold the token.
      const detail = exitCode === 0 ? 'The cluster has not issued it yet.' : `kubectl ended with ${exitCode}.`;
      throw failed(`read the metrics token of the KinD cluster ${name}`, detail);
    }
    tokenOf.add(name);
    return { cluster, controlPlane, token };
  }

  async function dismiss(engine: EnginePort, { name, controlPlane }: KindCluster): Promise<void> {
    const removed = await engine.execute(controlPlane, removeAccount);
    if (removed.exitCode !== 0) throw failed(`remove the metrics account of the KinD cluster ${name}`, words(removed));
    accounts.delete(name);
  }

  return {
    recall(jobs) {
      for (const name of accountsIn(jobs ?? '')) {
        accounts.add(name);
        tokenOf.add(name);
      }
    },
    mayHaveAccount: ({ name }) => accounts.has(name),
    async follow(engine, clusters, isOn) {
      // What went with its cluster need not be taken away.
      for (const name of accounts) if (!clusters.some((cluster) => cluster.name === name)) accounts.delete(name);
      if (!isOn) {
        known = [];
        const left = clusters.filter(({ name }) => accounts.has(name));
        throwFirst(await Promise.allSettled(left.map((cluster) => dismiss(engine, cluster))));
        return;
      }
      const results = await Promise.allSettled(clusters.map((cluster) => admit(engine, cluster)));
      known = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
      throwFirst(results);
    },
    files(isOn) {
      // An account that could not be removed yet is not used any more.
      const used = isOn ? known : [];
      const tokens = [...tokenOf].map((name) => {
        const token = used.find(({ cluster }) => cluster.name === name)?.token ?? '';
        return { path: kindTokenPath(name), content: token, mode: 0o400, owner: prometheusUser };
      });
      const jobs = kindJobs(
        used.map(({ cluster }) => cluster),
        accounts,
      );
      const files = [...tokens, { path: kindJobsPath, content: jobs, mode: 0o644 }];
      return isOn ? files : files.map((file) => ({ ...file, onlyInPlace: true as const }));
    },
  };
}

function throwFirst(results: readonly PromiseSettledResult<unknown>[]): void {
  const first = results.find((result) => result.status === 'rejected');
  if (first !== undefined) throw first.reason;
}

function failed(operation: string, detail: string): FailureError {
  return new FailureError({ code: 'operation-failed', operation, detail });
}

function words({ exitCode, output }: ProgramResult): string {
  const [last] = output.trim().split('\n').slice(-1);
  return `kubectl ended with ${exitCode}: ${(last ?? '').slice(0, 300)}`;
}

function decoded(output: string): string {
  return Buffer.from(output.trim(), 'base64').toString('utf8').trim();
}
