// The root program. Reads one JSON object, answers with one, and is gone. It takes no arguments and heeds no environment.
import { readSync, writeSync } from 'node:fs';
import type { HostAnswer, RefusalCode } from '../protocol.ts';
import { apply, plan } from './apply.ts';
import { takeLock } from './programs.ts';
import { Refused } from './refused.ts';
import { portOwners, status } from './report.ts';
import { parseRequest } from './validate.ts';

const largestRequest = 16 * 1024;
const isRoot = process.getuid?.() === 0;
const exitCodes: Partial<Record<RefusalCode, number>> = {
  'bad-request': 64,
  stale: 75,
  busy: 75,
  'not-root': 77,
  unexpected: 70,
};

function readRequest(): string {
  if (process.argv.length > 2)
    throw new Refused('bad-request', 'No arguments are taken: the request is read from standard input');
  const buffer = Buffer.alloc(largestRequest + 1);
  let length = 0;
  for (let count = 1; count > 0 && length < buffer.length; length += count)
    count = readSync(0, buffer, length, buffer.length - length, null);
  if (length > largestRequest) throw new Refused('bad-request', 'The request is longer than 16 KiB');
  return buffer.toString('utf8', 0, length);
}

function prepareChange(): void {
  if (!isRoot) throw new Refused('not-root', 'Only root may change this. Nothing was changed');
  takeLock();
}

async function answer(): Promise<HostAnswer> {
  const request = parseRequest(readRequest());
  switch (request.verb) {
    case 'status':
      return { ok: true, verb: 'status', state: status(isRoot) };
    case 'plan':
      return { ok: true, verb: 'plan', plan: await plan(request.intent) };
    case 'port-owner':
      return { ok: true, verb: 'port-owner', owners: portOwners(request.ports) };
    case 'apply':
      prepareChange();
      return apply('apply', request.intent, request.plan);
    case 'undo':
      prepareChange();
      return apply('undo', {}, request.plan);
  }
}

async function main(): Promise<void> {
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
  process.umask(0o022);
  process.chdir('/');
  // A caller that goes away must not end a change half way.
  for (const signal of ['SIGHUP', 'SIGPIPE', 'SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  const given = await answer().catch((error: unknown): HostAnswer => {
    if (error instanceof Refused) return { ok: false, code: error.code, detail: error.message };
    return { ok: false, code: 'unexpected', detail: error instanceof Error ? error.message : String(error) };
  });
  try {
    writeSync(1, `${JSON.stringify(given)}\n`);
  } catch {
    // Nobody listens any more: what was done stays done.
  }
  process.exit(given.ok ? 0 : (exitCodes[given.code] ?? 65));
}

void main();
