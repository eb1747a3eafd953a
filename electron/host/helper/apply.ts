// Makes a change so that it has either happened or not, whatever ends this process in between.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Applied, HostIntent, HostPlan } from '../protocol.ts';
import { type Convergence, converge, planOf, type Step } from './convergence.ts';
import { checkWritable, copyWhole, moveInPlace, readSafely, remove, sha256, writeLike } from './files.ts';
import { run } from './programs.ts';
import { Refused } from './refused.ts';
import { checkNeeds, render, timed } from './render.ts';
import {
  type FileRecord,
  imagePath,
  makeFolder,
  readState,
  type State,
  temporaryPath,
  tidy,
  writeState,
} from './state.ts';
import { isGuarded, namesProblem, resolveOthers, wrongNames } from './verify.ts';

async function look(state: State, intent: HostIntent): Promise<Convergence> {
  checkNeeds(intent);
  const { names, guard } = intent;
  const areNamesRight = names === undefined || (await wrongNames(names)).length === 0;
  const isGuardThere = guard === undefined || (await isGuarded(guard));
  return converge(state, intent, (group) => (group === 'guard' ? isGuardThere : areNamesRight));
}

export async function plan(intent: HostIntent): Promise<HostPlan> {
  return planOf(await look(readState(), intent));
}

export async function apply(verb: Applied['verb'], intent: HostIntent, expected: string | undefined): Promise<Applied> {
  const recovered = readState().pending !== undefined;
  if (recovered) goBack();
  tidy();
  const state = readState();
  const change = await look(state, intent);
  if (expected !== undefined && planOf(change).hash !== expected) {
    throw new Refused(
      'stale',
      'This machine is not as the preview saw it. Nothing was changed; look at the new preview',
    );
  }
  const isSame = change.commands.length === 0 && JSON.stringify(state.intent) === JSON.stringify(intent);
  if (change.steps.length > 0 || !isSame) await carryOut(state, intent, change);
  tidy();
  const kept = change.steps.filter((step) => step.change.action === 'keep');
  return {
    ok: true,
    verb,
    changed: change.steps.filter((step) => !kept.includes(step)).map((step) => step.change.path),
    kept: kept.map(({ change: { path, note = '' } }) => ({ path, why: note })),
    recovered,
  };
}

async function carryOut(state: State, intent: HostIntent, change: Convergence): Promise<void> {
  for (const step of change.steps) if (step.change.action !== 'keep') checkWritable(step.change.path);
  const setsNames = intent.names !== undefined && JSON.stringify(state.intent.names) !== JSON.stringify(intent.names);
  const others = setsNames ? await resolveOthers() : [];
  try {
    make(state, intent, change);
    const problem = setsNames ? await namesProblem(intent.names, others) : undefined;
    if (problem !== undefined) throw new Error(problem);
    if (intent.guard !== undefined && !(await isGuarded(intent.guard))) throw new Error('the guard is not in force');
    settle(intent, readState());
  } catch (error) {
    if (readState().pending !== undefined) goBack();
    tidy();
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (error instanceof Refused) throw error;
    const isFull = code === 'ENOSPC' || code === 'EDQUOT';
    throw new Refused(
      isFull ? 'disk-full' : 'rolled-back',
      `${isFull ? 'The disk is full' : message}. Everything was put back as it was`,
    );
  }
}

// To what the record says was so before the change that was cut off.
function goBack(): void {
  const state = readState();
  const change = converge(state, state.intent, () => false);
  make(state, state.intent, change);
  settle(state.intent, readState());
}

function make(state: State, intent: HostIntent, change: Convergence): void {
  const steps = change.steps.filter((step) => step.change.action !== 'keep');
  makeFolder();
  const folders = [
    ...new Set([...state.folders, ...steps.flatMap(({ change: { path } }) => missingFolders(dirname(path)))]),
  ];
  const files = steps.map((step) =>
    recordOf(
      step,
      state.files.find(({ path }) => path === step.change.path),
    ),
  );
  const others = state.files.filter(({ path }) => !files.some((file) => file.path === path));
  writeState({ ...state, pending: state.pending ?? intent, folders, files: [...others, ...files] });
  for (const folder of folders) if (!existsSync(folder)) mkdirSync(folder, { mode: 0o755 });
  for (const step of steps) prepare(step);
  for (const {
    change: { path, after },
  } of steps) {
    if (after === undefined) remove(path);
    else moveInPlace(temporaryPath(path), path);
  }
  for (const command of change.commands) run(timed(command, intent));
}

function prepare({ change: { path, after }, image }: Step): void {
  if (image !== undefined) copyWhole(imagePath(image), temporaryPath(path));
  else if (after !== undefined) writeLike(path, temporaryPath(path), after);
}

// Both what is there now and what will be counts as ours until the change is made.
function recordOf(
  { change: { path, before, after }, isBlock, origin }: Step,
  known: FileRecord | undefined,
): FileRecord {
  const written = [...(known?.written ?? []), ...(after === undefined ? [] : [sha256(after)])];
  if (origin === undefined) return { path, isBlock, before: known?.before ?? null, written };
  const name = randomBytes(8).toString('hex');
  if (origin === before) copyWhole(path, imagePath(name));
  else if (origin !== null) writeLike(path, imagePath(name), origin);
  return { path, isBlock, before: origin === null ? null : name, written };
}

// The change is made: only what is wanted stays on record, folders that are empty again go.
function settle(intent: HostIntent, state: State): void {
  const wanted = [...render(intent).values()].flatMap((group) => group.files);
  for (const { path } of state.files) remove(temporaryPath(path));
  const left = state.folders.toReversed().filter((folder) => !removeIfEmpty(folder));
  const files = state.files.flatMap((file) => {
    const own = wanted.find(({ path }) => path === file.path);
    const text = own?.isBlock ? (readSafely(file.path) ?? '') : own?.text;
    return text === undefined ? [] : [{ ...file, written: [sha256(text)] }];
  });
  writeState({ since: Date.now(), intent, files, folders: left.toReversed() });
}

function missingFolders(folder: string): readonly string[] {
  return existsSync(folder) ? [] : [...missingFolders(dirname(folder)), folder];
}

function removeIfEmpty(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return !existsSync(folder);
  }
}
