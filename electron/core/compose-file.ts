// The stack as a standard Compose file: the same names, addresses, volumes and configuration. A plain value; whoever
// prints it chooses the notation.
import type { ContainerFile, DesiredContainer, DesiredService, DesiredStack } from './desired.ts';
import { desiredFiles } from './desired-files.ts';
import { bridgeName, domainLabel, labels, projectName, stackName } from './identity.ts';
import type { Publish } from './publishes.ts';
import type { Observed } from './observed.ts';

export interface ComposeFile {
  readonly name: string;
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, unknown>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly configs: Readonly<Record<string, { readonly content: string }>>;
}

interface ComposeService {
  readonly image: string;
  readonly container_name: string;
  readonly restart: string;
  readonly [key: string]: unknown;
}

export function composeFile(desired: DesiredStack, images: Observed['images']): ComposeFile {
  const containers = desired.services.map((service) => service.container);
  return {
    name: projectName,
    services: Object.fromEntries(
      desired.services.map((service) => [service.definition.id, composeService(service, desired, images)]),
    ),
    networks: { [desired.network.name]: composeNetwork(desired) },
    volumes: Object.fromEntries(desired.volumes.map((name) => [name, { name, labels: ownLabels }])),
    configs: Object.fromEntries(
      containers.flatMap((container) =>
        // Compose cannot exchange a file while a container runs: what is live has its present content.
        desiredFiles(container).map((file) => [configName(container, file), { content: literal(file.content) }]),
      ),
    ),
  };
}

// Ids of services whose image the engine does not know by its digest, since it stands in for the pinned one or came out
// of a bundle: the file names it by its tag alone.
export function unpinnedServices(desired: DesiredStack, images: Observed['images']): readonly string[] {
  return desired.services.map((service) => service.definition.id).filter((id) => !isPinned(images[id]));
}

// Compose's own labels are added by Compose, which takes no others for them.
const ownLabels = { [labels.stack]: stackName };

function isPinned(image: Observed['images'][string] | undefined): boolean {
  return (
    image === undefined || (image.origin === 'pinned' && image.imported === undefined) || image.origin === 'unknown'
  );
}

function composeService(service: DesiredService, desired: DesiredStack, images: Observed['images']): ComposeService {
  const { container, needs } = service;
  const { repository, tag, digest } = container.image;
  const isThere = isPinned(images[service.definition.id]);
  return {
    image: `${repository}:${tag}${isThere ? `@${digest}` : ''}`,
    container_name: container.name,
    restart: 'unless-stopped',
    stop_grace_period: `${container.stopSeconds}s`,
    ...list('command', container.command.map(literal)),
    ...optional('environment', mapValues(container.environment, literal)),
    ...list('depends_on', needs),
    networks: { [desired.network.name]: { ipv4_address: container.address, aliases: container.aliases } },
    ...list('ports', container.publishes.map(portText)),
    ...list('volumes', volumesOf(container)),
    // Where SELinux watches over containers, none may talk to a socket of the machine otherwise.
    ...(container.engineSocket === undefined ? {} : { security_opt: ['label=disable'] }),
    ...list('extra_hosts', container.extraHosts ?? []),
    ...list(
      'configs',
      desiredFiles(container).map((file) => composeConfig(container, file)),
    ),
    labels: {
      ...ownLabels,
      [labels.service]: container.service,
      [labels.configHash]: container.configHash,
      ...domainLabel(container),
    },
    logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
  };
}

function composeNetwork({ network }: DesiredStack): unknown {
  return {
    name: network.name,
    driver: 'bridge',
    driver_opts: { 'com.docker.network.bridge.name': bridgeName },
    ipam: { config: [{ subnet: network.subnet, ip_range: network.ipRange, gateway: network.gateway }] },
    labels: ownLabels,
  };
}

function composeConfig(container: DesiredContainer, file: ContainerFile): unknown {
  const owner = file.owner === undefined ? {} : { uid: String(file.owner), gid: String(file.owner) };
  return {
    source: configName(container, file),
    target: file.path,
    ...owner,
    mode: `0${file.mode.toString(8)}`,
  };
}

function volumesOf({ volumes, engineSocket }: DesiredContainer): readonly unknown[] {
  const named = volumes.map((use) => `${use.name}:${use.path}`);
  if (engineSocket === undefined) return named;
  const socket = { type: 'bind', source: literal(engineSocket), target: '/var/run/docker.sock', read_only: true };
  return [...named, { ...socket, bind: { create_host_path: false } }];
}

function configName(container: DesiredContainer, file: ContainerFile): string {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1).replace(/[^A-Za-z0-9]+/g, '-');
  // Two files of one service may have the same name in different folders.
  const twins = desiredFiles(container).filter((other) =>
    other.path.endsWith(`/${file.path.slice(file.path.lastIndexOf('/') + 1)}`),
  );
  return `${container.service}-${name}${twins.length > 1 ? `-${twins.indexOf(file) + 1}` : ''}`;
}

// A dollar sign would begin a variable.
function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}

function mapValues(
  record: Readonly<Record<string, string>>,
  change: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function list(key: string, values: readonly unknown[]): Record<string, unknown> {
  return values.length === 0 ? {} : { [key]: values };
}

function optional(key: string, record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.keys(record).length === 0 ? {} : { [key]: record };
}

function portText({ hostAddress, hostPort, containerPort }: Publish): string {
  const address = hostAddress.includes(':') ? `[${hostAddress}]` : hostAddress;
  return `${address}:${hostPort}:${containerPort}`;
}
