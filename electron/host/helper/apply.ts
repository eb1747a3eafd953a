// Makes a change so that it has either happened or not, whatever ends this process in between.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Applied, HostIntent, HostPlan } from '../protocol.ts';
import { type Convergence, converge, planOf, type Step } from './convergence.ts';
import {
  checkWritable,
  copyWhole,
  moveInPlace,
  readSafely,
  remove,
  removeIfEmpty,
  sha256,
  writeLike,
} from './files.ts';
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
  // What is to be refused comes first: asking for names is something that a pipe in place of a file can hold up.
  converge(state, intent, () => true);
  const { names, guard } = intent;
  // Before they are set up nobody is asked for them: the question would go out to the resolvers of the Internet.
  const setUp = state.intent.names?.names.map(({ host }) => host) ?? [];
  const areSetUp = names?.names.every(({ host }) => setUp.includes(host)) === true;
  const areNamesRight = names === undefined || (areSetUp && (await wrongNames(names)).length === 0);
  const isGuardThere = guard === undefined || (await isGuarded(guard));
  return converge(state, intent, (group) => (group === 'guard' ? isGuardThere : areNamesRight));
}

export async function plan(intent: HostIntent): Promise<HostPlan> {
  return planOf(await look(readState(), intent));
}

// What a run that was cut off left is a machine like any other: from there it goes on to what is wanted now.
export async function apply(verb: Applied['verb'], intent: HostIntent, expected: string | undefined): Promise<Applied> {
  tidy();
  const state = readState();
  const recovered = state.pending !== undefined;
  const change = await look(state, intent);
  if (expected !== undefined && planOf(change).hash !== expected) throw stale();
  const isSame = change.commands.length === 0 && JSON.stringify(state.intent) === JSON.stringify(intent);
  if (change.steps.length > 0 || !isSame || recovered) {
    await carryOut(state, intent, change);
  }
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

const stale = (): Refused =>
  new Refused('stale', 'This machine is not as the preview saw it. Nothing was changed; look at the new preview');

async function carryOut(state: State, intent: HostIntent, change: Convergence): Promise<void> {
  for (const step of change.steps) if (step.change.action !== 'keep') checkWritable(step.change.path);
  const setsNames = intent.names !== undefined && JSON.stringify(state.intent.names) !== JSON.stringify(intent.names);
  const others = setsNames ? await resolveOthers() : [];
  try {
    for (const command of change.checks) run(command);
    place(state, intent, change);
    for (const command of change.commands) run(timed(command, intent));
    const problem = setsNames ? await namesProblem(intent.names, others) : undefined;
    if (problem !== undefined) throw new Error(problem);
    if (intent.guard !== undefined && !(await isGuarded(intent.guard))) throw new Error('the guard is not in force');
    settle(intent);
  } catch (error) {
    const failed = goBack();
    if (error instanceof Refused && failed === '') throw error;
    const { message } = error as Error;
    const isFull = /^(ENOSPC|EDQUOT)|No space left|Disk quota/.test(message);
    throw new Refused(
      isFull ? 'disk-full' : 'rolled-back',
      `${isFull ? 'The disk is full' : message}. ${failed === '' ? 'Everything was put back as it was' : failed}`,
    );
  }
}

// To what the record says was so before the change. What cannot be put back now is put back by the next run.
function goBack(): string {
  const problems: string[] = [];
  const attempt = (work: () => unknown): void => {
    try {
      work();
    } catch (error) {
      problems.push((error as Error).message);
    }
  };
  attempt(() => {
    const state = readState();
    if (state.pending === undefined) return;
    const change = converge(state, state.intent, () => false);
    place(state, state.intent, change);
    for (const command of change.commands) attempt(() => run(timed(command, state.intent)));
    settle(state.intent);
  });
  attempt(tidy);
  return problems.length === 0 ? '' : `Not everything could be put back: ${problems.join('; ')}`;
}

function place(state: State, intent: HostIntent, change: Convergence): void {
  const steps = change.steps.filter((step) => step.change.action !== 'keep');
  makeFolder();
  const missing = new Set(
    steps.flatMap(({ change: { path, after } }) => (after === undefined ? [] : missingFolders(dirname(path)))),
  );
  const records = steps.map((step) =>
    recordOf(
      step,
      state.files.find(({ path }) => path === step.change.path),
    ),
  );
  const others = state.files.filter(({ path }) => !records.some((file) => file.path === path));
  writeState({
    ...state,
    pending: [...(state.pending ?? []), intent],
    folders: [...new Set([...state.folders, ...missing])],
    files: [...others, ...records],
  });
  for (const folder of missing) mkdirSync(folder, { mode: 0o755 });
  for (const step of steps) prepare(step);
  for (const { change: step } of steps) {
    // An editor may have been quicker.
    if (readSafely(step.path) !== step.before) throw stale();
    if (step.after === undefined) remove(step.path);
    else moveInPlace(temporaryPath(step.path), step.path);
  }
}

function prepare({ change: { path, after }, image }: Step): void {
  if (image !== undefined) copyWhole(imagePath(image), temporaryPath(path));
  else if (after !== undefined) writeLike(path, temporaryPath(path), after);
}

// Both what is there now and what will be counts as ours until the change is made; never what is left to the user.
function recordOf({ change, isBlock, isOurs, origin }: Step, known: FileRecord | undefined): FileRecord {
  const { path, before, after } = change;
  const written = [...(known?.written ?? []), ...(isOurs && after !== undefined ? [sha256(after)] : [])];
  if (origin === undefined) return { path, isBlock, before: known?.before ?? null, written };
  const name = randomBytes(8).toString('hex');
  if (origin === before) copyWhole(path, imagePath(name));
  else if (origin !== null) writeLike(path, imagePath(name), origin);
  return { path, isBlock, before: origin === null ? null : name, written };
}

// The change is made: only what is wanted stays on record, folders that are empty again go.
function settle(intent: HostIntent): void {
  const state = readState();
  const wanted = [...render(intent).values()].flatMap((group) => group.files);
  for (const { path } of state.files) remove(temporaryPath(path));
  const folders = state.folders.toReversed().filter((folder) => !removeIfEmpty(folder));
  const files = state.files
    .filter(({ path }) => wanted.some((own) => own.path === path))
    .map((file) => ({ ...file, written: lastWritten(file) }));
  writeState({ since: Date.now(), intent, files, folders: folders.toReversed() });
}

// Not simply what is there now: somebody may have edited it meanwhile.
function lastWritten({ path, written }: FileRecord): readonly string[] {
  const now = sha256(readSafely(path) ?? '');
  return written.includes(now) ? [now] : written.slice(-1);
}

function missingFolders(folder: string): readonly string[] {
  return existsSync(folder) ? [] : [...missingFolders(dirname(folder)), folder];
}
