// The record of what was changed, in a folder that only root writes. Others may read it: the preview needs it.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { HostIntent } from '../protocol.ts';
import { moveInPlace, remove, writeLike } from './files.ts';

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
  // What is being set up instead. A run that finds this goes back to `intent` first: the one before it was cut off.
  readonly pending?: HostIntent;
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
  return existsSync(stateFile) ? (JSON.parse(readFileSync(stateFile, 'utf8')) as State) : nothing;
}

export function makeFolder(): void {
  mkdirSync(images, { recursive: true, mode: 0o755 });
}

// The one moment from which on something counts as so; an empty record is none.
export function writeState(state: State): void {
  if (state.pending === undefined && Object.keys(state.intent).length === 0) return remove(stateFile);
  writeLike(stateFile, nextFile, JSON.stringify(state));
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
  if (existsSync(images)) rmdirSync(images);
  rmdirSync(folder);
}
