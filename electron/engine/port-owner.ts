// Who holds a port that a container could not get.
import type Docker from 'dockerode';
import { FailureError } from '../core/failure.ts';
import { labels } from '../core/identity.ts';
import type { Listener } from '../core/observed.ts';
import { type ListedContainer, toListeners } from './mapping.ts';

// Says of a port-taken failure which container it is about and, as far as the engine knows, who has the port.
export async function withPortOwner(docker: Docker, containerId: string, error: unknown): Promise<unknown> {
  if (!(error instanceof FailureError) || error.failure.code !== 'port-taken') return error;
  try {
    const listed = (await docker.listContainers({ all: true })) as readonly ListedContainer[];
    const own = listed.find((container) => container.Id === containerId);
    const service = own?.Labels?.[labels.service] ?? error.failure.service;
    const { address, port, owner } = error.failure;
    const holder = listed.flatMap(toListeners).find((listener) => isHeldBy(listener, address, port, containerId));
    return new FailureError({ ...error.failure, service, owner: holder?.owner ?? owner }, { cause: error.cause });
  } catch {
    // It was only about saying more.
    return error;
  }
}

function isHeldBy(listener: Listener, address: string, port: number, containerId: string): boolean {
  if (listener.port !== port || listener.containerId === containerId) return false;
  const everywhere = ['0.0.0.0', '::'];
  return listener.address === address || everywhere.includes(listener.address) || everywhere.includes(address);
}
