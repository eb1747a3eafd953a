// Templates of the user's own: files below one folder, at the paths of the app's templates that they replace.
import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { TemplateOverride } from '../core/desired.ts';
import { nearest } from '../core/nearest.ts';
import { refusalFile } from './refusal-file.ts';
import type { ExportResult, OverrideReading, OverrideSource, StrayFile } from './runtime-parts.ts';

const mostBytes = 1_000_000;

// Below the directory of the settings; the folder need not be there.
export function overrideFolder(directory: string): OverrideSource {
  const folder = join(directory, 'templates');
  return {
    folder,
    read: (templates) => readFolder(folder, templates),
    write: (template, text) => writeNew(join(folder, template), text),
    ...refusalFile(join(directory, 'refused-templates.json')),
  };
}

function readFolder(folder: string, templates: readonly string[]): OverrideReading {
  const overrides: Record<string, TemplateOverride> = {};
  const strays: StrayFile[] = [];
  const entriesOf = (path: string): readonly Dirent[] => {
    try {
      return readdirSync(join(folder, path), { withFileTypes: true });
    } catch (error) {
      // Most users have no such folder.
      const isAbsent = path === '' && codeOf(error) === 'ENOENT';
      if (!isAbsent) strays.push({ path, problem: `It cannot be read: ${reason(error)}.` });
      return [];
    }
  };
  const walk = (parent: string): void => {
    for (const entry of entriesOf(parent)) {
      const path = parent === '' ? entry.name : `${parent}/${entry.name}`;
      // What editors and version control leave behind.
      if (/^\.|~$/.test(entry.name)) continue;
      if (templates.includes(path)) overrides[path] = readOverride(join(folder, path), entry);
      else if (!templates.some((template) => template.startsWith(`${path}/`))) {
        strays.push({ path, problem: `No template has this name.${suggestion(path, templates)}` });
      } else if (entry.isDirectory()) walk(path);
      else strays.push({ path, problem: `It is ${kindOf(entry)} where a folder belongs.` });
    }
  };
  walk('');
  return { overrides, strays };
}

function readOverride(path: string, entry: Dirent): TemplateOverride {
  const unusable = (problem: string): TemplateOverride => ({ text: '', problem });
  if (!entry.isFile()) return unusable(`It is ${kindOf(entry)} where a file belongs.`);
  try {
    // Whatever took its place in between is neither followed nor waited for.
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      if (fstatSync(file).size > mostBytes) return unusable('It is larger than 1 MB.');
      return { text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)) };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return unusable(error instanceof TypeError ? 'It is no text in UTF-8.' : `It cannot be read: ${reason(error)}.`);
  }
}

function writeNew(path: string, text: string): ExportResult {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  } catch (error) {
    return { kind: 'failed', path, detail: reason(error) };
  }
  let file: number;
  try {
    file = openSync(path, 'wx');
  } catch (error) {
    return codeOf(error) === 'EEXIST' ? { kind: 'exists', path } : { kind: 'failed', path, detail: reason(error) };
  }
  try {
    writeFileSync(file, text);
    // Some disks tell only then that they are full.
    fsyncSync(file);
    return { kind: 'written', path };
  } catch (error) {
    // Half a file would count as the user's own.
    rmSync(path, { force: true });
    return { kind: 'failed', path, detail: reason(error) };
  } finally {
    closeSync(file);
  }
}

function suggestion(path: string, templates: readonly string[]): string {
  const base = (of: string): string => of.slice(of.lastIndexOf('/') + 1);
  const meant = nearest(path, templates) ?? templates.find((template) => base(template) === base(path));
  return meant === undefined ? '' : ` Did you mean "${meant}"?`;
}

function kindOf(entry: Dirent): string {
  if (entry.isDirectory()) return 'a folder';
  if (entry.isSymbolicLink()) return 'a symbolic link';
  return entry.isFile() ? 'a file' : 'neither file nor folder, but something else,';
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function reason(error: unknown): string {
  return codeOf(error) ?? String(error);
}
