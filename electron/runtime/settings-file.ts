// The settings file. Whoever else writes it is seen at the next look; what is not understood is never lost.
import { readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Failure, FailureError } from '../core/failure.ts';
import { defaultSettings, parseSettings, type Settings, widestRetention } from '../core/settings.ts';
import type { SettingsSource } from './runtime-parts.ts';
import { writeAtomically } from './write-atomically.ts';

type Values = Readonly<Record<string, unknown>>;

export interface SettingsFileOptions {
  readonly directory: string;
  // Puts all values into that file, wholly or not at all.
  readonly write?: (values: Values) => void;
  readonly now?: () => number;
}

interface Look {
  // Changes whenever the file does.
  readonly stamp: string;
  readonly values: Values;
  readonly settings: Settings;
  readonly failures: readonly Failure[];
}

export function settingsFile(options: SettingsFileOptions): SettingsSource {
  const path = join(options.directory, 'settings.json');
  const write =
    options.write ?? ((values: Values) => writeAtomically(path, `${JSON.stringify(values, undefined, '\t')}\n`));
  const now = options.now ?? Date.now;
  let last: Look | undefined;

  function look(): Look {
    const stamp = stampOf(path);
    if (last === undefined || last.stamp !== stamp) last = read(stamp);
    return last;
  }

  function read(stamp: string): Look {
    const found: Found = stamp === absent ? { kind: 'absent' } : readValues(path);
    if (found.kind === 'absent') return missing(last?.failures.find(isCorrupt) ?? setAsideBefore());
    if (found.kind === 'unusable') return missing(setAside(found.detail));
    const { settings, rejected } = parseSettings(found.values);
    const failures: readonly Failure[] =
      rejected.length === 0 ? [] : [{ code: 'settings-rejected', path, keys: rejected }];
    return { stamp, values: found.values, settings, failures };
  }

  // The broken file is evidence, and perhaps an hour of somebody's work: it moves out of the way and stays.
  function setAside(detail: string): Failure {
    const time = new Date(now()).toISOString().replace(/[:.]/g, '-');
    const keptAs = join(options.directory, `${keptPrefix}${time}.json`);
    try {
      renameSync(path, keptAs);
      return { code: 'settings-corrupt', path, keptAs, detail };
    } catch {
      return { code: 'settings-corrupt', path, keptAs: path, detail };
    }
  }

  // By another process, or before this one began: the settings are no more known than they were then.
  function setAsideBefore(): Failure | undefined {
    const kept = namesIn(options.directory).filter((name) => name.startsWith(keptPrefix));
    const newest = kept.toSorted().at(-1);
    if (newest === undefined) return undefined;
    const detail = 'it could not be read when it was looked at before';
    return { code: 'settings-corrupt', path, keptAs: join(options.directory, newest), detail };
  }

  // What is kept may be there because the lost settings said so: it is not deleted by defaults, and not by a change of
  // something else either.
  function missing(failure: Failure | undefined): Look {
    const stamp = stampOf(path);
    if (failure === undefined) return { stamp, values: {}, settings: defaultSettings, failures: [] };
    const values = { retention: widestRetention };
    return { stamp, values, settings: { ...defaultSettings, ...values }, failures: [failure] };
  }

  function change(patch: Partial<Settings>): Settings {
    const wrong = parseSettings(patch).rejected;
    if (wrong.length > 0) throw new FailureError({ code: 'settings-rejected', path, keys: wrong });
    const before = look();
    const isInPlace = before.failures.some((failure) => isCorrupt(failure) && failure.keptAs === path);
    try {
      if (isInPlace) throw new Error('the unreadable file in its place could not be moved aside');
      write({ ...before.values, ...patch });
    } catch (error) {
      throw new FailureError({ code: 'settings-unwritable', path, detail: words(error) }, { cause: error });
    }
    last = undefined;
    return look().settings;
  }

  return {
    path,
    get failures() {
      return look().failures;
    },
    get: () => look().settings,
    isFirstUse() {
      const { values, failures } = look();
      const isNew = Object.keys(values).length === 0 && failures.length === 0;
      return isNew || values['firstRunDone'] === false;
    },
    change,
  };
}

const absent = 'absent';
const keptPrefix = 'settings.corrupt-';

function isCorrupt(failure: Failure): failure is Extract<Failure, { readonly code: 'settings-corrupt' }> {
  return failure.code === 'settings-corrupt';
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function stampOf(path: string): string {
  try {
    const { mtimeNs, size, ino } = statSync(path, { bigint: true });
    return `${mtimeNs} ${size} ${ino}`;
  } catch {
    return absent;
  }
}

type Found =
  | { readonly kind: 'values'; readonly values: Values }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unusable'; readonly detail: string };

function readValues(path: string): Found {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { kind: 'values', values: value as Values };
    }
    return { kind: 'unusable', detail: 'it does not hold a JSON object' };
  } catch (error) {
    if (isAbsence(error)) return { kind: 'absent' };
    return { kind: 'unusable', detail: words(error) };
  }
}

function isAbsence(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
