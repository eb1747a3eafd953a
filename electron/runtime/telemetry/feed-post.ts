// Sends JSON to a service of the stack through its door on this machine.
import { createRequire } from 'node:module';
import type { ServiceDoor } from '../../core/telemetry/doors.ts';
import type { PushAnswer } from '../../core/telemetry/log-push.ts';
import { requestPatiently } from '../patient-request.ts';

// As in probe.ts: importing it as a module loads the whole of fetch.
const { request } = createRequire(import.meta.url)('node:http') as typeof import('node:http');

const answerMilliseconds = 15_000;
const bodyLimitBytes = 4096;

export type Post = (
  door: ServiceDoor,
  path: string,
  body: string,
  signal: AbortSignal,
  // The answer can wait a little.
  isPatient?: boolean,
) => Promise<PushAnswer>;

// Resolves whatever happens: without an answer the status is 0, and the text says why.
export const postJson: Post = (door, path, body, signal, isPatient = false) =>
  isPatient ? postPatiently(door, path, body, signal) : postNow(door, path, body, signal);

async function postPatiently(door: ServiceDoor, path: string, body: string, signal: AbortSignal): Promise<PushAnswer> {
  const headers = { 'content-type': 'application/json', ...(door.host === undefined ? {} : { host: door.host }) };
  const url = `${door.origin}${path}`;
  try {
    const request = { method: 'POST', url, headers, body, signal, limitMilliseconds: answerMilliseconds } as const;
    const { status, body: said } = await requestPatiently(request);
    return { status, text: said.slice(0, bodyLimitBytes) };
  } catch (error) {
    return { status: 0, text: `${door.origin}: ${(error as Error).message}` };
  }
}

function postNow(door: ServiceDoor, path: string, body: string, signal: AbortSignal): Promise<PushAnswer> {
  return new Promise((resolve) => {
    const nothing = (error: Error): void => resolve({ status: 0, text: `${door.origin}: ${error.message}` });
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      // A service that was restarted has forgotten its connections.
      connection: 'close',
      ...(door.host === undefined ? {} : { host: door.host }),
    };
    const options = { method: 'POST', agent: false, headers, signal } as const;
    const outgoing = request(`${door.origin}${path}`, options, (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length <= bodyLimitBytes) chunks.push(chunk);
      });
      response.on('error', nothing);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    outgoing.setTimeout(answerMilliseconds, () =>
      outgoing.destroy(new Error(`No answer within ${answerMilliseconds / 1000} s`)),
    );
    outgoing.on('error', nothing);
    outgoing.end(body);
  });
}
