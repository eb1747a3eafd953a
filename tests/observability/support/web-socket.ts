// As much of a WebSocket as it takes to read texts: the runtime of the tests need not have one that sends a Host header.
import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Duplex } from 'node:stream';

export interface TextSocket {
  readonly texts: readonly string[];
  close(): void;
}

// Through the ingress.
export function openSocket(host: string, path: string): Promise<TextSocket> {
  const key = randomBytes(16).toString('base64');
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  const headers = {
    Host: host,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': key,
  };
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: 8080, path, headers });
    asked.on('error', reject);
    asked.on('response', ({ statusCode }) => reject(new Error(`no WebSocket: ${statusCode}`)));
    asked.on('upgrade', (response, socket, head) => {
      if (response.headers['sec-websocket-accept'] !== accept) reject(new Error('no WebSocket: a wrong accept'));
      else resolve(follow(socket, head));
    });
    asked.end();
  });
}

function follow(socket: Duplex, head: Buffer): TextSocket {
  const texts: string[] = [];
  let rest = head;
  const read = () => {
    for (let frame = firstFrame(rest); frame !== undefined; frame = firstFrame(rest)) {
      if (frame.kind === 1) texts.push(frame.content.toString());
      rest = rest.subarray(frame.size);
    }
  };
  read();
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    read();
  });
  socket.on('error', () => undefined);
  return { texts, close: () => socket.destroy() };
}

// A server's frames are not masked.
function firstFrame(
  bytes: Buffer,
): { readonly kind: number; readonly content: Buffer; readonly size: number } | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return undefined;
  const short = second & 0x7f;
  const start = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (bytes.length < start) return undefined;
  const length = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
  const size = start + length;
  return bytes.length < size ? undefined : { kind: first & 0x0f, content: bytes.subarray(start, size), size };
}
