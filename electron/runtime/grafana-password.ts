// Grafana's password as the app knows it: shown where it is kept, changed in Grafana first and kept after that.
import { FailureError } from '../core/failure.ts';
import type { PasswordView } from '../core/settings-effects.ts';
import { givePassword, type GrafanaHere, grafanaHere, signIn, signInOf } from './grafana-sign-in.ts';
import type { PasswordRuntime } from './runtime-api.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import type { World } from './world.ts';

// Shorter ones are refused by Grafana's own rule.
const leastCharacters = 5;

export function createPasswordRuntime(world: World, parts: RuntimeParts): PasswordRuntime {
  const { secrets } = parts;

  async function view(): Promise<PasswordView> {
    const kept = secrets.kept();
    return { kept, wouldKeep: secrets.wouldKeep(), grafana: await whatGrafanaSays() };
  }

  async function whatGrafanaSays(): Promise<PasswordView['grafana']> {
    const here = grafanaHere(world, parts);
    if (here === undefined) return 'off';
    const password = await knownPassword(parts, here);
    return password === undefined ? 'unknown' : signIn(world, parts, here, password);
  }

  return {
    view,
    async change({ current, next }) {
      const here = grafanaHere(world, parts);
      if (here === undefined) refuse('off', 'Grafana has to run for that: it keeps the password itself.');
      if (next.length < leastCharacters)
        refuse('unusable', `Grafana takes none shorter than ${leastCharacters} characters.`);
      const old = current ?? (await knownPassword(parts, here));
      if (old === undefined) {
        refuse('closed', "The password of now is in the desktop's keychain, which cannot be opened from here.");
      }
      const answer = await givePassword(here, old, next);
      if (signInOf(answer) === 'refused') {
        const whose = current === undefined ? 'the password that Macula knows' : 'the current password that was given';
        refuse(
          'wrong',
          `It does not take ${whose}. It was tried once; after five wrong ones Grafana locks the account for five minutes.`,
        );
      }
      if (answer.kind !== 'answer' || answer.status !== 200) refuse('unusable', wordsOf(answer));
      await keep(next);
      secrets.settle(here.container);
      return view();
    },
  };

  async function keep(password: string): Promise<void> {
    try {
      await secrets.keep(password);
    } catch (error) {
      const detail = `Grafana has the new password, but it could not be kept in ${secrets.path}: ${String(error)}`;
      throw new FailureError({ code: 'password-not-kept', detail }, { cause: error });
    }
  }
}

// The kept one, or the one that Grafana comes with; undefined: in a keychain that cannot be opened.
export async function knownPassword(
  { secrets }: RuntimeParts,
  { first }: Pick<GrafanaHere, 'first'>,
): Promise<string | undefined> {
  const secret = await secrets.read();
  if (secret.kind === 'closed') return undefined;
  return secret.kind === 'known' ? secret.password : first.password;
}

// One that everybody knows is none.
export async function takesKeptPassword(world: World, parts: RuntimeParts): Promise<boolean> {
  const here = grafanaHere(world, parts);
  const secret = await parts.secrets.read();
  if (here === undefined || secret.kind !== 'known' || secret.password === here.first.password) return false;
  return (await signIn(world, parts, here, secret.password)) === 'accepted';
}

function refuse(reason: 'off' | 'wrong' | 'closed' | 'unusable', detail: string): never {
  throw new FailureError({ code: 'password-not-changed', reason, detail });
}

// Its own words, which never repeat a password.
function wordsOf(answer: Awaited<ReturnType<typeof givePassword>>): string {
  if (answer.kind !== 'answer') return `Grafana did not answer: ${answer.detail}.`;
  try {
    const { message } = JSON.parse(answer.body) as { readonly message?: unknown };
    if (typeof message === 'string' && message !== '') return `Grafana says: ${message.slice(0, 200)}`;
  } catch {
    // Its status has to do.
  }
  return `Grafana answered with status ${answer.status}.`;
}
