import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const packages = ['electron', 'dockerode', 'valibot', 'react', 'node:fs', 'electron-store', 'uqr'];
const files = ['electron/main.ts', 'electron/preload.ts', 'electron/cli.ts'];
const folders = ['core', 'contract', 'engine', 'host', 'runtime', 'shell', 'cli'].map((name) => `electron/${name}`);
const all = [...folders, ...files, 'renderer', ...packages];

// The table of the design: what each part may import besides itself.
const may: Readonly<Record<string, readonly string[]>> = {
  'electron/core': [],
  'electron/contract': ['electron/core', 'valibot'],
  'electron/engine': ['electron/core', 'dockerode', 'node:fs'],
  'electron/host': ['electron/core', 'node:fs'],
  'electron/runtime': ['electron/core', 'node:fs'],
  'electron/shell': ['electron/core', 'electron/contract', 'electron/runtime', 'electron', 'node:fs'],
  'electron/cli': ['electron/core', 'electron/runtime', 'electron/engine', 'electron/host', 'node:fs'],
  renderer: ['electron/core', 'electron/contract', 'react'],
  // Draws QR codes.
  'renderer/host': ['renderer', 'electron/core', 'electron/contract', 'react', 'uqr'],
  'electron/main.ts': [
    ...folders.filter((folder) => folder !== 'electron/cli'),
    'electron',
    'electron-store',
    'node:fs',
  ],
  'electron/cli.ts': [...folders.filter((folder) => folder !== 'electron/shell'), 'node:fs'],
  'electron/preload.ts': ['electron/core', 'electron/contract', 'electron'],
};

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'macula-layers-'));
  await cp(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** @returns the module specifiers that the linter refuses in a file with this text */
async function refused(path: string, text: string): Promise<string[]> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  const printed = await new Promise<string>((resolve) => {
    execFile(join(root, 'node_modules/.bin/oxlint'), ['--format=json', path], { cwd: folder }, (_error, stdout) =>
      resolve(stdout),
    );
  });
  const { diagnostics } = JSON.parse(printed) as { diagnostics: { message: string; code: string }[] };
  return diagnostics
    .filter((diagnostic) => diagnostic.code === 'eslint(no-restricted-imports)')
    .flatMap((diagnostic) => /^'([^']+)'/.exec(diagnostic.message)?.[1] ?? [])
    .sort();
}

/** How a file in one part names a file in another. */
function specifier(from: string, to: string): string {
  if (packages.includes(to)) return to;
  const depth = from.endsWith('.ts') ? 1 : from.split('/').length;
  const target = to.endsWith('.ts') ? to : `${to}/thing.ts`;
  const isSibling = from.startsWith('electron/') && target.startsWith('electron/');
  if (!isSibling) return `${'../'.repeat(depth)}${target}`;
  const inside = target.slice('electron/'.length);
  return depth === 1 ? `./${inside}` : `${'../'.repeat(depth - 1)}${inside}`;
}

test.each(Object.keys(may))('%s imports what the design allows, and nothing else', async (part) => {
  const others = all.filter((other) => other !== part);
  const file = part.endsWith('.ts') ? part : `${part}/probe.ts`;
  const text = others.map((other, index) => `import * as part${index} from '${specifier(part, other)}';`).join('\n');
  const wrong = others.filter((other) => !may[part]?.includes(other)).map((other) => specifier(part, other));
  expect(await refused(file, text)).toEqual(wrong.sort());
});

test('types, re-exports and later imports are refused like any other', async () => {
  const text = `
    import type { One } from '../engine/one.ts';
    export { two } from '../engine/two.ts';
    export const three = () => import('../engine/three.ts');
    export type Four = import('electron').App & One;
  `;
  const found = await refused('electron/runtime/forms.ts', text);
  expect(found).toEqual(['../engine/one.ts', '../engine/three.ts', '../engine/two.ts']);
});

test('runtime may name the types of the contract, but not run it', async () => {
  const text = `
    import type { Commands } from '../contract/types.ts';
    import { parse } from '../contract/parse.ts';
    export const use = (commands: Commands) => parse(commands);
  `;
  expect(await refused('electron/runtime/contract.ts', text)).toEqual(['../contract/parse.ts']);
});

test('a part below a part reaches its own folder and no entry file', async () => {
  const text = `import '../settings.ts'; import '../../main.ts'; import '../../engine/observe.ts';`;
  expect(await refused('electron/core/catalog/deep.ts', text)).toEqual(['../../engine/observe.ts', '../../main.ts']);
});

test("core's own folder of that name is not the host layer", async () => {
  expect(await refused('electron/core/flat.ts', `import './host/view.ts'; import '../host/port.ts';`)).toEqual([
    '../host/port.ts',
  ]);
  const deep = `import '../host/view.ts'; import '../../host/port.ts';`;
  expect(await refused('electron/core/doctor/deep.ts', deep)).toEqual(['../../host/port.ts']);
  const runtime = `import '../core/host/view.ts'; import '../host/port.ts';`;
  expect(await refused('electron/runtime/host-use.ts', runtime)).toEqual(['../host/port.ts']);
});

test('elsewhere only Electron and the engine client are closed', async () => {
  const text = `import 'electron'; import 'dockerode'; import 'vite'; import '../electron/engine/connect.ts';`;
  expect(await refused('build/probe.ts', text)).toEqual(['dockerode', 'electron']);
});

test('every folder of the application has a place in the table', async () => {
  const entries = await readdir(join(root, 'electron'), { withFileTypes: true });
  const found = entries.filter((entry) => entry.isDirectory()).map((entry) => `electron/${entry.name}`);
  expect(found.filter((name) => may[name] === undefined)).toEqual([]);
});
