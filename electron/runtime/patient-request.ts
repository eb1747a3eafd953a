// A request to a service of the stack whose answer is only picked up after a while. Where several are asked at once, the
// answers lie ready then and are taken in one go; looked at as they come, each wakes three threads of the app. For an
// app that nobody looks at; as a client of HTTP/1.0, to whom an answer is given whole.
import { connect } from 'node:net';
import { parsePlainAnswer, type PlainAnswer } from '../core/plain-answer.ts';

export interface PatientRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  readonly limitMilliseconds: number;
}

const pickUpMilliseconds = 1000;
// What a service says of itself is short, and an endless body fools nobody.
const mostBytes = 64 * 1024;

// Rejects as the usual request does: with the code of the system, ETIMEDOUT after the limit.
export function requestPatiently(request: PatientRequest): Promise<PlainAnswer> {
  const { method, headers, body = '', signal, limitMilliseconds } = request;
  const url = new URL(request.url);
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 80) });
    let bytes = '';
    let answer: PlainAnswer | undefined;
    let deadline: NodeJS.Timeout | undefined;
    let problem: Error | undefined;
    const late = (): void => void socket.destroy(Object.assign(new Error('No answer'), { code: 'ETIMEDOUT' }));
    const abort = (): void => void socket.destroy(signal.reason as Error);
    // Before it is connected: what arrives stays with the kernel, which wakes nobody.
    socket.pause();
    const pickUp = setTimeout(() => {
      socket.resume();
      // After a turn in which everything has usually come: a timer that is not needed would still wake the app once.
      setImmediate(() =>
        setImmediate(() => (deadline = socket.destroyed ? undefined : setTimeout(late, limitMilliseconds))),
      );
    }, pickUpMilliseconds);
    signal.addEventListener('abort', abort, { once: true });
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.toString('latin1');
      answer = parsePlainAnswer(bytes, false, mostBytes);
      // Whoever passes the answer on may keep the connection.
      if (answer !== undefined) socket.destroy();
      else if (bytes.length > 2 * mostBytes) socket.destroy(new Error('The answer has no end'));
    });
    socket.on('end', () => (answer = parsePlainAnswer(bytes, true, mostBytes)));
    socket.on('error', (error) => (problem = error));
    socket.on('close', () => {
      clearTimeout(pickUp);
      clearTimeout(deadline);
      signal.removeEventListener('abort', abort);
      if (problem === undefined && answer !== undefined) {
        resolve({ status: answer.status, body: Buffer.from(answer.body, 'latin1').toString('utf8') });
      } else reject(problem ?? Object.assign(new Error('The connection was closed'), { code: 'ECONNRESET' }));
    });
    const told = { host: url.host, ...headers, 'content-length': Buffer.byteLength(body) };
    const head = Object.entries(told).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`${method} ${url.pathname}${url.search} HTTP/1.0\r\n${head.join('')}\r\n${body}`);
  });
}
