// Catalog + settings + what the engine can do -> what should be there. Pure.
import type { ServiceDefinition } from './catalog/service.ts';
import type { DesiredInput, DesiredService, DesiredStack, OverrideState } from './desired.ts';
import { configText, networkName } from './identity.ts';
import { derivePublishes } from './publishes.ts';
import { deriveFiles } from './service-files.ts';
import { deriveDashboard, deriveProbe, deriveUrls } from './service-links.ts';
import type { Settings } from './settings.ts';
import { renderTemplate } from './template.ts';
import { mayReadLogs, serviceAddress } from './template-values.ts';
import { localhostDomain, webHost } from './web-names.ts';

export function enabledServices(
  catalog: readonly ServiceDefinition[],
  settings: Settings,
): readonly ServiceDefinition[] {
  return catalog.filter((service) => !settings.disabledServices.includes(service.id));
}

export function deriveDesired(input: DesiredInput): DesiredStack {
  const enabled = enabledServices(input.catalog, input.settings);
  const ids = new Set(enabled.map((service) => service.id));
  const derived = enabled.map((definition) => deriveService(definition, enabled, ids, input));
  const services = derived.map(({ service }) => service);
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
    overrides: derived.flatMap(({ overrides }) => overrides),
  };
}

function deriveService(
  definition: ServiceDefinition,
  enabled: readonly ServiceDefinition[],
  ids: ReadonlySet<string>,
  input: DesiredInput,
): { readonly service: DesiredService; readonly overrides: readonly OverrideState[] } {
  const publishes = derivePublishes(definition, enabled, input);
  const { files, liveFiles, overrides } = deriveFiles(definition, enabled, input);
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
    ...(definition.engineSocket === true && mayReadLogs(enabled, input) ? { engineSocket: input.engineSocket } : {}),
    ...(definition.hostGateway === true ? { extraHosts: ['host.docker.internal:host-gateway'] } : {}),
    stopSeconds: definition.stopSeconds,
  };
  // One engine may be reached at several paths, and the app and a terminal may each take another: that it is mounted
  // counts, not the path that it was mounted from.
  const hashed = withoutHash.engineSocket === undefined ? withoutHash : { ...withoutHash, engineSocket: 'mounted' };
  const dashboard = deriveDashboard(definition, enabled, input);
  const service = {
    definition,
    container: {
      ...withoutHash,
      liveFiles,
      ...(definition.isIngress ? { baseDomain: input.settings.baseDomain } : {}),
      configHash: input.hash(configText(hashed)).slice(0, 32),
    },
    needs: definition.needs.filter((id) => ids.has(id)),
    probe: deriveProbe(definition, publishes, enabled, input.settings),
    urls: deriveUrls(definition, publishes, enabled, input),
    ...(dashboard === undefined ? {} : { dashboard }),
  };
  return { service, overrides };
}

function deriveEnvironment(definition: ServiceDefinition, settings: Settings): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(definition.environment).map(([key, value]) => [
      key,
      renderTemplate(value, {
        baseDomain: settings.baseDomain,
        localhostDomain: localhostDomain(settings.baseDomain),
        httpPort: String(settings.httpPort),
      }),
    ]),
  );
}
