// Asks a registry for the manifests of a pinned image: what it weighs, and what its digest leads to.
import { createHash } from 'node:crypto';
import type { ImagePin } from '../core/catalog/service.ts';
import { fullRepository } from '../core/images/image-names.ts';
import {
  type ManifestAnswer,
  type Platform,
  readImageManifest,
  readIndex,
  type RegistryProblem,
} from '../core/images/manifests.ts';
import { askRegistry, isLoopback, mayBeAsked, type RegistryAnswer } from './registry-request.ts';
import type { SignIn } from './registry-sign-in.ts';

const patienceMilliseconds = 10_000;

const kinds = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

export async function askManifests(
  pin: ImagePin,
  platform: Platform,
  signIn: SignIn | undefined,
  signal: AbortSignal,
): Promise<ManifestAnswer> {
  const conversation = talkTo(
    pin.repository,
    signIn,
    AbortSignal.any([signal, AbortSignal.timeout(patienceMilliseconds)]),
  );
  try {
    const first = await conversation(pin.digest);
    const choices = readIndex(first, platform);
    if (choices === undefined) return toAnswer({ manifest: first });
    const [digest] = choices;
    if (digest === undefined) return { kind: 'problem', problem: 'no-platform', detail: platform.architecture };
    return toAnswer({ index: first, manifest: await conversation(digest) });
  } catch (error) {
    signal.throwIfAborted();
    return error instanceof Refusal
      ? { kind: 'problem', problem: error.problem, detail: error.message }
      : { kind: 'problem', problem: 'unreachable', detail: networkWords(error) };
  }
}

function toAnswer(texts: { readonly index?: string; readonly manifest: string }): ManifestAnswer {
  const read = readImageManifest(texts.manifest);
  return read === undefined
    ? { kind: 'problem', problem: 'strange-answer', detail: 'no manifest of an image' }
    : { kind: 'found', texts, ...read };
}

class Refusal extends Error {
  readonly problem: RegistryProblem;
  constructor(problem: RegistryProblem, detail: string) {
    super(detail);
    this.problem = problem;
  }
}

// Returns the text of a manifest by its digest; what it was let in with is kept for the next question.
function talkTo(repository: string, signIn: SignIn | undefined, signal: AbortSignal) {
  const [host = '', ...path] = fullRepository(repository).split('/');
  const server = host === 'docker.io' ? 'registry-1.docker.io' : host;
  const origin = new URL(`${isLoopback(server.split(':')[0] ?? '') ? 'http' : 'https'}://${server}/`);
  let authorization: string | undefined;

  async function ask(digest: string): Promise<RegistryAnswer> {
    const url = new URL(`/v2/${path.join('/')}/manifests/${digest}`, origin);
    const headers = { accept: kinds.join(', '), ...(authorization === undefined ? {} : { authorization }) };
    return askRegistry(url, headers, signal);
  }

  return async (digest: string): Promise<string> => {
    let answer = await ask(digest);
    if (answer.status === 401) {
      authorization = await answerChallenge(String(answer.headers['www-authenticate'] ?? ''), origin, signIn, signal);
      answer = await ask(digest);
    }
    if (answer.status !== 200) throw toRefusal(answer);
    const found = `sha256:${createHash('sha256').update(answer.body).digest('hex')}`;
    if (found !== digest) throw new Refusal('not-as-pinned', '');
    return answer.body.toString('utf8');
  };
}

async function answerChallenge(
  challenge: string,
  origin: URL,
  signIn: SignIn | undefined,
  signal: AbortSignal,
): Promise<string> {
  // With "<token>" for a name the secret is of another kind, which only its own program can use.
  const known = signIn === undefined || signIn.username === '<token>' ? undefined : basic(signIn);
  if (/^basic\b/i.test(challenge)) {
    if (known === undefined) throw new Refusal('sign-in', '');
    return known;
  }
  const { realm = '', service, scope } = parameters(challenge);
  if (!/^bearer\b/i.test(challenge) || !URL.canParse(realm)) throw new Refusal('sign-in', '');
  const url = new URL(realm);
  if (!mayBeAsked(url, origin))
    throw new Refusal('strange-answer', `it asks to sign in at ${url.protocol}//${url.host}`);
  if (service !== undefined) url.searchParams.set('service', service);
  if (scope !== undefined) url.searchParams.set('scope', scope);
  const answer = await askRegistry(url, known === undefined ? {} : { authorization: known }, signal);
  if (answer.status !== 200) throw toRefusal(answer);
  const token = tokenOf(answer.body);
  if (token === undefined) throw new Refusal('sign-in', '');
  return `Bearer ${token}`;
}

function basic({ username, password }: SignIn): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function parameters(challenge: string): Readonly<Record<string, string>> {
  const pairs = [...challenge.matchAll(/([a-z_]+)="([^"]*)"/gi)];
  return Object.fromEntries(pairs.map(([, key = '', value = '']) => [key.toLowerCase(), value]));
}

function tokenOf(body: Buffer): string | undefined {
  try {
    const { token, access_token: other } = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    const found = token ?? other;
    return typeof found === 'string' && /^[\x21-\x7e]+$/.test(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

function toRefusal({ status, body }: RegistryAnswer): Refusal {
  if (status === 429 || body.includes('TOOMANYREQUESTS')) return new Refusal('rate-limited', '');
  if (status === 401 || status === 403) return new Refusal('sign-in', '');
  if (status === 404) return new Refusal('not-found', '');
  return status >= 500
    ? new Refusal('unreachable', `it answers ${status}`)
    : new Refusal('strange-answer', `${status}`);
}

function networkWords(error: unknown): string {
  const { name, code, message } = error as {
    readonly name?: string;
    readonly code?: string;
    readonly message?: string;
  };
  if (name === 'AbortError' || name === 'TimeoutError') return `no answer within ${patienceMilliseconds / 1000} s`;
  return code ?? message ?? String(error);
}
