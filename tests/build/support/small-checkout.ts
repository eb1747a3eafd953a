import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A checkout with the bootstrap and one program that counts as built; nothing of it needs packages. */
export interface SmallCheckout {
  readonly folder: string;
  start(args: readonly string[], options?: { readonly detached?: boolean }): ChildProcess;
  run(args: readonly string[], input?: string): Promise<Ended>;
  write(path: string, text: string): void;
  remove(): void;
}

export function makeSmallCheckout(program: string): SmallCheckout {
  const folder = mkdtempSync(join(tmpdir(), 'macula-checkout-'));
  for (const path of [
    'build/bootstrap.mjs',
    'build/bootstrap',
    'build/targets.mjs',
    'package.json',
    'package-lock.json',
  ]) {
    cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('electron/cli.ts', '// the source\n');
  write('dist/cli.js', program);
  const record = `
    const { fingerprint, recordBuild } = await import('${folder}/build/bootstrap/freshness.mjs');
    const { targets } = await import('${folder}/build/targets.mjs');
    for (const target of targets) recordBuild(target, fingerprint(target));
  `;
  execFileSync(process.execPath, ['--input-type=module', '--eval', record]);
  const start = (args: readonly string[], options = {}) =>
    spawn(process.execPath, [join(folder, 'build/bootstrap.mjs'), ...args], options);
  return {
    folder,
    start,
    async run(args, input = '') {
      const child = start(args);
      let [stdout, stderr] = ['', ''];
      child.stdout?.on('data', (chunk) => (stdout += chunk));
      child.stderr?.on('data', (chunk) => (stderr += chunk));
      child.stdin?.end(input);
      return new Promise((resolve) => {
        child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
      });
    },
    write,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
