// The word by which a container is given a name for the machine that its engine runs on.
import type Docker from 'dockerode';
import type { DesiredContainer } from '../core/desired.ts';
import type { EngineDescription } from '../core/observed.ts';
import { type ListedNetwork, podmanProduct } from './mapping.ts';
import { compareVersions } from './probe.ts';

// Podman knows the word since 4.7 and takes it for an address before: there the machine's address on the network of
// the container is put in its place.
export async function withHostGateway(
  docker: Docker,
  container: DesiredContainer,
  networkName: string,
  { product, version }: EngineDescription,
): Promise<DesiredContainer> {
  const { extraHosts } = container;
  const isKnown = product !== podmanProduct || compareVersions(version, '4.7') >= 0;
  if (isKnown || extraHosts === undefined) return container;
  const network = (await docker.getNetwork(networkName).inspect()) as ListedNetwork;
  const gateway = network.IPAM?.Config?.find((config) => config.Gateway !== undefined)?.Gateway;
  if (gateway === undefined) return container;
  return { ...container, extraHosts: extraHosts.map((host) => host.replace(/:host-gateway$/, `:${gateway}`)) };
}
