// The built command in a test machine, and the stack's images in its engine.
import { existsSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ended, runCommand } from './commands.ts';
import type { Machine, MachineRunOptions } from './machine.ts';

const program = ['/opt/node/bin/node', '/opt/macula/cli.js'];
const imageMaker = fileURLToPath(new URL('../../../dist/images.js', import.meta.url));

export type User = NonNullable<MachineRunOptions['user']>;

export function macula(machine: Machine, line: string, user: User = 'root'): Promise<Ended> {
  return machine.run([...program, ...line.split(' ')], { user });
}

export async function json(machine: Machine, line: string, user: User = 'root'): Promise<Record<string, unknown>> {
  const { stdout, stderr } = await macula(machine, `${line} --json`, user);
  try {
    return JSON.parse(stdout) as Record<string, unknown>;
  } catch (error) {
    throw new Error(`macula ${line} --json printed no JSON:\n${stdout}${stderr}`, { cause: error });
  }
}

// What is typed as soon as the words before it are on the screen.
export type Typed = readonly [after: string, keys: string];

const terminal = `
  place=$(mktemp -d) && cd "$place" && mkfifo keys && touch screen
  (script --quiet --return --flush --command "$1" screen <keys >/dev/null 2>&1; echo $? >code) &
  exec 3>keys
  shift
  while [ $# -gt 0 ]; do
    until grep -q -e "$1" screen; do [ -e code ] && break 2; sleep 0.05; done
    printf "$2" >&3
    shift 2
  done
  until [ -e code ]; do sleep 0.05; done
  cat screen
  exit "$(cat code)"
`;

// On a terminal of its own; what its screen showed comes on stdout. Keys are written as for printf.
export function maculaOnTerminal(machine: Machine, line: string, user: User, typed: readonly Typed[]): Promise<Ended> {
  return machine.run(['sh', '-c', terminal, 'sh', `${program.join(' ')} ${line}`, ...typed.flat()], {
    user,
    timeoutSeconds: 30,
  });
}

// Why there are none, or undefined. What is not in the cache is made by it, as stubs where that would take long.
export async function loadImages(machine: Machine): Promise<string | undefined> {
  if (!existsSync(imageMaker)) return `There is no ${imageMaker}`;
  // A path through /proc is followed by the kernel alone, so the engine has a door outside.
  const door = join(tmpdir(), `${machine.name}.sock`);
  const server = createServer((outside) => {
    const inside = connect(`${machine.root}/run/docker.sock`);
    outside.on('error', () => inside.destroy());
    inside.on('error', () => outside.destroy());
    outside.pipe(inside).pipe(outside);
  });
  await new Promise<void>((resolve) => server.listen(door, resolve));
  try {
    const make = ['env', `DOCKER_HOST=unix://${door}`, process.execPath, imageMaker, '--stubs'];
    const { code, stdout, stderr } = await runCommand(make, { timeoutSeconds: 280 });
    return code === 0 ? undefined : `The images of the stack could not be made:\n${stdout}${stderr}`;
  } finally {
    await new Promise((resolve) => server.close(resolve));
    rmSync(door, { force: true });
  }
}
