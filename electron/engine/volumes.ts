// Volumes of the whole engine, and who has them.
import type Docker from 'dockerode';
import type { VolumeUser } from '../core/engine-port.ts';
import type { ObservedVolume } from '../core/observed.ts';
import { containerNames, type ListedContainer, type ListedVolume, toVolume } from './mapping.ts';

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
