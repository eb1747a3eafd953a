// Every name and label by which the app knows its own things on an engine, and the hash that tells drift.
import type { DesiredContainer } from './desired.ts';

export const stackName = 'infra';
export const projectName = 'macula';
export const networkName = 'macula-infra';
export const bridgeName = 'macula0';

export const labels = {
  stack: 'io.macula.stack',
  service: 'io.macula.service',
  configHash: 'io.macula.config-hash',
  // On the ingress: the base domain that it was made for.
  baseDomain: 'io.macula.base-domain',
  // On images that stand in for the pinned ones: packaged, built or stub.
  substitute: 'io.macula.substitute',
  // Set by the user on any container: its logs are shipped, and its metrics scraped at io.macula.metrics-port.
  observe: 'io.macula.observe',
  metricsPort: 'io.macula.metrics-port',
  metricsPath: 'io.macula.metrics-path',
  // On the short-lived containers in which a service's program checks its configuration: the id of the service.
  check: 'io.macula.check',
  // On those of them that have volumes: which.
  checkVolumes: 'io.macula.check-volumes',
  // On a volume that keeps what was in one of somebody else's: the name that this one had.
  keptFrom: 'io.macula.kept-from',
  kindCluster: 'io.x-k8s.kind.cluster',
  kindRole: 'io.x-k8s.kind.role',
  composeProject: 'com.docker.compose.project',
  composeService: 'com.docker.compose.service',
  composeNumber: 'com.docker.compose.container-number',
  composeOneOff: 'com.docker.compose.oneoff',
  composeConfigHash: 'com.docker.compose.config-hash',
  composeNetwork: 'com.docker.compose.network',
  composeVolume: 'com.docker.compose.volume',
} as const;

export type Labels = Readonly<Record<string, string>>;

export function stackLabels(): Labels {
  return { [labels.stack]: stackName, [labels.composeProject]: projectName };
}

export function networkLabels(): Labels {
  return { ...stackLabels(), [labels.composeNetwork]: networkName };
}

export function volumeLabels(name: string): Labels {
  return { ...stackLabels(), [labels.composeVolume]: name };
}

export function containerLabels(container: DesiredContainer): Labels {
  return {
    ...stackLabels(),
    [labels.service]: container.service,
    [labels.configHash]: container.configHash,
    ...domainLabel(container),
    [labels.composeService]: container.service,
    [labels.composeNumber]: '1',
    [labels.composeOneOff]: 'False',
    // Compose tools list only containers that carry one; the value is theirs to compare, and differs from Compose's own.
    [labels.composeConfigHash]: container.configHash,
  };
}

export function domainLabel({ baseDomain }: DesiredContainer): Labels {
  return baseDomain === undefined ? {} : { [labels.baseDomain]: baseDomain };
}

export function isOurs(found: Labels): boolean {
  return found[labels.stack] === stackName;
}

// The text that is hashed: everything that, when changed, needs a new container. Ids and hashes are not part of it.
export function configText(container: Omit<DesiredContainer, 'configHash' | 'liveFiles' | 'baseDomain'>): string {
  return canonical(container);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
