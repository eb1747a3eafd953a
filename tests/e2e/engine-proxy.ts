// A socket in front of the engine's that can be opened and closed: the engine as it goes away and comes back.
import { chmodSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { engineSocket } from './engine-api.ts';

export interface EngineProxy {
  readonly path: string;
  open(): Promise<void>;
  close(): Promise<void>;
}

export function createEngineProxy(path: string, enginePath = engineSocket): EngineProxy {
  const sockets = new Set<Socket>();
  let server: Server | undefined;

  function track(socket: Socket): Socket {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    return socket;
  }

  async function open(): Promise<void> {
    rmSync(path, { force: true });
    // Half-closed on one side must not end the other: answers may still be on their way.
    const made = createServer({ allowHalfOpen: true }, (client) => {
      const engine = track(connect({ path: enginePath, allowHalfOpen: true }));
      track(client).pipe(engine).pipe(client);
    });
    server = made;
    await new Promise<void>((resolve) => made.listen(path, resolve));
    chmodSync(path, 0o666);
  }

  async function close(): Promise<void> {
    const open = server;
    server = undefined;
    for (const socket of sockets) socket.destroy();
    if (open !== undefined) await new Promise((resolve) => open.close(resolve));
    rmSync(path, { force: true });
  }

  return { path, open, close };
}
