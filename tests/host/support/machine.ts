// A machine to try host features on: the real systemd and its services in namespaces of their own. Nothing of it is
// seen outside but what places.ts names.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ended, must, outputOf, runCommand, type RunOptions } from './commands.ts';
import { controlGroupOf, folderOf, makePlaces, removeNamespace, removePlaces, sweepLeftovers } from './places.ts';
import { childrenOf, end, identify, isAlive, type ProcessIdentity, waitUntil } from './processes.ts';

export interface MachineRunOptions extends RunOptions {
  readonly user?: 'root' | 'dev' | 'other';
}

export interface Machine {
  readonly name: string;
  // The name of its network namespace.
  readonly namespace: string;
  // Its tree as seen from here, as long as it is not restarted. Links in it that begin with a slash lead outside.
  readonly root: string;
  run(argv: readonly string[], options?: MachineRunOptions): Promise<Ended>;
  // Standard output; throws with everything that was said when it fails.
  must(argv: readonly string[], options?: MachineRunOptions): Promise<string>;
  readFile(path: string): string;
  writeFile(path: string, text: string): void;
  exists(path: string): boolean;
  enable(...units: string[]): Promise<void>;
  disable(...units: string[]): Promise<void>;
  // Runs now, and again whenever the machine has a new network namespace and its systemd is not yet there.
  onWiring(wire: () => Promise<void>): Promise<void>;
  // Runs now, and again after every start.
  onStarted(set: () => Promise<void>): Promise<void>;
  // With the network namespace: nothing of the kernel's tables outlives it.
  restart(how?: 'orderly' | 'power cut'): Promise<void>;
  stop(): Promise<void>;
}

const startScript = fileURLToPath(new URL('machine-start.sh', import.meta.url));
const programs = fileURLToPath(new URL('../../../dist', import.meta.url));
const environments = {
  root: ['HOME=/root', 'USER=root'],
  dev: ['HOME=/home/dev', 'USER=dev'],
  other: ['HOME=/home/other', 'USER=other'],
};

export function missingForMachine(): string | undefined {
  const { MACULA_TEST_MACHINE: base, MACULA_NO_TEST_MACHINE: why } = process.env;
  return base === undefined ? (why ?? 'There is no test machine: run the tests with npm test') : undefined;
}

export async function bootMachine(): Promise<Machine> {
  await sweepLeftovers();
  const name = makePlaces('macula-machine');
  const machine = new RunningMachine(name);
  try {
    // What is in this file tells machines apart for the services in them.
    const etc = join(folderOf(name), 'changes/etc');
    mkdirSync(etc);
    writeFileSync(join(etc, 'machine-id'), `${randomBytes(16).toString('hex')}\n`);
    await machine.powerOn();
  } catch (error) {
    await machine.stop();
    throw error;
  }
  return machine;
}

class RunningMachine implements Machine {
  readonly name: string;
  readonly namespace: string;
  readonly #wirings: (() => Promise<void>)[] = [];
  readonly #settings: (() => Promise<void>)[] = [];
  #init: ProcessIdentity | undefined;

  constructor(name: string) {
    this.name = name;
    this.namespace = name;
  }

  get root(): string {
    return `/proc/${this.#init?.pid}/root`;
  }

  run(argv: readonly string[], options: MachineRunOptions = {}): Promise<Ended> {
    const { user = 'root', timeoutSeconds = 60 } = options;
    const enter = ['--mount', '--uts', '--ipc', '--net', '--pid', '--cgroup'];
    const clean = ['env', '-i', 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin', 'LANG=C.UTF-8'];
    const become = user === 'root' ? [] : ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups', '--'];
    const limit = ['timeout', '--kill-after=2', `${timeoutSeconds}`];
    return runCommand(
      [
        'nsenter',
        `--target=${this.#init?.pid}`,
        ...enter,
        ...clean,
        ...environments[user],
        ...limit,
        ...become,
        ...argv,
      ],
      { ...options, timeoutSeconds: timeoutSeconds + 5 },
    );
  }

  async must(argv: readonly string[], options?: MachineRunOptions): Promise<string> {
    return outputOf(argv, await this.run(argv, options));
  }

  readFile(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  writeFile(path: string, text: string): void {
    mkdirSync(join(this.root, dirname(path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  exists(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  async enable(...units: string[]): Promise<void> {
    await this.must(['systemctl', 'enable', '--now', ...units]);
  }

  async disable(...units: string[]): Promise<void> {
    await this.must(['systemctl', 'disable', '--now', ...units]);
  }

  async onWiring(wire: () => Promise<void>): Promise<void> {
    this.#wirings.push(wire);
    await wire();
  }

  async onStarted(set: () => Promise<void>): Promise<void> {
    this.#settings.push(set);
    await set();
  }

  async powerOn(): Promise<void> {
    await must(['ip', 'netns', 'add', this.namespace]);
    for (const wire of this.#wirings) await wire();
    const folder = folderOf(this.name);
    const log = openSync(join(folder, 'console.log'), 'a');
    // In its group before it makes namespaces: that is then the root of what it sees of them.
    const group = ['sh', '-c', 'echo $$ >"$1/cgroup.procs"; shift; exec "$@"', 'sh', controlGroupOf(this.name)];
    const apart = ['nsenter', `--net=/run/netns/${this.namespace}`, 'unshare'];
    const parts = ['--mount', '--uts', '--ipc', '--pid', '--cgroup', '--fork', '--kill-child'];
    const start = ['sh', startScript, folder, process.env['MACULA_TEST_MACHINE'] ?? '', process.execPath, programs];
    const [command = '', ...args] = [...group, ...apart, ...parts, ...start];
    const child = spawn(command, args, { stdio: ['ignore', log, log] });
    closeSync(log);
    const outside = child.pid ?? -1;
    let hasEnded = false;
    child.on('exit', () => (hasEnded = true));
    child.on('error', () => (hasEnded = true));
    const isReady = async () => {
      if (hasEnded) throw new Error(`The machine did not start:\n${this.#lastWords()}`);
      const [pid] = childrenOf(outside);
      if (pid === undefined || !readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('systemd')) return false;
      this.#init = identify(pid);
      const { stdout } = await this.run(['systemctl', 'is-system-running']);
      return /^(running|degraded)/.test(stdout);
    };
    try {
      await waitUntil(isReady, 'the machine has started', { seconds: 60, everyMilliseconds: 100 });
    } catch (error) {
      throw new Error(this.#lastWords(), { cause: error });
    }
    for (const set of this.#settings) await set();
  }

  async restart(how: 'orderly' | 'power cut' = 'orderly'): Promise<void> {
    const init = this.#init;
    if (init === undefined) throw new Error('The machine does not run');
    if (how === 'power cut') await end(init);
    else await this.run(['systemctl', 'reboot']);
    await waitUntil(() => !isAlive(init), 'the machine has gone down', { seconds: 100 });
    await removeNamespace(this.namespace);
    await this.powerOn();
  }

  stop(): Promise<void> {
    return removePlaces(this.name);
  }

  #lastWords(): string {
    return readFileSync(join(folderOf(this.name), 'console.log'), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(-20)
      .join('\n');
  }
}
