// Prometheus' own web pages. Its module holds their sources; the compiled pages are not in it.
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Go } from './go-toolchain.ts';
import { npm, npmEnvironment } from './npm.ts';
import { run } from './run-command.ts';

const pnpm = 'pnpm@10.34.9';

// Goes into the recipe's hash.
export const prometheusUiRevision = `ui 1 ${pnpm}`;

export async function embedPrometheusUi(
  go: Go,
  moduleFolder: string,
  work: string,
  log: string,
  signal?: AbortSignal,
): Promise<void> {
  const sources = join(work, 'prometheus');
  await cp(moduleFolder, sources, { recursive: true });
  await run({ program: 'chmod', args: ['-R', 'u+w', sources], log, signal });
  const ui = join(sources, 'web', 'ui');
  await compile(ui, join(work, 'pnpm'), log, signal);
  await embed(ui);
  await go.replace('github.com/prometheus/prometheus', './prometheus');
}

async function compile(ui: string, tool: string, log: string, signal?: AbortSignal): Promise<void> {
  await mkdir(tool, { recursive: true });
  await npm(['install', '--prefix', tool, '--no-audit', '--no-fund', '--ignore-scripts', pnpm], {
    folder: tool,
    log,
    signal,
  });
  const bin = join(tool, 'node_modules', '.bin');
  const environment = npmEnvironment([bin]);
  const step = (folder: string, ...args: string[]) =>
    run({ program: join(bin, 'pnpm'), args, folder, environment, log, signal });
  await step(ui, 'install', '--frozen-lockfile', '--ignore-scripts', '--filter', '@prometheus-io/mantine-ui...');
  await step(ui, '--filter', '@prometheus-io/lezer-promql', 'run', 'build');
  await step(ui, '--filter', '@prometheus-io/codemirror-promql', 'run', 'build');
  // Without the type check that their own build does first.
  await step(join(ui, 'mantine-ui'), 'exec', 'vite', 'build');
}

// As their release does it: every file compressed, and a list of them for the compiler.
async function embed(ui: string): Promise<void> {
  const pages = join(ui, 'mantine-ui', 'dist');
  const found = await readdir(pages, { recursive: true, withFileTypes: true });
  const names = found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(pages.length + 1));
  if (names.length === 0) throw new Error('The web pages came out empty.');
  const embedded: string[] = [];
  for (const name of names.sort()) {
    const place = `static/mantine-ui/${name}.gz`;
    await mkdir(dirname(join(ui, place)), { recursive: true });
    await writeFile(join(ui, place), await promisify(gzip)(await readFile(join(pages, name)), { level: 9 }));
    embedded.push(place);
  }
  const template = await readFile(join(ui, 'embed.go.tmpl'), 'utf8');
  await writeFile(join(ui, 'embed.go'), `${template}//go:embed ${embedded.join(' ')}\nvar EmbedFS embed.FS\n`);
}
