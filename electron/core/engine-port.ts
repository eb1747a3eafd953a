// The engine as the rest of the app knows it. Implemented by electron/engine (dockerode) and by the fake of the tests.
// Every method throws FailureError for what is expected to go wrong. "Already so" is success everywhere.
import type { ImagePin } from './catalog/service.ts';
import type { DesiredContainer, DesiredNetwork } from './desired.ts';
import type { Labels } from './identity.ts';
import type { EngineDescription, EngineObservation } from './observed.ts';

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
  readonly signal: AbortSignal;
}

export interface EnginePort {
  readonly description: EngineDescription;
  observe(query: ObserveQuery): Promise<EngineObservation>;
  pullImage(pin: ImagePin, onProgress: (progress: PullProgress) => void, signal: AbortSignal): Promise<void>;
  // A docker-archive tar.
  loadImage(archive: AsyncIterable<Uint8Array>): Promise<void>;
  createNetwork(network: DesiredNetwork, labels: Labels): Promise<void>;
  removeNetwork(id: string): Promise<void>;
  createVolume(name: string, labels: Labels): Promise<void>;
  removeVolume(name: string): Promise<void>;
  // Returns the container's id. The image is the one already under the pinned name.
  createContainer(container: DesiredContainer, imageId: string, networkName: string, labels: Labels): Promise<string>;
  // Puts the files into a container that may not be running.
  uploadFiles(containerId: string, files: DesiredContainer['files']): Promise<void>;
  startContainer(containerId: string): Promise<void>;
  // Asks politely, kills after so many seconds.
  stopContainer(containerId: string, seconds: number): Promise<void>;
  restartContainer(containerId: string, seconds: number): Promise<void>;
  // Running or not; its anonymous volumes go with it.
  removeContainer(containerId: string): Promise<void>;
  inspectContainer(containerId: string): Promise<EngineObservation['containers'][number] | undefined>;
  // Lines in batches as they come; a consumer that is slow makes the engine wait, nothing is lost or piled up.
  logs(query: LogQuery): AsyncIterable<readonly LogLine[]>;
  // Ends (or throws engine-lost) when the engine goes away.
  events(signal: AbortSignal): AsyncIterable<EngineEvent>;
  close(): void;
}
