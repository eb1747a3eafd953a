// One HTTP request of the signal check, as an application or a page would make it.
import { createRequire } from 'node:module';
import type { ServiceDoor } from '../../core/telemetry/doors.ts';
import type { Answer } from '../../core/telemetry/signal-answer.ts';

// As in probe.ts: importing it as a module costs 25 ms.
const { request } = createRequire(import.meta.url)('node:http') as typeof import('node:http');

const bodyLimitBytes = 4 * 1024 * 1024;

export interface SignalRequest {
  readonly door: ServiceDoor;
  // Path and query.
  readonly path: string;
  // Sent as JSON with POST; without it the request is a GET.
  readonly body?: string;
  readonly method?: 'POST' | 'PUT';
  readonly auth?: { readonly user: string; readonly password: string };
  // From the beginning to the last byte.
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal;
}

export type AskService = (request: SignalRequest) => Promise<Answer>;

// Rejects with the signal's reason when that is aborted, and for nothing else.
export async function askService(asked: SignalRequest): Promise<Answer> {
  try {
    return await exchange(asked);
  } catch (error) {
    asked.signal.throwIfAborted();
    const { code = '', message } = error as NodeJS.ErrnoException;
    return { kind: 'unreachable', code, detail: message };
  }
}

function exchange({
  door,
  path,
  body,
  method = 'POST',
  auth,
  timeoutMilliseconds,
  signal,
}: SignalRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = {
      accept: 'application/json',
      connection: 'close',
      ...(door.host === undefined ? {} : { host: door.host }),
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
    };
    const options = {
      agent: false,
      headers,
      signal,
      method: body === undefined ? 'GET' : method,
      ...(auth === undefined ? {} : { auth: `${auth.user}:${auth.password}` }),
    };
    const outgoing = request(`${door.origin}${path}`, options, (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length <= bodyLimitBytes) chunks.push(chunk);
        else outgoing.destroy(new Error('the answer is too long'));
      });
      response.on('error', reject);
      response.on('end', () => {
        clearTimeout(timer);
        resolve({
          kind: 'answer',
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    // One that sends a byte now and then is too slow as well.
    const timer = setTimeout(
      () => outgoing.destroy(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })),
      timeoutMilliseconds,
    );
    outgoing.on('error', reject);
    outgoing.on('close', () => clearTimeout(timer));
    outgoing.end(body);
  });
}
