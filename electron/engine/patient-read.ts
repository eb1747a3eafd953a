// Answers that are only picked up after a while. Where many are asked at once, they lie ready then and are taken in one
// go; looked at as they come, each wakes three threads of the app. On a local socket only, as a client of HTTP/1.0.
import { connect } from 'node:net';
import type Docker from 'dockerode';
import { type PlainAnswer, parsePlainAnswer } from '../core/plain-answer.ts';
import { plainRequest } from './plain-request.ts';
import type { StreamRequest } from './stream.ts';

const pickUpMilliseconds = 2000;
const longestMilliseconds = 5000;

// undefined: it cannot be had so, for whatever reason; asked in the usual way, the engine says which.
export function readPatiently(docker: Docker, request: StreamRequest): Promise<string | undefined> {
  const { signal } = request;
  const plain = plainRequest(docker, request);
  if (plain === undefined || signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const socket = connect(plain.socketPath);
    let bytes = '';
    let answer: PlainAnswer | undefined;
    let deadline: NodeJS.Timeout | undefined;
    const giveUp = (): void => void socket.destroy();
    // Before it is connected: what arrives stays with the kernel, which wakes nobody.
    socket.pause();
    const pickUp = setTimeout(() => {
      socket.resume();
      // After a turn in which everything has usually come: a timer that is not needed would still wake the app once.
      setImmediate(() =>
        setImmediate(() => (deadline = socket.destroyed ? undefined : setTimeout(giveUp, longestMilliseconds))),
      );
    }, pickUpMilliseconds);
    signal.addEventListener('abort', giveUp, { once: true });
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.toString('latin1');
      answer = parsePlainAnswer(bytes, false);
      // Whoever passes the answer on may keep the connection.
      if (answer !== undefined) socket.destroy();
    });
    socket.on('end', () => (answer = parsePlainAnswer(bytes, true)));
    // The end without an answer says enough.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(pickUp);
      clearTimeout(deadline);
      signal.removeEventListener('abort', giveUp);
      resolve(answer?.status === 200 ? Buffer.from(answer.body, 'latin1').toString('utf8') : undefined);
    });
    socket.write(plain.text);
  });
}
