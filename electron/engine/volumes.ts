// Volumes of the whole engine, and who has them.
import type Docker from 'dockerode';
import type { VolumeUser } from '../core/engine-port.ts';
import { labels } from '../core/identity.ts';
import type { ObservedVolume } from '../core/observed.ts';
import { removeContainer } from './containers.ts';
import { statusOf } from './failures.ts';
import { containerNames, type ListedContainer, type ListedVolume, toVolume } from './mapping.ts';
import { unlessGone } from './networks.ts';

export async function listVolumes(docker: Docker): Promise<readonly ObservedVolume[]> {
  const { Volumes: found } = (await docker.listVolumes()) as { readonly Volumes?: readonly ListedVolume[] | null };
  return (found ?? []).map(toVolume);
}

export async function volumeUsers(docker: Docker, name: string): Promise<readonly VolumeUser[]> {
  const listed = (await docker.listContainers({ all: true, filters: { volume: [name] } })) as ListedContainer[];
  return listed.map((one) => ({
    id: one.Id,
    name: containerNames(one)[0] ?? one.Id,
    labels: one.Labels ?? {},
    isRunning: one.State === 'running' || one.State === 'paused' || one.State === 'restarting',
  }));
}

// A program that outlived a killed command holds its volumes, and is of no use without them.
export async function removeVolume(docker: Docker, name: string): Promise<void> {
  await unlessGone(async () => {
    try {
      await docker.getVolume(name).remove();
    } catch (error) {
      if (statusOf(error) !== 409) throw error;
      const users = await volumeUsers(docker, name);
      const isHeld = users.length === 0 || users.some((user) => user.labels[labels.check] === undefined);
      if (isHeld) throw error;
      await Promise.all(users.map(({ id }) => removeContainer(docker, id)));
      await docker.getVolume(name).remove();
    }
  });
}
