// Networks and volumes. What is already there as wanted is success; under the same name but not ours it is a conflict.
import type Docker from 'dockerode';
import type { DesiredNetwork } from '../core/desired.ts';
import { FailureError } from '../core/failure.ts';
import { bridgeName, labels as labelNames, networkName, type Labels } from '../core/identity.ts';
import { bodyOnly } from './body-only.ts';
import { isNameTaken, statusOf } from './failures.ts';
import { inspectContainer } from './observe.ts';
import { type ListedNetwork, type ListedVolume, toNetwork } from './mapping.ts';

export async function createNetwork(
  docker: Docker,
  network: DesiredNetwork,
  labels: Labels,
  isPodman: boolean,
): Promise<void> {
  try {
    await docker.createNetwork(bodyOnly(networkBody(network, labels, isPodman)));
  } catch (error) {
    if (!isNameTaken(error)) throw error;
    const found = toNetwork((await docker.getNetwork(network.name).inspect()) as ListedNetwork);
    if (!isOfSameStack(found.labels, labels))
      throw new FailureError({ code: 'foreign-network', name: network.name }, { cause: error });
    if (!found.subnets.includes(network.subnet)) throw error;
  }
}

export function networkBody(network: DesiredNetwork, labels: Labels, isPodman: boolean) {
  const { name, subnet, ipRange, gateway } = network;
  // Podman's older networking refuses fixed addresses outside of the range that it gives out from.
  const range = isPodman ? {} : { IPRange: ipRange };
  return {
    Name: name,
    CheckDuplicate: true,
    Driver: 'bridge',
    IPAM: { Driver: 'default', Config: [{ Subnet: subnet, Gateway: gateway, ...range }] },
    // A name that firewall rules can know. There is only one, and it is for the one network.
    Options: name === networkName ? { 'com.docker.network.bridge.name': bridgeName } : {},
    Labels: { ...labels },
  };
}

// What was found under the name carries the mark of what was to be made.
export function isOfSameStack(found: Labels, wanted: Labels): boolean {
  return found[labelNames.stack] === wanted[labelNames.stack];
}

export async function removeNetwork(docker: Docker, id: string, isPodman: boolean): Promise<void> {
  await unlessGone(async () => {
    // Podman 4 removes a network that is in use when it is asked by its id; by its name it refuses.
    const name = isPodman ? ((await docker.getNetwork(id).inspect()) as ListedNetwork).Name : id;
    await docker.getNetwork(name).remove();
  });
}

// Its first network stays the one that its published ports lead to: moving them breaks what is under way. Engines that
// know no such order (Docker before 28, Podman) pass over it.
const besides: object = { GwPriority: -1 };

export async function connectNetwork(docker: Docker, name: string, containerId: string): Promise<void> {
  try {
    await docker.getNetwork(name).connect(bodyOnly({ Container: containerId, EndpointConfig: besides }));
  } catch (error) {
    // Every engine has words of its own for "already so": what is there is asked instead.
    if (!(await isConnected(docker, name, containerId))) throw error;
  }
}

export async function disconnectNetwork(docker: Docker, name: string, containerId: string): Promise<void> {
  try {
    await docker.getNetwork(name).disconnect(bodyOnly({ Container: containerId }));
  } catch (error) {
    if (await isConnected(docker, name, containerId)) throw error;
  }
}

async function isConnected(docker: Docker, name: string, containerId: string): Promise<boolean> {
  const container = await inspectContainer(docker, containerId);
  return container?.networks?.includes(name) ?? false;
}

export async function createVolume(docker: Docker, name: string, labels: Labels): Promise<void> {
  await docker.createVolume(bodyOnly({ Name: name, Labels: { ...labels } }));
  // That succeeds, too, with a volume that was there before, whoever made it.
  const found = (await docker.getVolume(name).inspect()) as ListedVolume;
  if (!isOfSameStack(found.Labels ?? {}, labels)) throw new FailureError({ code: 'foreign-volume', name });
}

export async function unlessGone(remove: () => Promise<unknown>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
  }
}
