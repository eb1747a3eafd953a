// Asks one address whether a usable engine answers there, and says why not.
import { lstat, realpath } from 'node:fs/promises';
import { json } from 'node:stream/consumers';
import type Docker from 'dockerode';
import type { EngineDescription } from '../core/observed.ts';
import { openClient } from './client.ts';
import { type EndpointCandidate, type EngineAddress, parseEndpoint } from './endpoint.ts';
import { statusOf } from './failures.ts';
import { type EngineInfo, toDescription, toPing } from './mapping.ts';
import { openStream } from './stream.ts';

export const neededApiVersion = '1.41';
// The newest version whose answers this layer was written for.
const newestApiVersion = '1.44';
const answerMilliseconds = 2000;
// It has answered by then; Podman takes a while to describe itself.
const informationMilliseconds = 10_000;

export type RejectedReason = 'denied' | 'too-old' | 'not-running' | 'not-found';

export type ProbeResult =
  | { readonly kind: 'answered'; readonly docker: Docker; readonly description: EngineDescription }
  // Another candidate leads to the same socket.
  | { readonly kind: 'repeated' }
  | {
      readonly kind: 'rejected';
      readonly reason: RejectedReason;
      readonly words: string;
      readonly apiVersion?: string;
    };

export async function probe(
  candidate: EndpointCandidate,
  seen: Set<string>,
  signal: AbortSignal | undefined,
): Promise<ProbeResult> {
  if (candidate.problem !== undefined) return rejected('not-running', candidate.problem);
  const parsed = parseEndpoint(candidate.endpoint, candidate.certificates !== undefined);
  if (parsed.kind === 'refused') return rejected('not-running', parsed.reason);
  const place = await locate(parsed.address, candidate);
  if (place.kind === 'rejected') {
    // A socket that is not there is told once, however many ways lead to it.
    if (seen.has(candidate.endpoint)) return { kind: 'repeated' };
    seen.add(candidate.endpoint);
    return place;
  }
  if (seen.has(place.key)) return { kind: 'repeated' };
  seen.add(place.key);
  return ask(parsed.address, candidate, signal);
}

type Place = { readonly kind: 'place'; readonly key: string } | Extract<ProbeResult, { kind: 'rejected' }>;

async function locate(address: EngineAddress, candidate: EndpointCandidate): Promise<Place> {
  if (address.kind === 'tcp') return { kind: 'place', key: `${address.host}:${address.port}` };
  if (process.platform === 'win32') return { kind: 'place', key: address.path };
  try {
    return { kind: 'place', key: await realpath(address.path) };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EACCES') return rejected('denied', 'permission denied');
    if (code !== 'ENOENT' && code !== 'ENOTDIR') return rejected('not-found', String(code));
    // Docker Desktop leaves a link behind whose end exists only while it runs.
    const isLink = await lstat(address.path).then(
      (found) => found.isSymbolicLink(),
      () => false,
    );
    if (isLink) return rejected('not-running', 'a link to a socket that is not there');
    return rejected(candidate.named ? 'not-running' : 'not-found', 'no such file');
  }
}

async function ask(
  address: EngineAddress,
  candidate: EndpointCandidate,
  signal: AbortSignal | undefined,
): Promise<ProbeResult> {
  const certificates = candidate.certificates === undefined ? {} : { certificates: candidate.certificates };
  const limit = AbortSignal.timeout(answerMilliseconds);
  try {
    const answer = await openStream(openClient(address, certificates), {
      path: '/_ping',
      signal: either(limit, signal),
    });
    answer.resume();
    const ping = toPing(answer.headers);
    if (ping === undefined) return rejected('not-found', 'not a container engine');
    if (compareVersions(ping.apiVersion, neededApiVersion) < 0) {
      const words = `API version ${ping.apiVersion} is too old, ${neededApiVersion} is needed`;
      return { ...rejected('too-old', words), apiVersion: ping.apiVersion };
    }
    const spoken = openClient(address, { version: `v${spokenVersion(ping.apiVersion)}`, ...certificates });
    const info = await readInfo(spoken, signal);
    // A later engine may have given up the version that is spoken here: then its own.
    const docker =
      info === 'version-refused' ? openClient(address, { version: `v${ping.apiVersion}`, ...certificates }) : spoken;
    const known = info === 'version-refused' ? await readInfo(docker, signal) : info;
    return {
      kind: 'answered',
      docker,
      description: toDescription(ping, known === 'version-refused' ? {} : known, candidate),
    };
  } catch (error) {
    signal?.throwIfAborted();
    if (limit.aborted) return rejected('not-running', `no answer within ${answerMilliseconds / 1000} seconds`);
    return toRejected(error);
  }
}

async function readInfo(docker: Docker, signal: AbortSignal | undefined): Promise<EngineInfo | 'version-refused'> {
  try {
    const limit = AbortSignal.timeout(informationMilliseconds);
    const answer = await openStream(docker, { path: '/info', signal: either(limit, signal) });
    return (await json(answer)) as EngineInfo;
  } catch (error) {
    const status = statusOf(error);
    if (status === undefined) throw error;
    // A proxy before the engine may keep this call from us: nothing but the description suffers.
    return status === 400 ? 'version-refused' : {};
  }
}

function either(limit: AbortSignal, signal: AbortSignal | undefined): AbortSignal {
  return signal === undefined ? limit : AbortSignal.any([limit, signal]);
}

export function toRejected(error: unknown): Extract<ProbeResult, { kind: 'rejected' }> {
  const code = codeOf(error);
  if (code === 'EACCES' || code === 'EPERM') return rejected('denied', 'permission denied');
  if (code === 'ECONNREFUSED') return rejected('not-running', 'connection refused');
  if (code === 'ENOENT') return rejected('not-found', 'no such file');
  if (code === 'ECONNRESET') return rejected('not-running', 'the connection was closed');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return rejected('not-running', 'the host name is not known');
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return rejected('not-running', 'the host cannot be reached');
  if (code?.startsWith('HPE_') || code === 'ENOTSOCK' || statusOf(error) !== undefined) {
    return rejected('not-found', 'not a container engine');
  }
  return rejected('not-running', error instanceof Error ? error.message.trim() : String(error));
}

function rejected(reason: RejectedReason, words: string): Extract<ProbeResult, { kind: 'rejected' }> {
  return { kind: 'rejected', reason, words };
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

export function spokenVersion(newest: string): string {
  return compareVersions(newest, newestApiVersion) < 0 ? newest : newestApiVersion;
}

export function compareVersions(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA - majorB || minorA - minorB;
}
