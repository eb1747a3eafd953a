// npm with the Node that runs this program, whatever the system's is.
import { delimiter, dirname } from 'node:path';
import { findProgram, run } from './run-command.ts';

interface NpmPlace {
  readonly folder: string;
  readonly log: string;
  readonly signal?: AbortSignal | undefined;
}

export async function missingNpm(): Promise<string | undefined> {
  return (await findProgram('npm')) ? undefined : 'it is built from npm packages, and there is no npm command here';
}

export function npmEnvironment(more: readonly string[] = []): Record<string, string> {
  return {
    PATH: [...more, dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
    npm_config_update_notifier: 'false',
    CI: 'true',
  };
}

export async function npm(args: readonly string[], { folder, log, signal }: NpmPlace): Promise<void> {
  await run({ program: 'npm', args, folder, environment: npmEnvironment(), log, signal });
}
