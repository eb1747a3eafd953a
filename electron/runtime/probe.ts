// Asks a service whether it is ready, over HTTP, the way a user's browser would reach it.
import { createRequire } from 'node:module';
import type { Probe } from '../core/desired.ts';
import type { ProbeResult } from '../core/status.ts';
import { requestPatiently } from './patient-request.ts';

// Importing it as a module reads every name that it exports, which loads the whole of fetch and WebSocket: 25 ms.
const { request } = createRequire(import.meta.url)('node:http') as typeof import('node:http');

const answerMilliseconds = 3000;
const bodyLimitBytes = 4096;

interface Answer {
  readonly status: number;
  readonly body: string;
}

export async function probeService(probe: Probe, signal: AbortSignal, isPatient = false): Promise<ProbeResult> {
  try {
    return judge(await (isPatient ? askPatiently : ask)(probe, signal), probe);
  } catch (error) {
    return { kind: 'unreachable', reason: unreachableReason(error as NodeJS.ErrnoException, probe) };
  }
}

function judge(answer: Answer, probe: Probe): ProbeResult {
  if (answer.status < 200 || answer.status > 299) {
    return { kind: 'not-ready', reason: firstLine(answer.body) || `It answers with status ${answer.status}` };
  }
  if (probe.json === undefined) return { kind: 'ready' };
  const { key, value } = probe.json;
  const found = field(answer.body, key);
  return found === value ? { kind: 'ready' } : { kind: 'not-ready', reason: `Its ${key} is ${found ?? 'not told'}` };
}

// The global fetch cannot set the Host header, which a probe through the ingress needs; it also costs 30 ms to load.
function ask(probe: Probe, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { connection: 'close', ...(probe.host === undefined ? {} : { host: probe.host }) };
    const outgoing = request(probe.url, { agent: false, headers, signal, timeout: answerMilliseconds }, (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length <= bodyLimitBytes) chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    outgoing.on('timeout', () => outgoing.destroy(Object.assign(new Error('No answer'), { code: 'ETIMEDOUT' })));
    outgoing.on('error', reject);
    outgoing.end();
  });
}

async function askPatiently(probe: Probe, signal: AbortSignal): Promise<Answer> {
  const { url, host } = probe;
  const headers = host === undefined ? {} : { host };
  const limitMilliseconds = answerMilliseconds;
  try {
    const { status, body } = await requestPatiently({ method: 'GET', url, headers, signal, limitMilliseconds });
    return { status, body: body.slice(0, bodyLimitBytes) };
  } catch (error) {
    if (signal.aborted || (error as NodeJS.ErrnoException).code === 'ECONNREFUSED') throw error;
    // It may be the way of asking: nobody is called unreachable for that.
    return ask(probe, signal);
  }
}

function firstLine(body: string): string {
  const line = body.trim().split('\n')[0]?.trim() ?? '';
  // A page of HTML is no reason.
  return line.startsWith('<') ? '' : line.slice(0, 300);
}

function field(body: string, key: string): string | undefined {
  try {
    const parsed = JSON.parse(body) as Record<string, unknown>;
    const value = parsed[key];
    return typeof value === 'string' ? value : JSON.stringify(value);
  } catch {
    return undefined;
  }
}

function unreachableReason(error: NodeJS.ErrnoException, probe: Probe): string {
  const address = new URL(probe.url).host;
  switch (error.code) {
    case 'ECONNREFUSED':
    case 'ECONNRESET':
      return `Nothing answers at ${address} yet`;
    case 'ETIMEDOUT':
      return `No answer from ${address} within ${answerMilliseconds / 1000} s`;
    case 'EADDRNOTAVAIL':
    case 'ENETUNREACH':
      return `The address ${address} does not exist on this machine`;
    default:
      return `${address}: ${error.message}`;
  }
}
