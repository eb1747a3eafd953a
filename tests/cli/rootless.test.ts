// An engine without root may not publish port 80: the stack comes up on 8080 and says so.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalog } from '../../electron/core/catalog/index.ts';
import { copyImage } from './support/copy-image.ts';
import { json, macula } from './support/macula.ts';
import { rootlessPodmanMissing, startRootlessPodman, type RootlessPodman } from './support/rootless-podman.ts';
import { getByName, isListening, useStack } from './support/stack.ts';

const skipWithoutStack = useStack();
const wanted = ['ingress', 'excalidraw'];
let podman: RootlessPodman | undefined;
let missing: string | undefined;

beforeAll(async () => {
  missing = await rootlessPodmanMissing();
  if (missing !== undefined) return;
  podman = await startRootlessPodman();
  for (const { id, image } of catalog) {
    if (wanted.includes(id)) await copyImage(image.repository, image.tag, podman.socket);
  }
});

afterAll(() => podman?.close());

describe('on a rootless engine', () => {
  it('up leaves out port 80, says so, and the pages answer on 8080', async (context) => {
    skipWithoutStack(context);
    context.skip(missing !== undefined, missing);
    const environment = { DOCKER_HOST: `unix://${podman?.socket}` };
    const up = await macula(['up', ...wanted], { environment });
    expect(`${up.code} ${up.stderr}`).toBe('0 ');
    expect(up.stdout).toContain('may not open port 80: the pages are at port 8080 only');
    expect((await getByName('draw.macula.localhost')).status).toBe(200);
    expect(await isListening(80, '127.0.0.7')).toBe(false);
    const { services } = (await json(['status'], { environment })) as { services: { id: string; state: string }[] };
    expect(services.filter((service) => service.state === 'ready').map((service) => service.id)).toEqual(wanted);
    const down = await macula(['down', '--volumes', '--yes'], { environment });
    expect(`${down.code} ${down.stderr}`).toBe('0 ');
  });
});
