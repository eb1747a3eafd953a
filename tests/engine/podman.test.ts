import { connectEngine } from '../../electron/engine/connect.ts';
import { startLocalRegistry } from './local-registry.ts';
import { podmanMissing, startPodmanService } from './podman-service.ts';
import { shellCommand } from './programs.ts';
import { describeEngine } from './suite.ts';
import { noBusybox, testImageContent } from './test-image.ts';

describeEngine("Podman's service", 'real', async () => {
  const missing = await podmanMissing();
  if (missing !== undefined) return { unavailable: missing };
  const image = await testImageContent(`podman ${process.pid} ${Date.now()}`);
  if (image === undefined) return { unavailable: noBusybox };
  const registry = await startLocalRegistry(image);
  const service = await startPodmanService(registry.host);
  const { engine } = await connectEngine({
    endpoint: `unix://${service.socket}`,
    environment: {},
    home: '/nowhere',
    platform: process.platform,
    userId: process.getuid?.() ?? -1,
  });
  return {
    engine,
    kind: 'podman',
    command: shellCommand,
    image,
    registry,
    losable: async () => ({ engine, lose: service.stop }),
    close: async () => {
      engine.close();
      await service.cleanUp();
      await registry.close();
    },
  };
});
