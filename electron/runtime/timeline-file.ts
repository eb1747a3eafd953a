// What happened, in files below the settings: they outlive the app, and the app and the command line add to them alike.
// None of it is precious: what cannot be read is as if it were not there.
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { keptMilliseconds } from '../core/timeline-changes.ts';
import { parseChange, parseUp } from '../core/timeline-parse.ts';
import type { StateChange, UpTimeline } from '../core/timeline.ts';
import type { TimelineStore } from './runtime-parts.ts';

const current = 'state-changes.jsonl';
// Full parts, oldest first by their names.
const fullPart = /^state-changes\.\d{14}-[0-9]+-[0-9]+\.jsonl$/;
const fullBytes = 256 * 1024;
// Of all full parts: some 5,000 changes with long reasons.
const mostBytes = 8 * fullBytes;
const lookAtAgeMilliseconds = 60 * 60 * 1000;

// Of this process, so that no two full parts have the same name, also within a millisecond.
let turns = 0;

export interface TimelineFileOptions {
  // Below the settings' directory; made when there is something to remember.
  readonly folder: string;
  readonly now?: () => number;
  readonly isAlive?: (processId: number) => boolean;
}

export function timelineFile({ folder, now = Date.now, isAlive = isProcess }: TimelineFileOptions): TimelineStore {
  const upPath = join(folder, 'last-up.json');
  const changesPath = join(folder, current);
  let seen: { readonly stamp: string; readonly changes: readonly StateChange[] } | undefined;
  let ageSeenAt = Number.NEGATIVE_INFINITY;

  // Whoever still holds the old name open adds to the renamed file, which is read as well: nothing is lost, whoever
  // turns over at the same moment.
  function turnOver(): void {
    turns += 1;
    const name = `state-changes.${String(Math.round(now())).padStart(14, '0')}-${process.pid}-${String(turns).padStart(6, '0')}.jsonl`;
    try {
      renameSync(changesPath, join(folder, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    let bytes = 0;
    for (const part of namesIn(folder).toReversed()) {
      if (!fullPart.test(part)) continue;
      bytes += statSync(join(folder, part), { throwIfNoEntry: false })?.size ?? 0;
      // It was full at the time that its name says.
      const isOver = Number(part.slice(14, 28)) < now() - keptMilliseconds;
      if (isOver || bytes > mostBytes) rmSync(join(folder, part), { force: true });
    }
  }

  function isFull(): boolean {
    const size = statSync(changesPath, { throwIfNoEntry: false })?.size ?? 0;
    if (size >= fullBytes) return true;
    if (size === 0 || now() - ageSeenAt < lookAtAgeMilliseconds) return false;
    ageSeenAt = now();
    const first = changesIn(beginningOf(changesPath))[0];
    return first === undefined || first.at < now() - keptMilliseconds;
  }

  return {
    lastUp() {
      const kept = readJson(upPath);
      const up = parseUp(kept);
      if (up === undefined || up.outcome !== 'running') return up;
      const { process: writer } = kept as { readonly process?: unknown };
      const isKnown = typeof writer === 'number' && Number.isSafeInteger(writer);
      const isUnderWay = isKnown && !isOfEarlierBoot(upPath) && isAlive(writer);
      return isUnderWay ? up : interrupted(up);
    },
    rememberUp(up) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const temporary = `${upPath}.${process.pid}.tmp`;
      try {
        writeFileSync(temporary, `${JSON.stringify({ ...up, process: process.pid })}\n`, { mode: 0o600 });
        renameSync(temporary, upPath);
      } catch (error) {
        rmSync(temporary, { force: true });
        throw error;
      }
    },
    changes() {
      const parts = [...namesIn(folder).filter((name) => fullPart.test(name)), current].map((name) =>
        join(folder, name),
      );
      const stamp = parts.map(stampOf).join('\n');
      if (seen?.stamp !== stamp) seen = { stamp, changes: parts.flatMap((path) => changesIn(textOf(path))) };
      return seen.changes;
    },
    addChanges(changes) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (isFull()) turnOver();
      // The line before it may have been left without its end.
      const lines = changes.map((change) => `\n${JSON.stringify(change)}`).join('');
      appendFileSync(changesPath, `${lines}\n`, { mode: 0o600 });
    },
  };
}

// Its program ended without a word.
function interrupted(up: UpTimeline): UpTimeline {
  const times = up.services.flatMap(({ steps }) => steps.map(({ from, to }) => to ?? from));
  const endedAt = Math.max(up.startedAt, ...times);
  const services = up.services.map((service) => ({
    ...service,
    steps: service.steps.map((step) =>
      step.result === 'running' ? { ...step, to: Math.max(step.from, endedAt), result: 'cancelled' as const } : step,
    ),
  }));
  return { ...up, outcome: 'cancelled', endedAt, services };
}

// Whatever wrote it went with the power; its number is somebody else's by now.
function isOfEarlierBoot(path: string): boolean {
  const writtenAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return writtenAt < Date.now() - uptime() * 1000;
}

function isProcess(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // Somebody else's is one too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}

function stampOf(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? '' : `${found.mtimeNs} ${found.size} ${found.ino}`;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function beginningOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(4096);
    return bytes.toString('utf8', 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

function changesIn(text: string): readonly StateChange[] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : (parseChange(parseJson(line)) ?? [])));
}

function readJson(path: string): unknown {
  return parseJson(textOf(path));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
