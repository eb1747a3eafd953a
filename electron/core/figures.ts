// What services use, as the Figures page shows it: one look every few seconds, only while somebody looks.
import type { EngineMachine } from './engine-port.ts';

export interface ServiceFigures {
  // Of one processor: 1.5 is one and a half. undefined at the first look, which has nothing to compare with.
  readonly processors?: number;
  readonly memoryBytes: number;
  // 0 where there is no limit.
  readonly memoryLimitBytes: number;
  // Bytes a second, undefined at the first look.
  readonly receivedPerSecond?: number;
  readonly sentPerSecond?: number;
  readonly readPerSecond?: number;
  readonly writtenPerSecond?: number;
  readonly processes: number;
}

export interface FiguresSample {
  // Milliseconds since 1970.
  readonly at: number;
  // Only those that run.
  readonly services: Readonly<Record<string, ServiceFigures>>;
  // What all of them share; undefined where the engine does not tell.
  readonly machine?: EngineMachine;
  // Why figures are missing, in words.
  readonly problem?: string;
}

export interface VolumeDisk {
  readonly name: string;
  // Id of the service that has it, '' where the catalog knows none any more.
  readonly service: string;
  // undefined where it cannot be measured.
  readonly bytes?: number;
}

export interface ImageDisk {
  // repository:tag
  readonly name: string;
  readonly id: string;
  readonly service: string;
  // With the layers that it shares with others.
  readonly bytes: number;
}

export interface DiskView {
  // Milliseconds since 1970.
  readonly measuredAt: number;
  readonly volumes: readonly VolumeDisk[];
  readonly images: readonly ImageDisk[];
}
