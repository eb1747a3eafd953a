// Where a service is asked and opened: its readiness request, its pages, its dashboard. Pure.
import type { ServiceDefinition } from './catalog/service.ts';
import type { DesiredInput, Probe, ServiceUrl } from './desired.ts';
import { localDoors, type Publish, derivePublishes } from './publishes.ts';
import type { Settings } from './settings.ts';
import { localhostDomain, webHost } from './web-names.ts';

export function deriveProbe(
  definition: ServiceDefinition,
  publishes: readonly Publish[],
  enabled: readonly ServiceDefinition[],
  settings: Settings,
): Probe {
  const { ready } = definition;
  const common = { timeoutSeconds: ready.timeoutSeconds, ...(ready.json === undefined ? {} : { json: ready.json }) };
  // Its own port on 127.0.0.1 is the one address that every kind of engine publishes, so the ingress is asked there.
  const direct = localDoors(definition, publishes).findLast((publish) => publish.containerPort === ready.port);
  if (direct !== undefined) {
    return { url: `http://${direct.hostAddress}:${direct.hostPort}${ready.path}`, canAsk: true, ...common };
  }
  const ingress = enabled.find((service) => service.isIngress);
  const [host] = webHost(definition, localhostDomain(settings.baseDomain));
  return {
    url: `http://127.0.0.1:${settings.httpPort}${ready.path}`,
    ...(host === undefined ? {} : { host }),
    // The ingress leads to nobody without a name.
    canAsk: ingress !== undefined && (host !== undefined || definition.isIngress === true),
    ...(ingress === undefined ? {} : { through: ingress.id }),
    ...common,
  };
}

export function deriveUrls(
  definition: ServiceDefinition,
  publishes: readonly Publish[],
  enabled: readonly ServiceDefinition[],
  { settings, names = [], publishing }: DesiredInput,
): readonly ServiceUrl[] {
  const path = definition.open?.path ?? '/';
  const hasIngress = enabled.some((service) => service.isIngress);
  const byName =
    hasIngress && publishing.port80 && publishing.loopbackAddresses
      ? webHost(definition, settings.baseDomain)
          .filter((host) => names.includes(host))
          .map((host) => ({
            id: `${definition.id}:name`,
            label: host,
            url: `http://${host}${path}`,
          }))
      : [];
  const throughIngress = hasIngress
    ? webHost(definition, localhostDomain(settings.baseDomain)).map((host) => ({
        id: `${definition.id}:localhost`,
        label: host,
        url: `http://${host}:${settings.httpPort}${path}`,
      }))
    : [];
  const direct = definition.isIngress
    ? []
    : localDoors(definition, publishes)
        .filter(({ containerPort }) => !isForProgramsOnly(definition, containerPort))
        .map((publish) => ({
          id: `${definition.id}:${publish.hostPort}`,
          label: `${publish.hostAddress}:${publish.hostPort}`,
          url: `http://${publish.hostAddress}:${publish.hostPort}${publish.containerPort === definition.web?.port ? path : ''}`,
        }));
  return [...byName, ...throughIngress, ...direct];
}

function isForProgramsOnly({ ports }: ServiceDefinition, containerPort: number): boolean {
  return ports.some(({ port, isPage }) => port === containerPort && isPage === false);
}

// Grafana's own best address: a dashboard of it shows what this service does.
export function deriveDashboard(
  definition: ServiceDefinition,
  enabled: readonly ServiceDefinition[],
  input: DesiredInput,
): ServiceUrl | undefined {
  const { dashboard } = definition;
  const grafana = enabled.find((service) => service.id === 'grafana');
  if (dashboard === undefined || grafana === undefined) return undefined;
  const [best] = deriveUrls(grafana, derivePublishes(grafana, enabled, input), enabled, input);
  if (best === undefined) return undefined;
  const variables = Object.entries(dashboard.variables ?? {}).map(
    ([name, value]) => `var-${name}=${encodeURIComponent(value)}`,
  );
  const query = variables.length === 0 ? '' : `?${variables.join('&')}`;
  return {
    id: `${definition.id}:dashboard`,
    label: dashboard.title,
    url: `${best.url.replace(/\/$/, '')}/d/${dashboard.uid}${query}`,
  };
}
