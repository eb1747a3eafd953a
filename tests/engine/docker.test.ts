import { homedir } from 'node:os';
import { openClient } from '../../electron/engine/client.ts';
import { connectEngine } from '../../electron/engine/connect.ts';
import { startLocalRegistry } from './local-registry.ts';
import { shellCommand } from './programs.ts';
import { describeEngine } from './suite.ts';
import { noBusybox, testImageContent } from './test-image.ts';

// The engine that the app itself would find. It is shared: nothing of others is touched.
describeEngine('the Docker engine of this machine', 'real', async () => {
  const connection = await connectEngine({
    endpoint: 'auto',
    environment: process.env,
    home: homedir(),
    platform: process.platform,
    userId: process.getuid?.() ?? -1,
  }).catch((error: unknown) => error as Error);
  if (connection instanceof Error) return { unavailable: `no container engine answers here (${connection.message})` };
  const image = await testImageContent(`docker ${process.pid} ${Date.now()}`);
  if (image === undefined) return { unavailable: noBusybox };
  const { engine } = connection;
  const registry = await startLocalRegistry(image);
  const docker = openClient({ kind: 'socket', path: engine.description.endpoint.replace('unix://', '') }, {});
  return {
    engine,
    kind: 'docker',
    command: shellCommand,
    image,
    registry,
    close: async () => {
      // Loaded, pulled, and those that lost their name on the way.
      const made = await docker.listImages({
        filters: { label: [`io.macula.test=${image.labels['io.macula.test']}`] },
      });
      await Promise.allSettled(made.map((one) => docker.getImage(one.Id).remove({ force: true })));
      engine.close();
      await registry.close();
    },
  };
});
