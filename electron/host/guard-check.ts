// Whether the guard is in force, told without root: it refuses one address in a way that nothing else does.
import { connect } from 'node:net';
import { canaryAddress, canaryPort } from '../core/host/canary.ts';
import type { GuardIntent } from '../core/host/host-request.ts';

const patienceMilliseconds = 1000;

export function isGuarded(guard: GuardIntent): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect({ host: canaryAddress, port: canaryPort(guard), timeout: patienceMilliseconds });
    const end = (isThere: boolean): void => {
      socket.destroy();
      answer(isThere);
    };
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code === 'EHOSTUNREACH'));
    socket.on('connect', () => end(false));
    socket.on('timeout', () => end(false));
  });
}
