// Whether it works, asked the way any program of this machine would ask.
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { canaryAddress, canaryPort, type GuardIntent, type NamesIntent } from '../protocol.ts';

// Names that have nothing to do with us. What could be resolved before must be afterwards, and not much slower.
const others = ['example.com', 'debian.org', 'localhost'];
const patienceMilliseconds = 6000;
const slowMilliseconds = 2000;

interface Resolution {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly milliseconds: number;
}

async function resolve(name: string): Promise<Resolution> {
  const begun = performance.now();
  const late = sleep(patienceMilliseconds, [], { ref: false });
  const found = await Promise.race([lookup(name, { all: true }).catch(() => []), late]);
  return { name, addresses: found.map(({ address }) => address), milliseconds: performance.now() - begun };
}

export function resolveOthers(names = others): Promise<readonly Resolution[]> {
  return Promise.all(names.map(resolve));
}

export async function wrongNames({ names }: NamesIntent): Promise<readonly string[]> {
  const found = await Promise.all(names.map(({ host }) => resolve(host)));
  return names.filter(({ address }, index) => !found[index]?.addresses.includes(address)).map(({ host }) => host);
}

// Undefined when all is well. Resolvers take a moment to see a change.
export async function namesProblem(
  intent: NamesIntent | undefined,
  before: readonly Resolution[],
): Promise<string | undefined> {
  for (const deadline = Date.now() + patienceMilliseconds; ; await sleep(200)) {
    const known = before.filter(({ addresses }) => addresses.length > 0).map(({ name }) => name);
    // Theirs first: only a few are asked for at once, and ours may hang.
    const [after, wrong] = await Promise.all([resolveOthers(known), intent === undefined ? [] : wrongNames(intent)]);
    const worse = before.filter(({ name, milliseconds }) => {
      const now = after.find((each) => each.name === name);
      const limit = Math.max(slowMilliseconds, 3 * milliseconds);
      return now !== undefined && (now.addresses.length === 0 || now.milliseconds > limit);
    });
    if (wrong.length === 0 && worse.length === 0) return undefined;
    if (Date.now() < deadline) continue;
    if (worse.length === 0) return `This machine's resolver did not know ${wrong.join(', ')} afterwards`;
    return `Other names (${worse.map(({ name }) => name).join(', ')}) could be resolved before, but not, or only slowly, afterwards`;
  }
}

// The guard refuses this one in a way that nothing else does.
export function isGuarded(guard: GuardIntent): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect({ host: canaryAddress, port: canaryPort(guard), timeout: 1000 });
    const end = (isThere: boolean): void => {
      socket.destroy();
      answer(isThere);
    };
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code === 'EHOSTUNREACH'));
    socket.on('connect', () => end(false));
    socket.on('timeout', () => end(false));
  });
}
