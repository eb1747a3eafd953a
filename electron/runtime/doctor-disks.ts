// How much room there is where the engine keeps its data and where the settings are.
import { readFile, stat, statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import type { DiskFacts } from '../core/doctor/facts.ts';
import type { EngineDescription } from '../core/observed.ts';

// Without an engine only the settings' disk is of interest.
export async function findDisks(
  engine: EngineDescription | undefined,
  settingsPath: string,
): Promise<readonly DiskFacts[]> {
  const data = engine === undefined ? undefined : await existing(await dataFolder(engine, homedir()));
  const settings = await existing(dirname(settingsPath));
  const places = [
    ...(data === undefined ? [] : [{ path: data, holds: 'images' as const }]),
    ...(settings === undefined ? [] : [{ path: settings, holds: 'settings' as const }]),
  ];
  const devices = await Promise.all(places.map(async ({ path }) => (await stat(path)).dev));
  // One disk is one line.
  const distinct = places.filter((_place, index) => devices.indexOf(devices[index] ?? -1) === index);
  return Promise.all(
    distinct.map(async (place) => {
      const { bavail, blocks, bsize } = await statfs(place.path);
      return { ...place, freeBytes: bavail * bsize, totalBytes: blocks * bsize };
    }),
  );
}

// Where an engine of this machine keeps images and volumes, as far as files that everybody may read tell. One in a
// virtual machine has a disk of its own, whose file lies in the user's folder.
async function dataFolder({ product, rootless, endpoint }: EngineDescription, home: string): Promise<string> {
  const isPodman = product.startsWith('Podman');
  if (rootless) return join(home, '.local/share', isPodman ? 'containers' : 'docker');
  if (process.platform !== 'linux' || endpoint.startsWith(`unix://${home}/`)) return home;
  if (isPodman) return '/var/lib/containers';
  try {
    const configured = JSON.parse(await readFile('/etc/docker/daemon.json', 'utf8')) as { 'data-root'?: unknown };
    const root = configured['data-root'];
    if (typeof root === 'string' && isAbsolute(root)) return root;
  } catch {
    // Most machines have no such file.
  }
  return '/var/lib/docker';
}

// The folder, or the nearest one above it that can be looked at.
async function existing(path: string): Promise<string | undefined> {
  try {
    await statfs(path);
    return path;
  } catch {
    return path === dirname(path) ? undefined : existing(dirname(path));
  }
}
