// The content of one layer, gathered path by path. Folders that nobody named belong to root.
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { TarEntry } from './tar.ts';

export interface Owner {
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
}

export class Tree {
  readonly #entries = new Map<string, TarEntry>();

  folder(path: string, owner: Owner = {}): this {
    return this.#put({ kind: 'folder', ...attributes(path, owner, 0o755) });
  }

  file(path: string, content: string | Uint8Array, owner: Owner = {}): this {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    return this.#put({ kind: 'file', content: bytes, ...attributes(path, owner, 0o644) });
  }

  link(path: string, target: string): this {
    return this.#put({ kind: 'link', target, ...attributes(path, {}, 0o777) });
  }

  async copyFile(from: string, path: string, owner: Owner = {}): Promise<this> {
    const found = await lstat(from);
    const mode = found.mode & 0o111 ? 0o755 : 0o644;
    return this.#put({ kind: 'file', content: { file: from, size: found.size }, ...attributes(path, owner, mode) });
  }

  // Everything below `from`; `rename` says where a path relative to it goes, or that it stays out.
  async copyFolder(from: string, rename: (relative: string) => string | undefined): Promise<this> {
    for (const relative of await filesBelow(from)) {
      const path = rename(relative);
      if (path === undefined) continue;
      const source = join(from, relative);
      if ((await lstat(source)).isSymbolicLink()) this.link(path, await readlink(source));
      else await this.copyFile(source, path);
    }
    return this;
  }

  // Something lies below the folder.
  has(folder: string): boolean {
    return [...this.#entries.keys()].some((path) => path.startsWith(`${folder}/`));
  }

  entries(): TarEntry[] {
    const all = new Map(this.#entries);
    for (const path of this.#entries.keys()) {
      for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
        const parent = path.slice(0, slash);
        if (!all.has(parent)) all.set(parent, { kind: 'folder', ...attributes(parent, {}, 0o755) });
      }
    }
    return [...all.values()];
  }

  #put(entry: TarEntry): this {
    this.#entries.set(entry.path, entry);
    return this;
  }
}

function attributes(path: string, owner: Owner, mode: number) {
  const clean = path.replace(/^\/+|\/+$/g, '');
  return { path: clean, mode: owner.mode ?? mode, uid: owner.uid ?? 0, gid: owner.gid ?? 0 };
}

async function filesBelow(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
