// How this process comes to run something as root: decided from what is around it. Pure but for looking around.
import { existsSync, readFileSync } from 'node:fs';
import type { Elevation } from '../core/host/host-facts.ts';
import type { HelperPlace } from './helper-place.ts';

export interface Surroundings {
  readonly isRoot: boolean;
  // Not so in a Snap, in a Flatpak and in a hardened service: there sudo and pkexec are programs like any other.
  readonly canGainRights: boolean;
  // The command line, with somebody to type a password.
  readonly isTerminal: boolean;
  readonly isDesktop: boolean;
  readonly sudo?: string;
  readonly pkexec?: string;
}

// NixOS keeps what may become root apart from everything else.
const folders = ['/run/wrappers/bin', '/usr/bin', '/bin', '/usr/local/bin'];

const prompt = '[Macula] Password of %p, to change this machine: ';

export function lookAround(): Surroundings {
  const { env, stdin, stderr, versions } = process;
  const [sudo, pkexec] = ['sudo', 'pkexec'].map(findProgram);
  return {
    isRoot: process.getuid?.() === 0,
    canGainRights: !hasNoNewPrivileges(readStatus()),
    isTerminal: versions['electron'] === undefined && stdin.isTTY === true && stderr.isTTY === true,
    isDesktop: Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']),
    ...(sudo === undefined ? {} : { sudo }),
    ...(pkexec === undefined ? {} : { pkexec }),
  };
}

function findProgram(name: string): string | undefined {
  return folders.map((folder) => `${folder}/${name}`).find((path) => existsSync(path));
}

function readStatus(): string {
  try {
    return readFileSync('/proc/self/status', 'utf8');
  } catch {
    return '';
  }
}

export function hasNoNewPrivileges(status: string): boolean {
  return /^NoNewPrivs:\s*1$/m.test(status);
}

export function chooseElevation(around: Surroundings, helper: HelperPlace): Elevation {
  if (helper.problem !== undefined) return { kind: 'none', detail: helper.problem };
  if (around.isRoot) return { kind: 'root', detail: 'Macula runs as root: no password is asked for.' };
  if (!around.canGainRights) {
    return {
      kind: 'none',
      detail: 'Macula was started in a way that keeps it from ever becoming root (as in a Snap or a Flatpak).',
    };
  }
  if (around.isTerminal && around.sudo !== undefined) {
    return { kind: 'sudo', detail: 'sudo asks for a password in this terminal.' };
  }
  if (around.isDesktop && around.pkexec !== undefined) {
    return { kind: 'pkexec', detail: 'The desktop asks for a password.' };
  }
  if (around.sudo === undefined) {
    return { kind: 'by-hand', detail: 'Neither sudo nor pkexec is here: there is a line to run as root.' };
  }
  return { kind: 'by-hand', detail: 'Nobody can be asked for a password here: there is a line to run in a terminal.' };
}

// What is run for it; undefined where nothing is.
export function elevatedArgv(
  { kind }: Elevation,
  { sudo = 'sudo', pkexec = 'pkexec' }: Surroundings,
  argv: readonly string[],
): readonly string[] | undefined {
  switch (kind) {
    case 'root':
      return argv;
    case 'sudo':
      // It reads the password from the terminal itself: standard input is the request.
      return [sudo, '-p', prompt, '--', ...argv];
    case 'pkexec':
      // Where the desktop has no prompt, it would ask in whatever terminal the app was started from.
      return [pkexec, '--disable-internal-agent', ...argv];
    case 'by-hand':
    case 'none':
      return undefined;
  }
}
