// What a recipe is. One makes one image, in one way.
import type { ImageDefaults } from './archive/docker-archive.ts';
import type { Layer } from './archive/layer.ts';
import type { Cache } from './cache.ts';

// The part of a catalog entry that images depend on.
export interface ImageService {
  readonly id: string;
  readonly title: string;
  readonly image: { readonly repository: string; readonly tag: string; readonly digest: string };
  readonly ports: readonly { readonly port: number }[];
  readonly ready: {
    readonly port: number;
    readonly path: string;
    readonly json?: { readonly key: string; readonly value: string };
  };
}

export type How = 'packaged' | 'built' | 'stub';

export interface Kitchen {
  readonly cache: Cache;
  // amd64, arm64: of this machine, which is where the engine is taken to be.
  readonly architecture: string;
  // The folder of the sources of pages and the go.mod files.
  readonly sources: string;
  // One line about what goes on.
  readonly say: (text: string) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface Draft {
  // What is really in it; where that is not what is pinned, `note` says so.
  readonly version: string;
  readonly description: string;
  readonly note?: string;
  readonly layers: readonly Layer[];
  readonly defaults: ImageDefaults;
}

export interface Recipe {
  readonly how: How;
  // Takes minutes: what --stubs passes over.
  readonly isSlow: boolean;
  // Over everything that goes in.
  readonly hash: string;
  // Why it cannot be made on this machine.
  missing(): Promise<string | undefined>;
  // The draft's layers may lie in the folder, which is gone after `use`.
  make(kitchen: Kitchen, folder: string, log: string): Promise<Draft>;
}
