import { type ChildProcess, execFileSync, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findElectron, namespacesObstacle } from '../../build/electron-runtime.mjs';
import { copyApplication, copyByLinks, isReadableByAll } from './readable-copy.ts';

// Chromium's sandbox refuses root. Where the tests run as root the application runs as an ordinary user, so that what
// is tested is what people run; the engine is reached through the group of its socket.

const userName = 'macula-test';
const root = fileURLToPath(new URL('../../', import.meta.url));

export interface TestUser {
  readonly uid: number;
  readonly gid: number;
  /** HOME and what follows from it: empty, its own, removed at the end. */
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
  /** The application's folder: the checkout, or a copy that the user can read. */
  readonly application: string;
  /** Runs Electron as this user, also for programs that can only be given an executable. Start it with its sandbox on. */
  readonly electron: string;
  spawn(command: string, args: readonly string[], options?: SpawnOptions): ChildProcess;
  cleanUp(): void;
}

function lookUp(): { uid: number; gid: number } | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${userName}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

function ordinaryUser(): { uid: number; gid: number } {
  const existing = lookUp();
  if (existing !== undefined) return existing;
  execFileSync('/usr/sbin/useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', userName]);
  const created = lookUp();
  if (created === undefined) throw new Error(`The user ${userName} was created but is not there`);
  return created;
}

/** Changing the user drops every further group, so the one that opens the engine has to be the first. */
function engineGroup(fallback: number): number {
  const socket = (process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock').replace(/^unix:\/\//, '');
  return existsSync(socket) ? statSync(socket).gid : fallback;
}

/** Some systems let no ordinary user make namespaces: then Chromium's own helper does it, once it belongs to root. */
function mayUseNamespaces(identity: { uid: number; gid: number }): boolean {
  const canUnshare = () => spawnSync('unshare', ['--user', 'true'], { ...identity, stdio: 'ignore' }).status === 0;
  return namespacesObstacle({ readText: readIfThere, canUnshare }) === undefined;
}

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function usableElectron(executable: string, copy: string, identity: { uid: number; gid: number }): string {
  const needsHelper = !mayUseNamespaces(identity);
  if (isReadableByAll(executable) && !needsHelper) return executable;
  copyByLinks(dirname(executable), copy);
  if (needsHelper) {
    const helper = join(copy, 'chrome-sandbox');
    rmSync(helper);
    copyFileSync(join(dirname(executable), 'chrome-sandbox'), helper);
    chmodSync(helper, 0o4755);
  }
  return join(copy, basename(executable));
}

function quote(value: string): string {
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

function writeLauncher(
  file: string,
  user: { uid: number; gid: number },
  environment: NodeJS.ProcessEnv,
  electron: string,
) {
  const settings = Object.entries(environment).map(([name, value]) => `export ${name}=${quote(value ?? '')}`);
  const drop = `exec setpriv --reuid=${user.uid} --regid=${user.gid} --clear-groups --inh-caps=-all`;
  writeFileSync(
    file,
    `#!/bin/sh\n${settings.join('\n')}\ncd ${quote(environment['HOME'] ?? '/')}\n${drop} ${quote(electron)} "$@"\n`,
  );
  chmodSync(file, 0o755);
}

export function prepareTestUser(): TestUser {
  const runtime = findElectron();
  if (runtime === undefined) throw new Error('There is no Electron runtime: run the tests with npm test');
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? ordinaryUser() : { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const identity = isRoot ? { uid: user.uid, gid: engineGroup(user.gid) } : user;

  const folder = mkdtempSync(join(tmpdir(), 'macula-user-'));
  chmodSync(folder, 0o755);
  const home = join(folder, 'home');
  const runtimeFolder = join(home, '.runtime');
  for (const made of [home, runtimeFolder]) {
    mkdirSync(made, { mode: 0o700 });
    chownSync(made, identity.uid, identity.gid);
  }
  const environment = { HOME: home, XDG_RUNTIME_DIR: runtimeFolder, XDG_CONFIG_HOME: join(home, '.config') };

  const mustCopy = isRoot && !isReadableByAll(root);
  const application = mustCopy ? copyApplication(root, join(folder, 'application')) : root;
  const launcher = join(folder, 'electron');
  if (isRoot) {
    const executable = usableElectron(runtime.executable, join(folder, 'runtime'), identity);
    writeLauncher(launcher, identity, environment, executable);
  }
  return {
    ...identity,
    environment,
    home,
    application,
    electron: isRoot ? launcher : runtime.executable,
    spawn(command, args, options = {}) {
      const env = { ...process.env, ...options.env, ...environment };
      return spawn(command, args, { ...options, ...(isRoot && identity), env });
    },
    cleanUp() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
