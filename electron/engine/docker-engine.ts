// The engine port over dockerode: Docker, Podman's service and everything else that speaks Docker's API.
import { setMaxListeners } from 'node:events';
import type Docker from 'dockerode';
import type { EnginePort } from '../core/engine-port.ts';
import { type Failure, FailureError } from '../core/failure.ts';
import type { EngineDescription } from '../core/observed.ts';
import {
  createContainer,
  removeContainer,
  restartContainer,
  startContainer,
  stopContainer,
  uploadFiles,
} from './containers.ts';
import { execute } from './commands.ts';
import { followEvents } from './events.ts';
import { translated, translatedStream } from './failures.ts';
import { withHostGateway } from './host-gateway.ts';
import { listImages, removeImage } from './image-list.ts';
import { findImage, loadImage, pullImage, saveImage, untagImage } from './images.ts';
import { readPlatform } from './platform.ts';
import { askManifests } from './registry-manifest.ts';
import { readLogs } from './logs.ts';
import { createMachineReader } from './machine.ts';
import { podmanProduct } from './mapping.ts';
import { connectNetwork, createNetwork, createVolume, disconnectNetwork, removeNetwork } from './networks.ts';
import { inspectContainer, observeEngine } from './observe.ts';
import { withPortOwner } from './port-owner.ts';
import { spokenVersion } from './probe.ts';
import { runProgram } from './programs.ts';
import { readFile } from './read-file.ts';
import type { SignIn } from './registry-sign-in.ts';
import { createStatsReader } from './stats.ts';
import { volumeSizes } from './volume-sizes.ts';
import { listVolumes, removeVolume, volumeUsers } from './volumes.ts';

const closedUnder: Failure = { code: 'engine-lost', detail: 'The connection to it was given up.' };

export function dockerEngine(
  docker: Docker,
  description: EngineDescription,
  // The user's sign-in to the registry of this repository.
  signInTo: (repository: string) => Promise<SignIn | undefined>,
): EnginePort {
  const isPodman = description.product === podmanProduct;
  const closed = new AbortController();
  // Whatever is under way at a time listens to it, and that may be much: none of it stays.
  setMaxListeners(0, closed.signal);
  const machine = createMachineReader(docker);
  const stats = createStatsReader(docker, description, machine);
  // What runs on is ended by its own signal or with the connection.
  const whileOpen = (signal: AbortSignal) => AbortSignal.any([signal, closed.signal]);

  return {
    description,
    observe: (query) => translated({ operation: 'observe the engine' }, () => observeEngine(docker, query)),
    pullImage: (pin, onProgress, signal) => {
      const image = `${pin.repository}:${pin.tag}`;
      const work = async () => {
        try {
          await pullImage(docker, pin, onProgress, whileOpen(signal), isPodman, await signInTo(pin.repository));
        } catch (error) {
          // Not the user's word but ours: the connection was given up under it.
          if (closed.signal.aborted && !signal.aborted) throw new FailureError(closedUnder, { cause: error });
          throw error;
        }
      };
      return translated({ operation: `pull ${image}`, image }, work);
    },
    loadImage: (archive, signal) =>
      translated({ operation: 'load an image' }, () => {
        return loadImage(docker, archive, signal === undefined ? closed.signal : whileOpen(signal));
      }),
    saveImage: (id, signal) =>
      translatedStream({ operation: 'save an image' }, saveImage(docker, id, whileOpen(signal))),
    findImage: (name) => translated({ operation: 'look for an image' }, () => findImage(docker, name)),
    tagImage: (id, { repository, tag }) =>
      translated({ operation: 'name an image' }, async () => {
        await docker.getImage(id).tag({ repo: repository, tag });
      }),
    untagImage: (name) => translated({ operation: 'take a name from an image' }, () => untagImage(docker, name)),
    platform: () => translated({ operation: 'tell its platform' }, () => readPlatform(docker)),
    imageManifests: (pin, signal) =>
      translated({ operation: 'ask for its platform' }, async () => {
        const [platform, signIn] = await Promise.all([readPlatform(docker), signInTo(pin.repository)]);
        return askManifests(pin, platform, signIn, whileOpen(signal));
      }),
    listImages: () => translated({ operation: 'list the images' }, () => listImages(docker)),
    removeImage: (id) => translated({ operation: 'remove an image' }, () => removeImage(docker, id)),
    createNetwork: (network, labels) => {
      const attempted = {
        operation: `create the network ${network.name}`,
        networkName: network.name,
        subnet: network.subnet,
      };
      return translated(attempted, () => createNetwork(docker, network, labels, isPodman));
    },
    removeNetwork: (id) => translated({ operation: 'remove the network' }, () => removeNetwork(docker, id, isPodman)),
    createVolume: (name, labels) => {
      const attempted = { operation: `create the volume ${name}`, volumeName: name };
      return translated(attempted, () => createVolume(docker, name, labels));
    },
    removeVolume: (name) => translated({ operation: `remove the volume ${name}` }, () => removeVolume(docker, name)),
    listVolumes: () => translated({ operation: 'list the volumes' }, () => listVolumes(docker)),
    volumeUsers: (name) =>
      translated({ operation: `find who has the volume ${name}` }, () => volumeUsers(docker, name)),
    createContainer: (container, imageId, networkName, labels) => {
      const attempted = { operation: `create the container ${container.name}`, service: container.service };
      return translated(attempted, async () => {
        const given = await withHostGateway(docker, container, networkName, description);
        return createContainer(docker, { container: given, imageId, networkName, labels }, isPodman);
      });
    },
    uploadFiles: (id, files) =>
      translated({ operation: 'put files into a container' }, () => uploadFiles(docker, id, files)),
    readFile: (id, path) => translated({ operation: `read ${path} in a container` }, () => readFile(docker, id, path)),
    startContainer: (id) => withOwner(id, 'start a container', () => startContainer(docker, id)),
    stopContainer: (id, seconds) =>
      translated({ operation: 'stop a container' }, () => stopContainer(docker, id, seconds)),
    restartContainer: (id, seconds) =>
      withOwner(id, 'restart a container', () => restartContainer(docker, id, seconds)),
    removeContainer: (id) => translated({ operation: 'remove a container' }, () => removeContainer(docker, id)),
    inspectContainer: (id) => translated({ operation: 'inspect a container' }, () => inspectContainer(docker, id)),
    containerStats: (id) =>
      translated({ operation: 'read the figures of a container' }, () => stats.read(id, closed.signal)),
    patientStats: (id) =>
      translated({ operation: 'read the figures of a container' }, () => stats.readPatiently(id, closed.signal)),
    machine: () => translated({ operation: "read what the engine's machine has" }, () => machine(closed.signal)),
    volumeSizes: (names) =>
      translated({ operation: 'measure the volumes' }, () => {
        return volumeSizes(docker, spokenVersion(description.apiVersion), names, closed.signal);
      }),
    runProgram: (run, signal) => {
      const attempted = { operation: `run the program of ${run.service}`, service: run.service };
      return translated(attempted, () => runProgram(docker, run, whileOpen(signal), isPodman));
    },
    execute: (id, command, input) =>
      translated({ operation: 'run a command in a container' }, () =>
        execute(docker, id, command, input, closed.signal),
      ),
    connectNetwork: (name, id) =>
      translated({ operation: `connect a container to the network ${name}` }, () => connectNetwork(docker, name, id)),
    disconnectNetwork: (name, id) =>
      translated({ operation: `take a container from the network ${name}` }, () => disconnectNetwork(docker, name, id)),
    logs: (query) => readLogs(docker, { ...query, signal: whileOpen(query.signal) }, isPodman),
    events: (signal) => followEvents(docker, whileOpen(signal)),
    close: () => closed.abort(),
  };

  async function withOwner(id: string, operation: string, work: () => Promise<void>): Promise<void> {
    try {
      await translated({ operation }, work);
    } catch (error) {
      throw await withPortOwner(docker, id, error);
    }
  }
}
