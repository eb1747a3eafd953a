// Ends a service's program or its container in the middle of its work, and brings it back.
import { readFile } from 'node:fs/promises';
import { askEngine } from '../../e2e/engine-api.ts';
import { waitUntil } from '../../e2e/wait-until.ts';

interface Inspected {
  readonly State: { readonly Pid: number; readonly Running: boolean };
}

async function inspect(container: string): Promise<Inspected['State']> {
  return ((await askEngine('GET', `/containers/${container}/json`)) as Inspected).State;
}

// Whether the engine's processes are not this machine's.
export async function isElsewhere(): Promise<boolean> {
  const { Pid } = await inspect('macula-nginx-ingress');
  try {
    return !/nginx/.test(await readFile(`/proc/${Pid}/cmdline`, 'utf8'));
  } catch {
    return true;
  }
}

export async function processOf(container: string): Promise<number | undefined> {
  const { Pid, Running } = await inspect(container);
  return Running && Pid > 0 ? Pid : undefined;
}

export async function killByEngine(container: string): Promise<void> {
  await askEngine('POST', `/containers/${container}/kill?signal=KILL`);
}

export async function untilRunsAnew(container: string, formerPid: number): Promise<void> {
  await waitUntil(
    `${container} runs again`,
    async () => {
      const { Pid, Running } = await inspect(container);
      return Running && Pid !== formerPid ? true : undefined;
    },
    60,
  );
}

export async function untilReady(url: string): Promise<void> {
  await waitUntil(`${url} is ready`, async () => ((await fetch(url)).ok ? true : undefined), 60);
}
