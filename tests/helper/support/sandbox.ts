// The root program in a world of its own: other folders lie over /etc and /var/lib, other programs over those that
// speak to services, and it has a network of its own. Nothing in there reaches this machine.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type {
  Applied,
  HostAnswer,
  HostIntent,
  HostPlan,
  HostRequest,
} from '../../../electron/core/host/host-request.ts';
import { findCommand } from '../../../build/bootstrap/system.mjs';
import { type Started, start } from '../../support/child-process.ts';
import { snapshot, type Tree } from './tree.ts';

const helper = fileURLToPath(new URL('../../../dist/helper.js', import.meta.url));
// The real ones speak to services of this machine, or are there to be exchanged for others.
const standIns = {
  systemctl: 'exit 0',
  nmcli: 'exit 0',
  cp: 'exec /usr/bin/cp "$@"',
  nft: 'exec /run/real/nft "$@"',
  dnsmasq: 'exec /run/real/dnsmasq "$@"',
};
const patienceMilliseconds = 30_000;
const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
// Nothing of the environment of the tests: that is a test of its own.
const cleanEnvironment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };

export function obstacle(): string | undefined {
  if (process.platform !== 'linux') return 'the root program is tested on Linux';
  if (process.getuid?.() !== 0) return 'the root program is tested as root';
  const missing = ['strace', 'nft', 'dnsmasq', 'ip', 'chattr'].filter((name) => findCommand(name) === undefined);
  return missing.length === 0 ? undefined : `the tests of the root program need ${missing.join(', ')}`;
}

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

export interface RunOptions {
  // Programs in front: strace, prlimit, setpriv.
  readonly through?: readonly string[];
  readonly isNobody?: boolean;
  readonly killAfterMilliseconds?: number;
  readonly environment?: NodeJS.ProcessEnv;
  readonly args?: readonly string[];
}

interface SandboxOptions {
  // Elsewhere than in memory: some things only a real file system has.
  readonly isOnDisk?: boolean;
}

export class Sandbox {
  readonly folder: string;
  readonly etc: string;
  readonly varLib: string;
  readonly #holder: Started;
  readonly #saved: string;
  #savedRules = '';
  #isReady = false;

  constructor({ isOnDisk = false }: SandboxOptions = {}) {
    const memory = '/dev/shm';
    this.folder = mkdtempSync(join(!isOnDisk && existsSync(memory) ? memory : tmpdir(), 'macula-helper-'));
    chmodSync(this.folder, 0o755);
    this.etc = join(this.folder, 'etc');
    this.varLib = join(this.folder, 'var-lib');
    this.#saved = join(this.folder, 'saved');
    const programs = join(this.folder, 'programs');
    for (const made of [this.etc, this.varLib, programs]) mkdirSync(made, { mode: 0o755 });
    for (const name of Object.keys(standIns)) this.standIn(name as keyof typeof standIns);
    copyFileSync(helper, this.program);
    const lines = [
      'set -e',
      'mount --make-rprivate /',
      'ip link set lo up',
      `mount --bind ${this.etc} /etc`,
      `mount --bind ${this.varLib} /var/lib`,
      'mount -t tmpfs -o mode=755 tmpfs /run',
      'mkdir -p /run/systemd/system /run/real',
      'mount --bind /usr/sbin /run/real',
      `mount -t overlay overlay -o lowerdir=${programs}:/usr/sbin /usr/sbin`,
      'touch /run/ready',
      'exec sleep infinity',
    ];
    this.#holder = start('unshare', ['--mount', '--net', 'sh', '-c', lines.join('\n')], { stdio: 'ignore' });
  }

  // A program that is found before the real one; without a script what it is from the beginning.
  standIn(name: keyof typeof standIns, script: string = standIns[name]): void {
    const path = join(this.folder, 'programs', name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  }

  async ready(): Promise<this> {
    for (let left = 200; !this.#isReady; left -= 1) {
      this.#isReady = existsSync(this.runPath('ready'));
      if (left === 0) throw new Error('The sandbox could not be made');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return this;
  }

  shell(script: string): ChildProcess {
    return spawn('nsenter', [...this.#enter, 'sh', '-c', script, 'sh', process.execPath, this.program], {
      env: cleanEnvironment,
      cwd: '/',
      stdio: 'pipe',
    });
  }

  get program(): string {
    return join(this.folder, 'helper.mjs');
  }

  // As this machine sees what is at a place in there.
  inside(path: string): string {
    return `/proc/${this.#holder.process.pid}/root${path}`;
  }

  runPath(name: string): string {
    return this.inside(`/run/${name}`);
  }

  // The same as tree(), also where something else was mounted since.
  treeInside(): Tree {
    return snapshot({ '/etc': this.inside('/etc'), '/var/lib': this.inside('/var/lib') });
  }

  // The program alone, left to the caller.
  begin(): ChildProcess {
    return spawn('nsenter', [...this.#enter, process.execPath, this.program], {
      env: cleanEnvironment,
      cwd: '/',
      stdio: 'pipe',
    });
  }

  // Of the sandbox, to be put in front of a program.
  get #enter(): readonly string[] {
    return [`--target=${this.#holder.process.pid}`, '--mount', '--net', '--'];
  }

  // A program in there that has to succeed.
  command(...words: readonly string[]): string {
    return execFileSync('nsenter', [...this.#enter, ...words], { encoding: 'utf8', env: cleanEnvironment });
  }

  // The small system that everything begins with.
  reset(files: Readonly<Record<string, string>> = {}): void {
    for (const folder of [this.etc, this.varLib]) empty(folder);
    const all = { ...baseFiles, ...files };
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(join(this.etc, path, '..'), { recursive: true });
      writeFileSync(join(this.etc, path), Buffer.from(text, 'latin1'));
    }
    mkdirSync(join(this.varLib, 'misc'));
  }

  // What is there now, to begin again with it, times included.
  save(): void {
    rmSync(this.#saved, { recursive: true, force: true });
    mkdirSync(this.#saved);
    execFileSync('cp', ['--archive', this.etc, this.varLib, this.#saved]);
    this.#savedRules = this.rules();
  }

  restore(): void {
    for (const folder of [this.etc, this.varLib]) empty(folder);
    execFileSync('cp', ['--archive', `${this.#saved}/.`, this.folder]);
    if (this.rules() !== this.#savedRules) this.command('/run/real/nft', `flush ruleset\n${this.#savedRules}`);
  }

  // Of the packet filter in there.
  rules(): string {
    return this.command('/run/real/nft', '--stateless', 'list', 'ruleset');
  }

  tree(): Tree {
    return snapshot({ '/etc': this.etc, '/var/lib': this.varLib });
  }

  run(request: HostRequest | string, options: RunOptions = {}): Promise<Ran> {
    const {
      through = [],
      isNobody = false,
      killAfterMilliseconds,
      environment = cleanEnvironment,
      args = [],
    } = options;
    const words = [...this.#enter, ...(isNobody ? nobody : []), ...through];
    return new Promise((resolve, reject) => {
      const begun = performance.now();
      const child = spawn('nsenter', [...words, process.execPath, this.program, ...args], {
        env: environment,
        cwd: '/',
        stdio: 'pipe',
      });
      const impatience = setTimeout(() => child.kill('SIGKILL'), patienceMilliseconds);
      const texts = { stdout: '', stderr: '' };
      child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
      child.on('error', reject);
      // Killed before it read anything.
      child.stdin.on('error', () => undefined);
      child.stdin.end(typeof request === 'string' ? request : JSON.stringify(request));
      const killing =
        killAfterMilliseconds === undefined
          ? undefined
          : setTimeout(() => child.kill('SIGKILL'), killAfterMilliseconds);
      child.on('close', (code, signal) => {
        clearTimeout(killing);
        clearTimeout(impatience);
        resolve({ code, signal, ...texts, milliseconds: performance.now() - begun });
      });
    });
  }

  async ask(request: HostRequest | string, options: RunOptions = {}): Promise<HostAnswer> {
    return answerOf(await this.run(request, options));
  }

  async plan(intent: HostIntent): Promise<HostPlan> {
    const answer = await this.ask({ verb: 'plan', intent }, { isNobody: true });
    if (!answer.ok || answer.verb !== 'plan') throw new Error(`no plan: ${JSON.stringify(answer)}`);
    return answer.plan;
  }

  async apply(intent: HostIntent, options: RunOptions = {}): Promise<HostAnswer> {
    return this.ask({ verb: 'apply', intent, plan: (await this.plan(intent)).hash }, options);
  }

  async applied(intent: HostIntent): Promise<Applied> {
    return wasApplied(await this.apply(intent));
  }

  async undone(): Promise<Applied> {
    return wasApplied(await this.ask({ verb: 'undo' }));
  }

  async close(): Promise<void> {
    await this.#holder.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function empty(folder: string): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
}

export function answerOf(ran: Ran): HostAnswer {
  try {
    return JSON.parse(ran.stdout) as HostAnswer;
  } catch {
    throw new Error(`no answer: ${JSON.stringify(ran)}`);
  }
}

function wasApplied(answer: HostAnswer): Applied {
  if (answer.ok && (answer.verb === 'apply' || answer.verb === 'undo')) return answer;
  throw new Error(`not applied: ${JSON.stringify(answer)}`);
}

// What the resolution of names needs, and a hosts file as Debian has it.
const baseFiles: Readonly<Record<string, string>> = {
  passwd: 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n',
  group: 'root:x:0:\nnogroup:x:65534:\n',
  'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
  'resolv.conf': 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n',
  hosts: '127.0.0.1\tlocalhost\n127.0.1.1\tworkstation\n::1\tlocalhost ip6-localhost\n',
};
