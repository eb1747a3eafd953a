// The whole stack on a test machine of its own, and a look at its containers past the app.
import { expect, type TestContext } from 'vitest';
import { loadImages, macula } from './command-line.ts';
import type { Machine } from './machine.ts';
import { type Setting, useMachine } from './use-machine.ts';

let missing: string | undefined;

// As useMachine, once a file; skips where the images cannot be had.
export function useStackMachine(
  prepare: (setting: Setting) => Promise<void> = async () => undefined,
): (context: TestContext) => Setting {
  const useIt = useMachine(async (setting) => {
    const { machine } = setting;
    await machine.enable('docker');
    missing = await loadImages(machine);
    if (missing !== undefined) return;
    await done(machine, 'up');
    await prepare(setting);
  });
  return (context) => {
    const setting = useIt(context);
    context.skip(missing !== undefined, missing);
    return setting;
  };
}

// What it printed, of a command that has to succeed.
export async function done(machine: Machine, line: string): Promise<string> {
  const { code, stdout, stderr } = await macula(machine, line);
  expect(code, `macula ${line}:\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

// Name -> which one it is and since when it runs: another one, or the same started anew, is not the same text.
export async function containersOf(machine: Machine): Promise<Readonly<Record<string, string>>> {
  const ids = (await machine.must(['docker', 'ps', '--all', '--quiet'])).split('\n').filter(Boolean);
  const format = '--format={{.Name}}\t{{.Id}} {{.State.StartedAt}}';
  const rows = (await machine.must(['docker', 'inspect', format, ...ids])).split('\n').filter(Boolean);
  return Object.fromEntries(rows.map((row) => row.slice(1).split('\t') as [string, string]));
}

// Names of those that are not what they were.
export function changedContainers(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.filter((name) => before[name] !== after[name]);
}

// Where this port is published: '127.0.0.3', '0.0.0.0', '[::]'.
export async function publishedAt(machine: Machine, port: number): Promise<readonly string[]> {
  const table = await machine.must(['ss', '-Hlnt', `sport = :${port}`]);
  const addresses = table.split('\n').flatMap((line) => line.trim().split(/\s+/)[3] ?? []);
  return addresses.map((address) => address.replace(/:\d+$/, '')).sort();
}

export async function hasGuard(machine: Machine): Promise<boolean> {
  return (await machine.run(['nft', 'list', 'table', 'inet', 'macula'])).code === 0;
}
