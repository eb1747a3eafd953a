// The engine as the rest of the app knows it. Implemented by electron/engine (dockerode) and by the fake of the tests.
// Every method throws FailureError for what is expected to go wrong. "Already so" is success everywhere.
import type { ImagePin } from './catalog/service.ts';
import type { DesiredContainer, DesiredNetwork } from './desired.ts';
import type { Labels } from './identity.ts';
import type { ManifestAnswer, Platform } from './images/manifests.ts';
import type { EngineDescription, EngineObservation, ObservedVolume } from './observed.ts';

export interface ObserveQuery {
  // Names that would be ours: what holds one without our label is a conflict.
  readonly containerNames: readonly string[];
  readonly volumeNames: readonly string[];
  // Service id -> pin.
  readonly images: Readonly<Record<string, ImagePin>>;
}

export interface PullProgress {
  readonly layersDone: number;
  readonly layersTotal: number;
  readonly bytesDone: number;
  // 0 while no layer has told its size.
  readonly bytesTotal: number;
}

export interface ImageIdentity {
  readonly id: string;
  // sha256:... of each layer as it is unpacked.
  readonly layerDigests: readonly string[];
}

// An image that is on the engine, whoever brought it.
export interface EngineImage {
  readonly id: string;
  // Full names: 'docker.io/library/nginx:1.29', 'docker.io/library/nginx@sha256:...'.
  readonly names: readonly string[];
  readonly labels: Labels;
  readonly sizeBytes: number;
  // Milliseconds since 1970.
  readonly createdAt: number;
  // A container has it, running or not, whoever made it.
  readonly isUsed: boolean;
}

export interface EngineEvent {
  // 'engine' comes first, with the action 'subscribed': what is observed after it misses nothing.
  readonly kind: 'engine' | 'container' | 'network' | 'volume' | 'image';
  // 'start', 'die', 'oom', 'destroy', 'health_status', ...
  readonly action: string;
  readonly id: string;
  readonly service?: string;
  // Of 'die', where the engine tells it.
  readonly exitCode?: number;
  // Milliseconds since 1970, by the engine's clock.
  readonly at: number;
}

export interface LogLine {
  readonly service: string;
  readonly stream: 'stdout' | 'stderr';
  // ISO 8601 with nanoseconds as the engine gives it.
  readonly timestamp: string;
  readonly text: string;
}

export interface LogQuery {
  readonly service: string;
  readonly containerId: string;
  readonly follow: boolean;
  // Lines from the end; undefined is all.
  readonly tail?: number;
  // Seconds since 1970, fractions allowed: lines from it on. What was written at that very moment comes again, and
  // Podman tells time by whole seconds.
  readonly since?: number;
  // Seconds since 1970, fractions allowed: no lines that are a second or more after it.
  readonly until?: number;
  readonly signal: AbortSignal;
}

// One look at what a container uses.
export interface ContainerStats {
  // Milliseconds since 1970, by the engine's clock.
  readonly at: number;
  // Seconds of processor time since its start, all processors together.
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
  // 0 where there is no limit.
  readonly memoryLimitBytes: number;
  readonly networkReceivedBytes: number;
  readonly networkSentBytes: number;
  readonly diskReadBytes: number;
  readonly diskWrittenBytes: number;
  readonly processes: number;
}

// 0 is what is not told.
export interface EngineMachine {
  readonly processors: number;
  readonly memoryBytes: number;
}

export interface ProgramRun {
  readonly service: string;
  readonly imageId: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly files: DesiredContainer['files'];
  // As long as it may take; operation-failed after it.
  readonly seconds: number;
  // They must be there: an engine may make one that is not.
  readonly volumes?: readonly ProgramVolume[];
  // Whatever user the image has.
  readonly asRoot?: true;
}

export interface ProgramVolume {
  readonly name: string;
  readonly path: string;
  // Nothing in it can be changed.
  readonly isReadOnly?: true;
}

// A container that has a volume, running or not.
export interface VolumeUser {
  readonly id: string;
  readonly name: string;
  readonly labels: Labels;
  readonly isRunning: boolean;
}

export interface ProgramResult {
  readonly exitCode: number;
  // Both streams as they came, the last 64 KiB of them.
  readonly output: string;
}

export interface EnginePort {
  readonly description: EngineDescription;
  observe(query: ObserveQuery): Promise<EngineObservation>;
  pullImage(pin: ImagePin, onProgress: (progress: PullProgress) => void, signal: AbortSignal): Promise<void>;
  // A docker-archive tar. What throws while it is read, or the signal, ends the work and is thrown.
  loadImage(archive: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<void>;
  // The same, of one image, as it comes; a reader that is slow makes the engine wait.
  saveImage(id: string, signal: AbortSignal): AsyncIterable<Uint8Array>;
  // undefined where nothing has that name.
  findImage(name: string): Promise<ImageIdentity | undefined>;
  // One that has the name loses it.
  tagImage(id: string, name: { readonly repository: string; readonly tag: string }): Promise<void>;
  // Takes the name away, and with its last one the image.
  untagImage(name: string): Promise<void>;
  // For which machines it runs images.
  platform(): Promise<Platform>;
  // What the image's registry says of it, for the engine's platform. What goes wrong there is an answer too.
  imageManifests(pin: ImagePin, signal: AbortSignal): Promise<ManifestAnswer>;
  listImages(): Promise<readonly EngineImage[]>;
  // All its names go, and with the last one the image; without force, so that what a container has stays.
  removeImage(id: string): Promise<'removed' | 'in-use'>;
  createNetwork(network: DesiredNetwork, labels: Labels): Promise<void>;
  removeNetwork(id: string): Promise<void>;
  createVolume(name: string, labels: Labels): Promise<void>;
  removeVolume(name: string): Promise<void>;
  // All there are, whoever made them.
  listVolumes(): Promise<readonly ObservedVolume[]>;
  volumeUsers(name: string): Promise<readonly VolumeUser[]>;
  // Returns the container's id. The image is the one already under the pinned name.
  createContainer(container: DesiredContainer, imageId: string, networkName: string, labels: Labels): Promise<string>;
  // Puts the files into a container, running or not. One that is there is taken away and written anew: whoever reads it
  // at that very moment may find it missing or cut short, so what reads a live file must look again.
  uploadFiles(containerId: string, files: DesiredContainer['files']): Promise<void>;
  // The text of a small file in a container, running or not; undefined where there is none.
  readFile(containerId: string, path: string): Promise<string | undefined>;
  startContainer(containerId: string): Promise<void>;
  // Asks politely, kills after so many seconds.
  stopContainer(containerId: string, seconds: number): Promise<void>;
  restartContainer(containerId: string, seconds: number): Promise<void>;
  // Running or not; its anonymous volumes go with it.
  removeContainer(containerId: string): Promise<void>;
  inspectContainer(containerId: string): Promise<EngineObservation['containers'][number] | undefined>;
  // undefined when it does not run.
  containerStats(containerId: string): Promise<ContainerStats | undefined>;
  // The same for somebody who has time: what is asked at once is answered together, and wakes the app less often. Within
  // seconds. undefined also where it cannot be had so: then it is asked for in the usual way.
  patientStats(containerId: string): Promise<ContainerStats | undefined>;
  // What the machine has that the engine runs on; undefined where that is kept from us.
  machine(): Promise<EngineMachine | undefined>;
  // Bytes of each of these volumes on the engine's disk; those that are not there or cannot be measured are left out.
  volumeSizes(names: readonly string[]): Promise<Readonly<Record<string, number>>>;
  // A container of its own without network, gone afterwards whatever happens, also what an earlier one left behind.
  runProgram(run: ProgramRun, signal: AbortSignal): Promise<ProgramResult>;
  // In a running container; the input is closed after the given text. It may take a minute, operation-failed after it.
  execute(containerId: string, command: readonly string[], input?: string): Promise<ProgramResult>;
  connectNetwork(networkName: string, containerId: string): Promise<void>;
  disconnectNetwork(networkName: string, containerId: string): Promise<void>;
  // Lines in batches as they come; a consumer that is slow makes the engine wait, nothing is lost or piled up.
  logs(query: LogQuery): AsyncIterable<readonly LogLine[]>;
  // Ends (or throws engine-lost) when the engine goes away.
  events(signal: AbortSignal): AsyncIterable<EngineEvent>;
  close(): void;
}
