// The record of what was changed, in a folder that only root writes. Others may read it: the preview needs it.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { HostIntent } from '../protocol.ts';
import { checkFolder, moveInPlace, readSafely, remove, removeIfEmpty, writeLike } from './files.ts';

export interface FileRecord {
  readonly path: string;
  // The image of the file as it was before us; null where there was none.
  readonly before: string | null;
  // Hashes of the texts that are ours. Two while a change is under way: whichever is found there may be replaced.
  readonly written: readonly string[];
  readonly isBlock: boolean;
}

export interface State {
  readonly since: number;
  // What is set up.
  readonly intent: HostIntent;
  // What is being set up instead; more than one when runs were cut off. Parts of any may be in force.
  readonly pending?: readonly HostIntent[];
  readonly files: readonly FileRecord[];
  // That were not there before us, outermost first.
  readonly folders: readonly string[];
}

const folder = '/var/lib/macula-host';
const images = `${folder}/images`;
const stateFile = `${folder}/state.json`;
const nextFile = `${folder}/next.json`;
const nothing: State = { since: 0, intent: {}, files: [], folders: [] };

export const imagePath = (name: string): string => `${images}/${name}`;

// On its way to its place; conf-dir readers pass over names that begin with a dot.
export const temporaryPath = (path: string): string =>
  `${dirname(path)}/.${path.slice(dirname(path).length + 1)}.macula-host`;

export function readState(): State {
  const text = readSafely(stateFile);
  return text === undefined ? nothing : (JSON.parse(text) as State);
}

export function makeFolder(): void {
  checkFolder(images);
  mkdirSync(images, { recursive: true, mode: 0o755 });
}

// The one moment from which on something counts as so; an empty record is none.
export function writeState(state: State): void {
  if (state.pending === undefined && Object.keys(state.intent).length === 0) return remove(stateFile);
  writeLike(undefined, nextFile, JSON.stringify(state));
  moveInPlace(nextFile, stateFile);
}

// Lets go of what no record needs; of the whole folder once nothing is set up.
export function tidy(): void {
  if (!existsSync(folder)) return;
  const needed = new Set(readState().files.map((file) => file.before));
  const found = existsSync(images) ? readdirSync(images) : [];
  for (const name of found) if (!needed.has(name)) remove(imagePath(name));
  remove(nextFile);
  if (existsSync(stateFile)) return;
  removeIfEmpty(images);
  removeIfEmpty(folder);
}
