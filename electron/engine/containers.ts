// One container from its creation to its removal.
import type Docker from 'dockerode';
import type { DesiredContainer } from '../core/desired.ts';
import { FailureError } from '../core/failure.ts';
import type { Labels } from '../core/identity.ts';
import { bodyOnly } from './body-only.ts';
import { isNameTaken, statusOf } from './failures.ts';
import { findImage } from './images.ts';
import { fullRepository } from '../core/images/image-names.ts';
import { isOfSameStack, unlessGone } from './networks.ts';
import { inspectContainer } from './observe.ts';
import { writeTar } from './tar.ts';

const socketPath = '/var/run/docker.sock';

export interface CreateRequest {
  readonly container: DesiredContainer;
  readonly imageId: string;
  readonly networkName: string;
  readonly labels: Labels;
}

export async function createContainer(docker: Docker, request: CreateRequest, isPodman: boolean): Promise<string> {
  const { container, labels } = request;
  const image = await imageName(docker, request, isPodman);
  try {
    const body = containerBody({ ...request, imageId: image }, isPodman);
    return (await docker.createContainer(bodyOnly(body, { name: container.name }))).id;
  } catch (error) {
    if (!isNameTaken(error)) throw error;
    const found = await inspectContainer(docker, container.name);
    if (found === undefined) throw error;
    if (!isOfSameStack(found.labels, labels))
      throw new FailureError({ code: 'foreign-container', name: container.name }, { cause: error });
    const isTheSame = Object.entries(labels).every(([key, value]) => found.labels[key] === value);
    if (!isTheSame || found.imageId !== request.imageId) throw error;
    return found.id;
  }
}

// Lists of containers show what the image was called at the creation, and a name says more than a number. It is used
// only while it leads to the very image that was decided on.
async function imageName(docker: Docker, request: CreateRequest, isPodman: boolean): Promise<string> {
  const { repository, tag } = request.container.image;
  const name = `${isPodman ? fullRepository(repository) : repository}:${tag}`;
  return (await findImage(docker, name))?.id === request.imageId ? name : request.imageId;
}

export function containerBody(request: CreateRequest, isPodman: boolean) {
  const { container, networkName, labels } = request;
  const { publishes } = container;
  return {
    Image: request.imageId,
    // Absent leaves the image its own.
    ...(container.command.length > 0 && { Cmd: [...container.command] }),
    Env: Object.entries(container.environment).map(([key, value]) => `${key}=${value}`),
    Labels: { ...labels },
    StopTimeout: container.stopSeconds,
    ExposedPorts: Object.fromEntries(publishes.map((publish) => [`${publish.containerPort}/tcp`, {}])),
    HostConfig: {
      NetworkMode: networkName,
      RestartPolicy: { Name: 'unless-stopped' },
      PortBindings: portBindings(publishes),
      Mounts: [...container.volumes.map(volumeMount), ...socketMounts(container)],
      // Where SELinux watches over containers, none may talk to a socket of the machine otherwise.
      ...(container.engineSocket !== undefined && { SecurityOpt: ['label=disable'] }),
      ...(container.extraHosts !== undefined && { ExtraHosts: [...container.extraHosts] }),
      // Docker keeps logs without an end unless it is told otherwise. Podman's drivers are others and have a cap.
      ...(!isPodman && { LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } } }),
    },
    NetworkingConfig: {
      EndpointsConfig: {
        [networkName]: { IPAMConfig: { IPv4Address: container.address }, Aliases: [...container.aliases] },
      },
    },
  };
}

function volumeMount({ name, path }: DesiredContainer['volumes'][number]) {
  return { Type: 'volume' as const, Source: name, Target: path };
}

// A mount, not a bind of the older kind, which would make a folder where there is no socket.
function socketMounts({ engineSocket }: DesiredContainer) {
  if (engineSocket === undefined) return [];
  return [{ Type: 'bind' as const, Source: engineSocket, Target: socketPath, ReadOnly: true }];
}

function portBindings(publishes: DesiredContainer['publishes']) {
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const { hostAddress, hostPort, containerPort } of publishes) {
    const key = `${containerPort}/tcp`;
    bindings[key] = [...(bindings[key] ?? []), { HostIp: hostAddress, HostPort: String(hostPort) }];
  }
  return bindings;
}

export async function uploadFiles(docker: Docker, id: string, files: DesiredContainer['files']): Promise<void> {
  if (files.length === 0) return;
  await docker.getContainer(id).putArchive(writeTar(files), { path: '/' });
}

export async function startContainer(docker: Docker, id: string): Promise<void> {
  await unlessAlready(() => docker.getContainer(id).start());
}

export async function stopContainer(docker: Docker, id: string, seconds: number): Promise<void> {
  await unlessGone(() => unlessAlready(() => docker.getContainer(id).stop({ t: seconds })));
}

export async function restartContainer(docker: Docker, id: string, seconds: number): Promise<void> {
  await docker.getContainer(id).restart({ t: seconds });
}

export async function removeContainer(docker: Docker, id: string): Promise<void> {
  try {
    await unlessGone(() => docker.getContainer(id).remove({ force: true, v: true }));
  } catch (error) {
    // Somebody else is at it: done when they are.
    if (statusOf(error) !== 409) throw error;
    await unlessGone(() => docker.getContainer(id).wait({ condition: 'removed' }));
  }
}

async function unlessAlready(change: () => Promise<unknown>): Promise<void> {
  try {
    await change();
  } catch (error) {
    if (statusOf(error) !== 304) throw error;
  }
}
