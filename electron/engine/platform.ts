// For which machines an engine's images are made.
import type Docker from 'dockerode';
import type { Platform } from '../core/images/manifests.ts';

export async function readPlatform(docker: Docker): Promise<Platform> {
  const { Os: os, Arch: architecture } = await docker.version();
  return { os, architecture };
}
