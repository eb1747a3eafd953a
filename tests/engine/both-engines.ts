// A real engine of each kind with a registry of the test's own, for what is tried on both outside the suite.
import { homedir } from 'node:os';
import { afterAll, beforeAll, type TestContext } from 'vitest';
import type { EnginePort } from '../../electron/core/engine-port.ts';
import { connectEngine } from '../../electron/engine/connect.ts';
import { type LocalRegistry, startLocalRegistry } from './local-registry.ts';
import { podmanMissing, startPodmanService } from './podman-service.ts';
import { noBusybox, testImageContent } from './test-image.ts';

export type EngineKind = 'Docker' | 'Podman';
export const engineKinds: readonly EngineKind[] = ['Docker', 'Podman'];

export interface RealEngine {
  readonly engine: EnginePort;
  readonly registry: LocalRegistry;
}

// Call once in a describe block; the function it returns gives the engine, or skips the test and says why.
export function useEngine(kind: EngineKind, moreLayers: readonly number[]): (context: TestContext) => RealEngine {
  let found: RealEngine | undefined;
  let missing: string | undefined;
  const cleanUps: (() => Promise<void> | void)[] = [];

  beforeAll(async () => {
    const marker = `${kind} ${process.pid} ${Date.now()}`;
    const image = await testImageContent(marker);
    missing = image === undefined ? noBusybox : kind === 'Podman' ? await podmanMissing() : undefined;
    if (missing !== undefined || image === undefined) return;
    const registry = await startLocalRegistry(image, moreLayers);
    cleanUps.push(() => registry.close());
    const service = kind === 'Podman' ? await startPodmanService(registry.host) : undefined;
    if (service !== undefined) cleanUps.unshift(() => service.cleanUp());
    const engine = await connectEngine({
      endpoint: service === undefined ? 'auto' : `unix://${service.socket}`,
      environment: service === undefined ? process.env : {},
      home: homedir(),
      platform: process.platform,
      userId: process.getuid?.() ?? -1,
    }).then(
      (connection) => connection.engine,
      () => undefined,
    );
    if (engine === undefined) missing = 'no container engine answers here';
    else found = { engine, registry };
    cleanUps.unshift(async () => {
      // Docker's is shared: only what this test made goes.
      const images = (await engine?.listImages()) ?? [];
      const made = images.filter(({ labels }) => labels['io.macula.test'] === marker);
      for (const { id } of made) await engine?.removeImage(id);
      engine?.close();
    });
  }, 60_000);

  afterAll(async () => {
    for (const cleanUp of cleanUps) await cleanUp();
  }, 60_000);

  return (context) => {
    context.skip(missing !== undefined, missing);
    if (found === undefined) throw new Error('no engine');
    return found;
  };
}
