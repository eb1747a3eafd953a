// What has to change so that the machine is as the intent wants it. Reads only, the same for root and for others.
import { readFileSync } from 'node:fs';
import type { FileChange, HostIntent, HostPlan } from '../protocol.ts';
import { withBlock } from './block.ts';
import { readSafely, sha256 } from './files.ts';
import type { Command } from './programs.ts';
import { Refused } from './refused.ts';
import type { Group, OwnFile } from './group.ts';
import { render } from './render.ts';
import { type FileRecord, imagePath, type State } from './state.ts';

export interface Step {
  readonly change: FileChange;
  readonly isBlock: boolean;
  // Whether it is ours afterwards; otherwise it is left to the user.
  readonly isOurs: boolean;
  // The image that is put back, with all that belongs to it.
  readonly image?: string;
  // What an undo is to give back where the record has no image that holds it; null: no file.
  readonly origin?: string | null;
}

export interface Convergence {
  readonly steps: readonly Step[];
  readonly checks: readonly Command[];
  readonly commands: readonly Command[];
}

// `works` tells whether a group does what it is for: files alone do not show that.
export function converge(state: State, intent: HostIntent, works: (group: string) => boolean): Convergence {
  const wanted = render(intent);
  // All that may be in force: a change that was cut off may have come anywhere.
  const was = new Map([state.intent, ...(state.pending ?? [])].flatMap((each) => [...render(each)]));
  const files = [...wanted.values()].flatMap((group) => group.files);
  const recordOf = (path: string) => state.files.find((file) => file.path === path);
  const leaving = state.files.filter(({ path }) => !files.some((file) => file.path === path));
  const steps = [...files.flatMap((file) => settle(file, recordOf(file.path))), ...leaving.flatMap(takeBack)];
  const isDone = ([name, group]: readonly [string, Group]): boolean =>
    state.pending === undefined &&
    JSON.stringify(was.get(name)) === JSON.stringify(group) &&
    !group.files.some(({ path }) => steps.some(({ change }) => change.path === path)) &&
    works(name);
  const down = [...was].filter(([name]) => !wanted.has(name)).flatMap(([, group]) => group.down);
  const open = [...wanted].filter((entry) => !isDone(entry)).map(([, group]) => group);
  return {
    steps,
    checks: open.flatMap(({ checks = [] }) => checks),
    commands: [...down, ...open.flatMap(({ up }) => up)],
  };
}

function settle({ path, text, isBlock = false }: OwnFile, record: FileRecord | undefined): readonly Step[] {
  const before = readSafely(path);
  const wasOurs = before !== undefined && record?.written.includes(sha256(before)) === true;
  const after = isBlock ? withBlock(before ?? '', text, path) : text;
  if (record !== undefined && before === after) return [];
  if (!isBlock && !wasOurs && before !== undefined && before !== text) {
    throw new Refused(
      'foreign-file',
      `${path} is not as Macula wrote it, or not Macula's at all. Move it away and try again`,
    );
  }
  const change: FileChange = { path, action: 'create', after };
  if (before === undefined) return [{ change, isBlock, isOurs: true, origin: null }];
  // What others changed since we wrote it is theirs: an undo gives that back, not what was before us.
  const origin = wasOurs ? {} : { origin: isBlock ? withBlock(before, '', path) : null };
  return [{ change: { ...change, action: 'change', before }, isBlock, isOurs: true, ...origin }];
}

function takeBack({ path, isBlock, written, before: image }: FileRecord): readonly Step[] {
  const step = (change: Omit<FileChange, 'path'>, more: Partial<Step> = {}): readonly Step[] => [
    { change: { path, ...change }, isBlock, isOurs: false, ...more },
  ];
  try {
    const before = readSafely(path);
    if (before === undefined) return [];
    if (written.includes(sha256(before))) {
      if (image === null) return step({ action: 'delete', before });
      return step({ action: 'restore', before, after: readFileSync(imagePath(image), 'latin1') }, { image });
    }
    if (image !== null && readFileSync(imagePath(image), 'latin1') === before) return [];
    if (!isBlock) return step({ action: 'keep', note: 'It was edited since and stays as it is' });
    const after = withBlock(before, '', path);
    if (after === before) return [];
    return step({ action: 'change', before, after, note: "It was edited since: only Macula's lines go" });
  } catch (error) {
    if (error instanceof Refused) return step({ action: 'keep', note: error.message });
    throw error;
  }
}

export function planOf({ steps, commands }: Convergence): HostPlan {
  const changes = steps.map((step) => step.change);
  const shown = commands.map(
    ({ program, args, input }) => [program, ...args].join(' ') + (input === undefined ? '' : ` <\n${input}`),
  );
  return { changes, commands: shown, hash: sha256(JSON.stringify([changes, shown])) };
}
