// Whether the app starts with the desktop. Linux: an entry in the user's autostart folder, which is the whole truth,
// whoever changed it (https://specifications.freedesktop.org/autostart-spec/latest/). macOS: the system's own list.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { FailureError } from '../core/failure.ts';
import type { LoginView } from '../core/settings-effects.ts';
import { writeAtomically } from '../runtime/write-atomically.ts';
import { autostartEntry, isOurs, isOn, withoutHiding } from './autostart-entry.ts';

export interface LoginStart {
  get(): LoginView;
  // Throws FailureError.
  set(startsAtLogin: boolean): LoginView;
}

export interface LoginStartParts {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  // The program that was installed and the words behind it; undefined in a checkout.
  readonly command: readonly string[] | undefined;
  readonly mac: {
    getLoginItemSettings(): { readonly openAtLogin: boolean };
    setLoginItemSettings(settings: { readonly openAtLogin: boolean; readonly args: string[] }): void;
  };
}

const fileName = 'macula-desktop.desktop';
const checkoutWords = 'This is a checkout: there is no installed program that could be started.';

export function createLoginStart(parts: LoginStartParts): LoginStart {
  if (parts.platform === 'darwin') return macLoginStart(parts);
  return linuxLoginStart(parts);
}

function linuxLoginStart({ environment, home, command }: LoginStartParts): LoginStart {
  const base = environment['XDG_CONFIG_HOME'];
  const path = join(base !== undefined && isAbsolute(base) ? base : join(home, '.config'), 'autostart', fileName);

  function read(): string | undefined {
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  }

  function get(): LoginView {
    try {
      const text = read();
      if (text !== undefined && !isOurs(text)) {
        const unavailable = `${path} is not Macula's, and is left alone.`;
        return { startsAtLogin: isOn(text, environment['XDG_CURRENT_DESKTOP']), unavailable };
      }
      const startsAtLogin = text !== undefined && isOn(text, environment['XDG_CURRENT_DESKTOP']);
      return { startsAtLogin, ...(command === undefined ? { unavailable: checkoutWords } : {}) };
    } catch (error) {
      return { startsAtLogin: false, unavailable: `${path} cannot be read: ${words(error)}` };
    }
  }

  return {
    get,
    set(startsAtLogin) {
      const { unavailable } = get();
      if (unavailable !== undefined || command === undefined) refuse(unavailable ?? checkoutWords);
      try {
        const text = read();
        if (!startsAtLogin) rmSync(path, { force: true });
        // What its user added to it stays.
        else writeAtomically(path, text === undefined ? autostartEntry(command) : withoutHiding(text, command), 0o644);
      } catch (error) {
        refuse(`${path}: ${words(error)}`);
      }
      return get();
    },
  };
}

function macLoginStart({ command, mac }: LoginStartParts): LoginStart {
  const get = (): LoginView =>
    command === undefined
      ? { startsAtLogin: false, unavailable: checkoutWords }
      : { startsAtLogin: mac.getLoginItemSettings().openAtLogin };
  return {
    get,
    set(startsAtLogin) {
      if (command === undefined) refuse(checkoutWords);
      mac.setLoginItemSettings({ openAtLogin: startsAtLogin, args: ['--hidden'] });
      return get();
    },
  };
}

function refuse(detail: string): never {
  throw new FailureError({ code: 'login-unavailable', detail });
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
