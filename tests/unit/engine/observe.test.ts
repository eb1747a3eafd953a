import { describe, expect, it } from 'vitest';
import { observeEngine } from '../../../electron/engine/observe.ts';

const query = { containerNames: [], volumeNames: [], images: {} };
// Podman's own words, seen when a container went while the list was made.
const gone = 'container 1ea1284fd655 does not exist in database: no such container';

// Fails so often, then lists nothing.
function engineThatFails(times: number, words: string) {
  const asked = { count: 0 };
  const docker = {
    async listContainers() {
      asked.count += 1;
      if (asked.count <= times) throw Object.assign(new Error(words), { statusCode: 500, json: { message: words } });
      return [];
    },
    listNetworks: async () => [],
    listVolumes: async () => ({ Volumes: [] }),
    listImages: async () => [],
  };
  return { docker: docker as unknown as Parameters<typeof observeEngine>[0], asked };
}

describe('observing while things are being removed', () => {
  it.each([gone, 'read /proc/20332/cgroup: no such process'])('looks again after: %s', async (words) => {
    const { docker, asked } = engineThatFails(2, words);
    expect(await observeEngine(docker, query)).toMatchObject({ containers: [] });
    expect(asked.count).toBe(3);
  });

  it('does not look for ever', async () => {
    const { docker, asked } = engineThatFails(10, gone);
    await expect(observeEngine(docker, query)).rejects.toThrow('no such container');
    expect(asked.count).toBe(3);
  });

  it('takes every other failure for one', async () => {
    const { docker, asked } = engineThatFails(1, 'database is locked');
    await expect(observeEngine(docker, query)).rejects.toThrow('locked');
    expect(asked.count).toBe(1);
  });
});
