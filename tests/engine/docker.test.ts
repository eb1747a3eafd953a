import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openClient } from '../../electron/engine/client.ts';
import { connectEngine } from '../../electron/engine/connect.ts';
import { createEngineProxy } from '../e2e/engine-proxy.ts';
import { startLocalRegistry } from './local-registry.ts';
import { shellCommand } from './programs.ts';
import { describeEngine } from './suite.ts';
import { noBusybox, testImageContent } from './test-image.ts';

// The engine that the app itself would find. It is shared: nothing of others is touched.
describeEngine('the Docker engine of this machine', 'real', async () => {
  const query = {
    endpoint: 'auto',
    environment: process.env,
    home: homedir(),
    platform: process.platform,
    userId: process.getuid?.() ?? -1,
  };
  const connection = await connectEngine(query).catch((error: unknown) => error as Error);
  if (connection instanceof Error) return { unavailable: `no container engine answers here (${connection.message})` };
  const image = await testImageContent(`docker ${process.pid} ${Date.now()}`);
  if (image === undefined) return { unavailable: noBusybox };
  const { engine } = connection;
  const registry = await startLocalRegistry(image);
  const enginePath = engine.description.endpoint.replace('unix://', '');
  const docker = openClient({ kind: 'socket', path: enginePath }, {});
  const folder = await mkdtemp(join(tmpdir(), 'macula-losable-'));
  const proxy = createEngineProxy(join(folder, 'engine.sock'), enginePath);
  return {
    engine,
    kind: 'docker',
    command: shellCommand,
    image,
    registry,
    // The engine is shared and not taken from others: what goes away is a way to it.
    async losable() {
      await proxy.open();
      const losable = await connectEngine({ ...query, endpoint: `unix://${proxy.path}` });
      return { engine: losable.engine, lose: () => proxy.close() };
    },
    close: async () => {
      // Loaded, pulled, and those that lost their name on the way.
      const made = await docker.listImages({
        filters: { label: [`io.macula.test=${image.labels['io.macula.test']}`] },
      });
      await Promise.allSettled(made.map((one) => docker.getImage(one.Id).remove({ force: true })));
      engine.close();
      await proxy.close();
      await rm(folder, { recursive: true, force: true });
      await registry.close();
    },
  };
});
