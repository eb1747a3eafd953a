// A long answer read as a client of HTTP/1.0 does. To any other, the engine sends each line as a piece of its own, and
// taking those apart costs more than everything else that is done with a line. On a local socket only.
import { connect, type Socket } from 'node:net';
import type Docker from 'dockerode';
import { plainRequest } from './plain-request.ts';
import type { StreamRequest } from './stream.ts';

const headEnd = '\r\n\r\n';
const longestHead = 64 * 1024;

// undefined: it cannot be had so, for whatever reason; asked in the usual way, the engine says which.
export async function openPlainStream(
  docker: Docker,
  request: StreamRequest,
): Promise<AsyncIterable<Buffer> | undefined> {
  const plain = plainRequest(docker, request);
  if (plain === undefined || request.signal.aborted) return undefined;
  const socket = connect(plain.socketPath);
  const abort = (): void => void socket.destroy();
  request.signal.addEventListener('abort', abort, { once: true });
  socket.once('close', () => request.signal.removeEventListener('abort', abort));
  socket.write(plain.text);
  const chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await readHead(chunks).catch(() => undefined);
  if (first !== undefined) return restOf(socket, chunks, first);
  socket.destroy();
  return undefined;
}

// What came with the head of the answer, where it is one that can be read as it is.
async function readHead(chunks: AsyncIterator<Buffer>): Promise<Buffer | undefined> {
  let data = Buffer.alloc(0);
  for (;;) {
    const next = await chunks.next();
    if (next.done === true) return undefined;
    data = Buffer.concat([data, next.value]);
    const end = data.indexOf(headEnd);
    if (end >= 0) {
      const head = data.toString('latin1', 0, end);
      const isPlain = /^HTTP\/1\.[01] 200\b/.test(head) && !/^transfer-encoding:/im.test(head);
      return isPlain ? data.subarray(end + headEnd.length) : undefined;
    }
    if (data.length > longestHead) return undefined;
  }
}

async function* restOf(socket: Socket, chunks: AsyncIterator<Buffer>, first: Buffer): AsyncGenerator<Buffer> {
  try {
    if (first.length > 0) yield first;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
  } finally {
    socket.destroy();
  }
}
