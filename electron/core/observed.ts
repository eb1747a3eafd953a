// What is there, in our own words. Gathered by the engine and host layers; nothing here decides.
import type { Labels } from './identity.ts';
import type { ImportedBy } from './images/image-names.ts';

export interface EngineDescription {
  // As the engine names itself: 'Docker Engine', 'Podman Engine', ...
  readonly product: string;
  readonly version: string;
  readonly apiVersion: string;
  readonly operatingSystem: string;
  readonly rootless: boolean;
  // The address it answered at.
  readonly endpoint: string;
  // Where that address was found, in words: 'the current Docker context "default"'.
  readonly foundBy: string;
}

export type Substitute = 'packaged' | 'built' | 'stub';

export interface ObservedImage {
  readonly id: string;
  // 'pinned' carries the digest of the pin; a substitute carries our label; anything else only shares the name.
  // One that came out of a bundle file carries a name of ours instead of the digest, and says how it was verified.
  readonly origin: 'pinned' | Substitute | 'unknown';
  readonly imported?: ImportedBy;
  readonly sizeBytes: number;
}

export type ContainerPhase = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';

export interface ObservedContainer {
  readonly id: string;
  readonly name: string;
  readonly labels: Labels;
  readonly imageId: string;
  readonly phase: ContainerPhase;
  readonly exitCode?: number;
  // Milliseconds since 1970.
  readonly startedAt?: number;
  readonly finishedAt?: number;
  readonly restartCount: number;
  readonly outOfMemory: boolean;
  // The engine's own word on why it could not start it.
  readonly error?: string;
  // Names of the networks that it is on.
  readonly networks?: readonly string[];
}

// A container that is not of the stack and asks, by its labels, to be observed (io.macula.observe=true) or is the node
// of a KinD cluster (io.x-k8s.kind.cluster). Only those that run.
export interface LabelledContainer {
  readonly id: string;
  readonly name: string;
  readonly labels: Labels;
  // Network name -> its address there, '' where it has none of its own (the host's network).
  readonly networks: Readonly<Record<string, string>>;
}

export interface ObservedNetwork {
  readonly id: string;
  readonly name: string;
  readonly labels: Labels;
  readonly subnets: readonly string[];
}

export interface ObservedVolume {
  readonly name: string;
  readonly labels: Labels;
}

// Somebody listens there. Address '0.0.0.0' or '::' covers every address of its family.
export interface Listener {
  readonly address: string;
  readonly port: number;
  // In words, as far as it can be told: 'container "web"', 'apache2 (process 812)'.
  readonly owner: string;
  // Set when a container holds it.
  readonly containerId?: string;
  // Of the socket, where this machine's kernel tells: root knows more by it.
  readonly inode?: string;
}

export interface Observed {
  // Containers that carry our label or one of our names.
  readonly containers: readonly ObservedContainer[];
  // Every network of the engine: their subnets decide which is free.
  readonly networks: readonly ObservedNetwork[];
  // Volumes that carry our label or one of our names.
  readonly volumes: readonly ObservedVolume[];
  // Service id -> the image under its pinned name, where there is one.
  readonly images: Readonly<Record<string, ObservedImage>>;
  readonly listeners: readonly Listener[];
  readonly labelled?: readonly LabelledContainer[];
  // Subnets of the host's own routes, '10.0.0.0/8'.
  readonly hostSubnets: readonly string[];
}

// What the engine layer alone can see.
export type EngineObservation = Omit<Observed, 'hostSubnets'>;

// What the host layer alone can see.
export interface HostObservation {
  readonly listeners: readonly Listener[];
  readonly hostSubnets: readonly string[];
}
