// What the doctor feels with: a knock at a port, a name asked of the system.
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import type { Door } from '../core/doctor/facts.ts';

const doorMilliseconds = 2000;

const states: Readonly<Record<string, Door['state']>> = {
  ECONNREFUSED: 'closed',
  EADDRNOTAVAIL: 'no-address',
  ENETUNREACH: 'no-address',
};

export function knock(host: string, port: number): Promise<Door> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: doorMilliseconds });
    const end = (door: Door): void => {
      socket.destroy();
      resolve(door);
    };
    socket.on('connect', () => end({ state: 'open' }));
    socket.on('timeout', () => end({ state: 'silent' }));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const state = states[error.code ?? ''];
      end(state === undefined ? { state: 'failed', detail: error.message } : { state });
    });
  });
}

export async function unknownOf(names: readonly string[]): Promise<readonly string[]> {
  const unknown = await Promise.all(
    names.map((name) =>
      lookup(name).then(
        () => [],
        () => [name],
      ),
    ),
  );
  return unknown.flat();
}
