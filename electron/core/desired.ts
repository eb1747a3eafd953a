// What should be there, derived from the catalog, the settings and what the engine can do. Pure.
import type { ImagePin, ServiceDefinition, VolumeUse } from './catalog/service.ts';
import {
  derivePublishes,
  type LanPublishing,
  localDoors,
  localhostPort,
  type Publish,
  type Publishing,
} from './publishes.ts';
import { configText, networkName } from './identity.ts';
import type { Settings } from './settings.ts';
import { renderTemplate } from './template.ts';

export interface ContainerFile {
  readonly path: string;
  readonly content: string;
  readonly mode: number;
}

export interface DesiredContainer {
  readonly service: string;
  readonly name: string;
  readonly image: ImagePin;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly address: string;
  readonly aliases: readonly string[];
  readonly publishes: readonly Publish[];
  readonly volumes: readonly VolumeUse[];
  readonly files: readonly ContainerFile[];
  readonly stopSeconds: number;
  readonly configHash: string;
}

export interface DesiredNetwork {
  readonly name: string;
  readonly subnet: string;
  readonly ipRange: string;
  readonly gateway: string;
}

// Where a readiness request goes, as a user's would.
export interface Probe {
  readonly url: string;
  // Sent as the Host header when the way leads through the ingress.
  readonly host?: string;
  readonly json?: { readonly key: string; readonly value: string };
  readonly timeoutSeconds: number;
  // Id of the service whose door this probe goes through.
  readonly through?: string;
  // Nothing is published and there is no ingress: that it runs is all that can be said of it.
  readonly canAsk: boolean;
}

export interface ServiceUrl {
  readonly id: string;
  readonly label: string;
  readonly url: string;
}

export interface DesiredService {
  readonly definition: ServiceDefinition;
  readonly container: DesiredContainer;
  // Only enabled ones: a service that is switched off holds nobody up.
  readonly needs: readonly string[];
  readonly probe: Probe;
  // Best first.
  readonly urls: readonly ServiceUrl[];
}

export interface DesiredStack {
  readonly network: DesiredNetwork;
  // Volume names in order.
  readonly volumes: readonly string[];
  readonly services: readonly DesiredService[];
}

export interface DesiredInput {
  readonly catalog: readonly ServiceDefinition[];
  readonly settings: Settings;
  // Path below resources/templates -> text.
  readonly templates: Readonly<Record<string, string>>;
  readonly publishing: Publishing;
  // Set while LAN mode is on and its guard is in force.
  readonly lan?: LanPublishing;
  // Names that lead to this machine's loopback addresses: those that were set up, and no others.
  readonly names?: readonly string[];
  // The first two numbers of the /16, '172.23' unless taken.
  readonly subnetPrefix: string;
  readonly hash: (text: string) => string;
}

export const defaultSubnetPrefix = '172.23';

// Browsers map every name below .localhost to loopback by themselves: names without any root.
export function localhostDomain(baseDomain: string): string {
  return `${baseDomain.split('.')[0]}.localhost`;
}

export function enabledServices(
  catalog: readonly ServiceDefinition[],
  settings: Settings,
): readonly ServiceDefinition[] {
  return catalog.filter((service) => !settings.disabledServices.includes(service.id));
}

export function deriveDesired(input: DesiredInput): DesiredStack {
  const enabled = enabledServices(input.catalog, input.settings);
  const ids = new Set(enabled.map((service) => service.id));
  const services = enabled.map((definition) => deriveService(definition, enabled, ids, input));
  const volumes = [...new Set(services.flatMap((service) => service.container.volumes.map((use) => use.name)))];
  return {
    network: {
      name: networkName,
      subnet: `${input.subnetPrefix}.0.0/16`,
      // Addresses given out by the engine stay clear of the fixed ones.
      ipRange: `${input.subnetPrefix}.128.0/17`,
      gateway: `${input.subnetPrefix}.0.1`,
    },
    volumes,
    services,
  };
}

function deriveService(
  definition: ServiceDefinition,
  enabled: readonly ServiceDefinition[],
  ids: ReadonlySet<string>,
  input: DesiredInput,
): DesiredService {
  const publishes = derivePublishes(definition, enabled, input);
  const files = definition.files.map((file) => ({
    path: file.path,
    content: renderTemplate(templateText(input.templates, file.template), templateValues(enabled, input)),
    mode: file.mode ?? 0o644,
  }));
  const withoutHash = {
    service: definition.id,
    name: definition.containerName,
    image: definition.image,
    command: definition.command,
    environment: deriveEnvironment(definition, input.settings),
    address: serviceAddress(definition, input.subnetPrefix),
    // Containers cannot use the host's names, so the ingress answers to them on the network too.
    aliases: definition.isIngress
      ? [definition.id, ...enabled.flatMap((service) => webHost(service, input.settings.baseDomain))]
      : [definition.id],
    publishes,
    volumes: definition.volumes,
    files,
    stopSeconds: definition.stopSeconds,
  };
  return {
    definition,
    container: { ...withoutHash, configHash: input.hash(configText(withoutHash)).slice(0, 32) },
    needs: definition.needs.filter((id) => ids.has(id)),
    probe: deriveProbe(definition, publishes, enabled, input.settings),
    urls: deriveUrls(definition, publishes, enabled, input),
  };
}

function deriveEnvironment(definition: ServiceDefinition, settings: Settings): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(definition.environment).map(([key, value]) => [
      key,
      renderTemplate(value, { baseDomain: settings.baseDomain, localhostDomain: localhostDomain(settings.baseDomain) }),
    ]),
  );
}

function serviceAddress(service: ServiceDefinition, subnetPrefix: string): string {
  return `${subnetPrefix}.0.${service.hostNumber}`;
}

function templateText(templates: Readonly<Record<string, string>>, name: string): string {
  const text = templates[name];
  if (text === undefined) throw new Error(`The template ${name} is not in resources/templates`);
  return text;
}

function templateValues(enabled: readonly ServiceDefinition[], { settings, subnetPrefix }: DesiredInput) {
  return {
    baseDomain: settings.baseDomain,
    localhostDomain: localhostDomain(settings.baseDomain),
    sites: enabled.flatMap((service) =>
      service.web === undefined
        ? []
        : [
            {
              label: service.web.label,
              service: service.id,
              title: service.title,
              address: serviceAddress(service, subnetPrefix),
              port: String(service.web.port),
            },
          ],
    ),
    targets: enabled.flatMap((service) =>
      service.metricsPort === undefined ? [] : [{ service: service.id, port: String(service.metricsPort) }],
    ),
  };
}

function webHost(service: ServiceDefinition, domain: string): string[] {
  return service.web === undefined ? [] : [`${service.web.label}.${domain}`];
}

function deriveProbe(
  definition: ServiceDefinition,
  publishes: readonly Publish[],
  enabled: readonly ServiceDefinition[],
  settings: Settings,
): Probe {
  const { ready } = definition;
  const common = { timeoutSeconds: ready.timeoutSeconds, ...(ready.json === undefined ? {} : { json: ready.json }) };
  // 8080 on 127.0.0.1 is the one address that every kind of engine publishes, so the ingress is asked there.
  const direct = localDoors(definition, publishes).findLast((publish) => publish.containerPort === ready.port);
  if (direct !== undefined) {
    return { url: `http://${direct.hostAddress}:${direct.hostPort}${ready.path}`, canAsk: true, ...common };
  }
  const ingress = enabled.find((service) => service.isIngress);
  const [host] = webHost(definition, localhostDomain(settings.baseDomain));
  return {
    url: `http://127.0.0.1:${localhostPort}${ready.path}`,
    ...(host === undefined ? {} : { host }),
    canAsk: ingress !== undefined,
    ...(ingress === undefined ? {} : { through: ingress.id }),
    ...common,
  };
}

function deriveUrls(
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
        url: `http://${host}:${localhostPort}${path}`,
      }))
    : [];
  const direct = definition.isIngress
    ? []
    : localDoors(definition, publishes).map((publish) => ({
        id: `${definition.id}:${publish.hostPort}`,
        label: `${publish.hostAddress}:${publish.hostPort}`,
        url: `http://${publish.hostAddress}:${publish.hostPort}${publish.containerPort === definition.web?.port ? path : ''}`,
      }));
  return [...byName, ...throughIngress, ...direct];
}
