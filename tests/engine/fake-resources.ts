// Networks, volumes, images and the creation of containers on the fake engine. Each answers with what it changed.
import { randomBytes } from 'node:crypto';
import type { DesiredContainer, DesiredNetwork } from '../../electron/core/desired.ts';
import { FailureError } from '../../electron/core/failure.ts';
import { labels as labelNames, type Labels } from '../../electron/core/identity.ts';
import { type FakeContainer, type FakeImage, type FakeWorld, newContainer, subnetsOverlap } from './fake-world.ts';

// The new network's id; nothing when it was there.
export function addNetwork(world: FakeWorld, network: DesiredNetwork, labels: Labels): string | undefined {
  const all = [...world.networks.values()];
  const held = all.find((one) => one.name === network.name);
  if (held !== undefined) {
    if (!isOfSameStack(held.labels, labels)) throw new FailureError({ code: 'foreign-network', name: network.name });
    if (held.subnets.includes(network.subnet)) return undefined;
    throw failed(`create the network ${network.name}`, 'it exists with another subnet');
  }
  if (all.some((one) => one.subnets.some((subnet) => subnetsOverlap(subnet, network.subnet)))) {
    throw new FailureError({ code: 'no-free-subnet', tried: [network.subnet] });
  }
  const id = newId();
  world.networks.set(id, { id, name: network.name, labels: { ...labels }, subnets: [network.subnet] });
  return id;
}

export function dropNetwork(world: FakeWorld, id: string): boolean {
  const name = world.networks.get(id)?.name;
  const isUsed = [...world.containers.values()].some((one) => one.networks.has(name ?? '') && one.phase === 'running');
  if (isUsed) throw failed('remove the network', 'it has active endpoints');
  return world.networks.delete(id);
}

// The network's id; nothing when the container was on it.
export function joinNetwork(world: FakeWorld, name: string, container: FakeContainer): string | undefined {
  const network = [...world.networks.values()].find((one) => one.name === name);
  if (network === undefined) {
    throw failed(`connect a container to the network ${name}`, `network ${name} not found`);
  }
  if (container.networks.has(name)) return undefined;
  container.networks.set(name, '');
  return network.id;
}

// The network's id; nothing when the container was not on it.
export function leaveNetwork(world: FakeWorld, name: string, container?: FakeContainer): string | undefined {
  const network = [...world.networks.values()].find((one) => one.name === name);
  return (container?.networks.delete(name) ?? false) ? network?.id : undefined;
}

export function addVolume(world: FakeWorld, name: string, labels: Labels): boolean {
  const held = world.volumes.get(name);
  if (held !== undefined && !isOfSameStack(held.labels, labels)) {
    throw new FailureError({ code: 'foreign-volume', name });
  }
  if (held !== undefined) return false;
  world.volumes.set(name, { name, labels: { ...labels } });
  return true;
}

export function dropVolume(world: FakeWorld, name: string): boolean {
  const users = [...world.containers.values()].filter((one) => one.desired.volumes.some((use) => use.name === name));
  // A program that outlived its command goes with its volume.
  const programs = users.filter((one) => one.labels[labelNames.check] !== undefined);
  const isUsed = programs.length < users.length;
  if (isUsed) throw failed(`remove the volume ${name}`, 'it is in use');
  for (const { id } of programs) world.containers.delete(id);
  return world.volumes.delete(name);
}

// A tag leads to one image: the last that came with it.
export function addImage(world: FakeWorld, image: FakeImage): void {
  const others = world.images
    .filter((one) => one.id !== image.id)
    .map((one) => ({ ...one, tags: one.tags.filter((tag) => !image.tags.includes(tag)) }));
  world.images.splice(0, world.images.length, ...others, image);
}

export interface Created {
  readonly container: FakeContainer;
  readonly isNew: boolean;
}

export function addContainer(
  world: FakeWorld,
  desired: DesiredContainer,
  given: Pick<FakeContainer, 'labels' | 'imageId' | 'networkName'>,
): Created {
  const operation = `create the container ${desired.name}`;
  const held = [...world.containers.values()].find((one) => one.desired.name === desired.name);
  if (held !== undefined) {
    if (!isOfSameStack(held.labels, given.labels))
      throw new FailureError({ code: 'foreign-container', name: desired.name });
    const isTheSame = Object.entries(given.labels).every(([key, value]) => held.labels[key] === value);
    if (isTheSame && held.imageId === given.imageId) return { container: held, isNew: false };
    throw failed(operation, 'its name is in use');
  }
  if (!world.images.some((image) => image.id === given.imageId))
    throw failed(operation, `No such image: ${given.imageId}`);
  const container = newContainer(newId(), desired, { ...given, labels: { ...given.labels } });
  world.containers.set(container.id, container);
  return { container, isNew: true };
}

export function failed(operation: string, detail: string): FailureError {
  return new FailureError({ code: 'operation-failed', operation, detail });
}

function isOfSameStack(found: Labels, wanted: Labels): boolean {
  return found[labelNames.stack] === wanted[labelNames.stack];
}

export function newId(): string {
  return randomBytes(32).toString('hex');
}
