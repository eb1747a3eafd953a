// The stack with its real programs, as the command line brings it up, with settings of the tests' own.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, type TestContext } from 'vitest';
import { macula, settingsFolder } from '../../cli/support/macula.ts';
import { missingForStack, removeStack, requireNoStack } from '../../e2e/engine-api.ts';
import { missingPrograms } from './programs.ts';

interface Wanted {
  // Without one of these as it really is, nothing is brought up and every test is skipped.
  readonly real: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  // So long it has been up before the first test begins.
  readonly upForSeconds?: number;
}

// Call once at the top of a file; what it returns skips a test where the stack cannot run.
export function useRealStack({ real, settings = {}, upForSeconds = 0 }: Wanted): (context: TestContext) => void {
  let missing: string | undefined = 'the stack was not looked for';
  beforeAll(async () => {
    missing = (await missingForStack()) ?? (await missingPrograms(real));
    if (missing !== undefined) return;
    await requireNoStack();
    writeSettings(settings);
    await done(['up']);
    await sleep(upForSeconds * 1000);
  });
  afterAll(async () => {
    if (missing === undefined) await removeStack();
  });
  return (context) => context.skip(missing !== undefined, missing);
}

export function writeSettings(settings: Readonly<Record<string, unknown>>): void {
  mkdirSync(settingsFolder, { recursive: true });
  writeFileSync(join(settingsFolder, 'settings.json'), JSON.stringify(settings));
}

// A command that has to succeed.
export async function done(args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await macula(args);
  if (code !== 0) throw new Error(`macula ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
}

// Whatever comes of the work, the service is up again afterwards.
export async function whileStopped(service: string, work: () => Promise<void>): Promise<void> {
  try {
    await done(['stop', service]);
    await work();
  } finally {
    await done(['up', service]);
  }
}
