// An engine in memory that behaves as the real ones do; the engine suite runs on it too, so that it cannot lie.
// Failures, delays and accidents are scripted from outside.
import type { DesiredContainer, DesiredNetwork } from '../../electron/core/desired.ts';
import type { EngineEvent, EnginePort, LogLine, LogQuery, ObserveQuery } from '../../electron/core/engine-port.ts';
import { isOurs, type Labels } from '../../electron/core/identity.ts';
import type { EngineDescription, EngineObservation, ObservedContainer } from '../../electron/core/observed.ts';
import { createChannel } from './channel.ts';
import { FakeImages } from './fake-images.ts';
import { readFakeLog } from './fake-logs.ts';
import { wakeReaders } from './fake-processes.ts';
import { addContainer, addNetwork, addVolume, dropNetwork, dropVolume } from './fake-resources.ts';
import { lost } from './fake-script.ts';
import {
  type FakeContainer,
  type FakeImage,
  type FakeProgram,
  listenersOf,
  observeContainer,
  observeImages,
  observeLabelled,
} from './fake-world.ts';

export interface FakeEngineOptions {
  readonly description?: Partial<EngineDescription>;
  readonly images?: readonly FakeImage[];
  // What each container does; by default it stays and is silent.
  readonly program?: (container: FakeContainer) => FakeProgram;
  readonly now?: () => number;
}

export class FakeEngine extends FakeImages implements EnginePort {
  readonly description: EngineDescription;

  constructor(options: FakeEngineOptions = {}) {
    super(options.program ?? (() => ({})), options.now ?? Date.now);
    this.world.images.push(...(options.images ?? []));
    this.description = {
      product: 'Fake Engine',
      version: '1.0.0',
      apiVersion: '1.44',
      operatingSystem: 'memory',
      rootless: false,
      endpoint: 'memory:',
      foundBy: 'the test',
      ...options.description,
    };
  }

  async observe(query: ObserveQuery): Promise<EngineObservation> {
    await this.script.begin('observe', '');
    const containers = [...this.world.containers.values()];
    const { networks, volumes, images } = this.world;
    return {
      containers: containers
        .filter((one) => isOurs(one.labels) || query.containerNames.includes(one.desired.name))
        .map(observeContainer),
      networks: [...networks.values()],
      volumes: [...volumes.values()].filter((one) => isOurs(one.labels) || query.volumeNames.includes(one.name)),
      images: observeImages(images, query.images),
      listeners: containers.flatMap(listenersOf),
      labelled: observeLabelled(this.world),
    };
  }

  async inspectContainer(id: string): Promise<ObservedContainer | undefined> {
    await this.script.begin('inspectContainer', id);
    const found = this.processes.find(id);
    return found === undefined ? undefined : observeContainer(found);
  }

  async createNetwork(network: DesiredNetwork, labels: Labels): Promise<void> {
    await this.script.begin('createNetwork', network.name);
    const id = addNetwork(this.world, network, labels);
    if (id !== undefined) this.processes.emit('network', 'create', id);
  }

  async removeNetwork(id: string): Promise<void> {
    await this.script.begin('removeNetwork', this.world.networks.get(id)?.name ?? id);
    if (dropNetwork(this.world, id)) this.processes.emit('network', 'destroy', id);
  }

  async createVolume(name: string, labels: Labels): Promise<void> {
    await this.script.begin('createVolume', name);
    if (addVolume(this.world, name, labels)) this.processes.emit('volume', 'create', name);
  }

  async removeVolume(name: string): Promise<void> {
    await this.script.begin('removeVolume', name);
    if (dropVolume(this.world, name)) this.processes.emit('volume', 'destroy', name);
  }

  async createContainer(
    desired: DesiredContainer,
    imageId: string,
    networkName: string,
    labels: Labels,
  ): Promise<string> {
    await this.script.begin('createContainer', desired.name);
    const { container, isNew } = addContainer(this.world, desired, { labels, imageId, networkName });
    if (isNew) this.processes.emit('container', 'create', container);
    return container.id;
  }

  async uploadFiles(id: string, files: DesiredContainer['files']): Promise<void> {
    await this.script.begin('uploadFiles', this.nameOf(id));
    const container = this.require(id, 'put files into a container');
    for (const file of files) container.files.set(file.path, file);
  }

  async readFile(id: string, path: string): Promise<string | undefined> {
    await this.script.begin('readFile', this.nameOf(id));
    return this.processes.find(id)?.files.get(path)?.content;
  }

  async startContainer(id: string): Promise<void> {
    await this.script.begin('startContainer', this.nameOf(id));
    const container = this.require(id, 'start a container');
    if (container.phase !== 'running') this.processes.start(container);
  }

  async stopContainer(id: string, seconds: number): Promise<void> {
    await this.script.begin('stopContainer', this.nameOf(id));
    const container = this.processes.find(id);
    if (container !== undefined) await this.processes.stop(container, seconds);
  }

  async restartContainer(id: string, seconds: number): Promise<void> {
    await this.script.begin('restartContainer', this.nameOf(id));
    const container = this.require(id, 'restart a container');
    await this.processes.stop(container, seconds);
    this.processes.start(container);
    this.processes.emit('container', 'restart', container);
  }

  async removeContainer(id: string): Promise<void> {
    await this.script.begin('removeContainer', this.nameOf(id));
    const container = this.processes.find(id);
    if (container === undefined) return;
    if (container.phase === 'running') this.processes.end(container, 137);
    container.removed = true;
    this.world.containers.delete(container.id);
    wakeReaders(container);
    this.processes.emit('container', 'destroy', container);
  }

  async *logs(query: LogQuery): AsyncIterable<readonly LogLine[]> {
    const container = this.processes.find(query.containerId);
    if (container === undefined || this.script.isLost) return;
    const signal = AbortSignal.any([query.signal, this.closed.signal]);
    yield* readFakeLog(container, { ...query, signal }, () => this.script.isLost);
  }

  async *events(signal: AbortSignal): AsyncIterable<EngineEvent> {
    if (this.script.isLost) throw lost();
    const channel = createChannel<EngineEvent>();
    this.processes.subscribers.add(channel);
    try {
      yield { kind: 'engine', action: 'subscribed', id: '', at: this.now() };
      yield* channel.values(AbortSignal.any([signal, this.closed.signal]));
    } finally {
      this.processes.subscribers.delete(channel);
    }
  }

  close(): void {
    this.closed.abort();
  }
}
