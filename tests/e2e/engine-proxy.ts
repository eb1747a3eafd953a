// A socket in front of the engine's that can be opened and closed: the engine as it goes away and comes back. It can
// also refuse, and then tells when it was asked.
import { chmodSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { engineSocket } from './engine-api.ts';

export interface EngineProxy {
  readonly path: string;
  open(): Promise<void>;
  close(): Promise<void>;
  // Ends every connection at once, until it is opened or closed.
  refuse(): Promise<void>;
  // When somebody was refused, in milliseconds by this process's clock.
  readonly refusals: readonly number[];
}

export function createEngineProxy(path: string, enginePath = engineSocket): EngineProxy {
  const sockets = new Set<Socket>();
  const refusals: number[] = [];
  let server: Server | undefined;

  function track(socket: Socket): Socket {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    return socket;
  }

  async function serve(answer: (client: Socket) => void): Promise<void> {
    await close();
    // Half-closed on one side must not end the other: answers may still be on their way.
    const made = createServer({ allowHalfOpen: true }, answer);
    server = made;
    await new Promise<void>((resolve) => made.listen(path, resolve));
    chmodSync(path, 0o666);
  }

  const open = () =>
    serve((client) => {
      const engine = track(connect({ path: enginePath, allowHalfOpen: true }));
      track(client).pipe(engine).pipe(client);
    });

  const refuse = () =>
    serve((client) => {
      refusals.push(performance.now());
      client.destroy();
    });

  async function close(): Promise<void> {
    const open = server;
    server = undefined;
    for (const socket of sockets) socket.destroy();
    if (open !== undefined) await new Promise((resolve) => open.close(resolve));
    rmSync(path, { force: true });
  }

  return { path, open, close, refuse, refusals };
}
