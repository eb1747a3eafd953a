// The feed is loaded once the app is connected: what shows the tray does not wait for it.
import { dirname, join } from 'node:path';
import type { FeedState } from '../../core/telemetry/feed-state.ts';
import type { RuntimeParts } from '../runtime-parts.ts';
import type { World } from '../world.ts';
import type { Feed } from './feed.ts';
import type { VolumeSizes } from './volume-sizes.ts';

export interface LazyFeed {
  // Resolves when it has begun.
  start(): Promise<void>;
  hurry(): void;
  // undefined in a process that does not feed.
  state(): FeedState | undefined;
  close(): void;
}

export function lazyFeed(world: World, parts: RuntimeParts, sizes: VolumeSizes): LazyFeed {
  let feed: Feed | undefined;
  let state: FeedState | undefined;
  let isClosed = false;
  return {
    async start() {
      const [{ createFeed }, { postJson }] = await Promise.all([import('./feed.ts'), import('./feed-post.ts')]);
      if (isClosed || feed !== undefined) return;
      const stateFolder = join(dirname(parts.settings.path), 'state');
      feed = createFeed({ world, parts, sizes, post: postJson, stateFolder, show: (next) => (state = next) });
    },
    hurry: () => feed?.hurry(),
    state: () => state,
    close() {
      isClosed = true;
      feed?.close().catch((error: unknown) => parts.log(`The feed did not end well: ${String(error)}`));
    },
  };
}
