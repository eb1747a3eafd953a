// The engine's errors translated, once, into failures that can be explained.
import { type Failure, FailureError } from '../core/failure.ts';

// What was being done, as far as an error may need it.
export interface Attempted {
  // Follows "could not": 'create the container macula-loki'.
  readonly operation: string;
  readonly service?: string;
  readonly networkName?: string;
  readonly volumeName?: string;
  readonly subnet?: string;
  readonly image?: string;
}

export async function translated<T>(attempted: Attempted, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translate(error, attempted);
  }
}

export async function* translatedStream<T>(attempted: Attempted, source: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (error) {
    throw translate(error, attempted);
  }
}

export function translate(error: unknown, attempted: Attempted): unknown {
  if (error instanceof FailureError || isAbort(error)) return error;
  return new FailureError(toFailure(error, attempted), { cause: error });
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

export function statusOf(error: unknown): number | undefined {
  const status = (error as { statusCode?: unknown } | undefined)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ETIMEDOUT',
]);

export function isEngineLost(error: unknown): boolean {
  if (statusOf(error) !== undefined) return false;
  const { code, message } = error as { code?: unknown; message?: unknown };
  // "aborted" without an abort of ours: the engine closed the connection in the middle of an answer.
  return (typeof code === 'string' && connectionCodes.has(code)) || message === 'aborted' || message === 'terminated';
}

export function toFailure(error: unknown, attempted: Attempted): Failure {
  const words = wordsOf(error);
  if (isEngineLost(error)) return { code: 'engine-lost', detail: words };
  if (isDiskFull(words)) return { code: 'disk-full', detail: words };
  if (areRulesGone(words)) return { code: 'engine-rules-gone', detail: words };
  return (
    toPortFailure(words, attempted) ??
    toNameFailure(error, words, attempted) ??
    toImageFailure(words, attempted) ?? { code: 'operation-failed', operation: attempted.operation, detail: words }
  );
}

// The engine's own sentence, without what the client library puts around it.
export function wordsOf(error: unknown): string {
  const said = (error as { json?: { message?: unknown } | null } | undefined)?.json?.message;
  if (typeof said === 'string') return said.trim();
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^\(HTTP code \d+\) .*? - /, '').trim();
}

function isDiskFull(words: string): boolean {
  return /no space left on device|ENOSPC|disk quota exceeded/i.test(words);
}

function areRulesGone(words: string): boolean {
  return /iptables[^]*(no chain\/target\/match by that name|chain '[^']+' does not exist)/i.test(words);
}

function toPortFailure(words: string, { service = '' }: Attempted): Failure | undefined {
  if (/cannot expose privileged port|ip_unprivileged_port_start/i.test(words)) {
    return { code: 'port-not-permitted', service, detail: words };
  }
  if (/(bind|listen|expos)[^]*permission denied/i.test(words))
    return { code: 'port-not-permitted', service, detail: words };
  if (!/port is already allocated|address already in use/i.test(words)) return undefined;
  const place = /(\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\]):(\d{1,5})/i.exec(words);
  return {
    code: 'port-taken',
    service,
    address: place?.[1]?.replace(/[[\]]/g, '') ?? '',
    port: Number(place?.[2] ?? 0),
    owner: 'another program',
  };
}

function toNameFailure(error: unknown, words: string, attempted: Attempted): Failure | undefined {
  if (/pool overlaps|subnet.*(already used|is already)|overlaps with|no available.*(network|subnet)/i.test(words)) {
    return { code: 'no-free-subnet', tried: attempted.subnet === undefined ? [] : [attempted.subnet] };
  }
  if (!isNameTaken(error)) return undefined;
  if (attempted.networkName !== undefined) return { code: 'foreign-network', name: attempted.networkName };
  if (attempted.volumeName !== undefined) return { code: 'foreign-volume', name: attempted.volumeName };
  return undefined;
}

// Podman answers 500 for a name that is taken, Docker 409 for that and for other conflicts.
export function isNameTaken(error: unknown): boolean {
  return statusOf(error) !== undefined && /name .* is already in use|already exists/i.test(wordsOf(error));
}

const unreachable =
  /no such host|name resolution|i\/o timeout|connection refused|connection reset|network is unreachable|no route to host|TLS handshake|Client\.Timeout|context deadline exceeded|proxyconnect|server gave HTTP response|x509:|unexpected EOF|: EOF|status (code )?50[234]|50[234] (bad gateway|service unavailable|gateway)|server misbehaving/i;
const denied =
  /pull access denied|no basic auth credentials|unauthorized|authentication required|access (to the resource )?is denied|(?<!permission )\bdenied\b|forbidden|toomanyrequests|rate limit|status (code )?40[13]/i;
const notFound =
  /manifest unknown|manifest for .* not found|not found|no such image|name unknown|no matching manifest|does not exist|status (code )?404/i;

export function toImageFailure(words: string, { image }: Attempted): Failure | undefined {
  if (image === undefined) return undefined;
  // A refusal often also says "does not exist or may require login", so it is asked first.
  if (denied.test(words)) return { code: 'image-denied', image, detail: words };
  if (unreachable.test(words)) return { code: 'registry-unreachable', image, detail: words };
  if (notFound.test(words)) return { code: 'image-not-found', image, detail: words };
  return undefined;
}
