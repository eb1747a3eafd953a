// Where the root program is, and whether it is safe to run it as root.
import { createHash } from 'node:crypto';
import { accessSync, constants, createReadStream, existsSync, lstatSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export interface HelperPlace {
  // The program and its arguments.
  readonly argv: readonly string[];
  // Of a package, and so for everybody on this machine; a checkout's belongs to whoever works on it.
  readonly isPackaged: boolean;
  // Why it is not to be run.
  readonly problem?: string;
}

export interface HelperSearch {
  // Of the bundle that runs now.
  readonly bundleFolder: string;
  readonly executable: string;
  // An Electron cannot run the root program: its run-as-node is switched off.
  readonly isElectron: boolean;
  readonly searchPath: string;
  readonly packaged?: string;
}

const packagedPath = '/usr/lib/macula-host/macula-host';

export function findHelper(search: HelperSearch): HelperPlace {
  const bundle = besideBundle(search.bundleFolder);
  if (bundle !== undefined) {
    const node = search.isElectron ? findNode(search.searchPath) : search.executable;
    const problem = 'The root program of a checkout needs a Node on the PATH, and there is none.';
    return { argv: [node ?? 'node', bundle], isPackaged: false, ...(node === undefined ? { problem } : {}) };
  }
  const path = search.packaged ?? packagedPath;
  const problem = unsafeWords(path);
  return { argv: [path], isPackaged: true, ...(problem === undefined ? {} : { problem }) };
}

// Parts of a bundle that are loaded later lie in a folder of their own beside it.
function besideBundle(folder: string): string | undefined {
  const folders = basename(folder).endsWith('-parts') ? [dirname(folder)] : [folder];
  return folders.map((each) => join(each, 'helper.js')).find((file) => existsSync(file));
}

function findNode(searchPath: string): string | undefined {
  const folders = searchPath.split(':').filter((folder) => folder.startsWith('/'));
  return folders.map((folder) => join(folder, 'node')).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// Whoever can exchange the file or a folder above it would get to be root with it.
function unsafeWords(path: string): string | undefined {
  const file = lstatSync(path, { throwIfNoEntry: false });
  if (file === undefined) return `The root program is not installed (${path}): it comes with the package.`;
  if (!file.isFile()) return `${path} is no regular file, and so not run as root.`;
  for (let each = path; ; each = dirname(each)) {
    const stats = lstatSync(each);
    if (stats.uid !== 0 || (stats.mode & 0o022) !== 0 || stats.isSymbolicLink()) {
      return `${each} can be changed by others than root: ${path} is not run as root.`;
    }
    if (each === '/') return undefined;
  }
}

// Where it is known which root program this app was made with: a newer or older one is another program.
export async function mismatchWords(path: string, expected: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex') === expected
    ? undefined
    : `${path} is not the one that this Macula was made with: install the whole package again.`;
}
