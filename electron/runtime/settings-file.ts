// The settings file. Whoever else writes it is seen at the next look; what is not understood is never lost.
import { readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Failure, FailureError } from '../core/failure.ts';
import { defaultSettings, parseSettings, type Settings } from '../core/settings.ts';
import type { SettingsSource } from './runtime-api.ts';
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
    if (stamp === absent) return missing(last?.failures.filter((failure) => failure.code === 'settings-corrupt') ?? []);
    const found = readValues(path);
    if (found.kind === 'absent') return missing([]);
    if (found.kind === 'unusable') return missing([setAside(found.detail)]);
    const { settings, rejected } = parseSettings(found.values);
    const failures: readonly Failure[] =
      rejected.length === 0 ? [] : [{ code: 'settings-rejected', path, keys: rejected }];
    return { stamp, values: found.values, settings, failures };
  }

  // The broken file is evidence, and perhaps an hour of somebody's work: it moves out of the way and stays.
  function setAside(detail: string): Failure {
    const time = new Date(now()).toISOString().replace(/[:.]/g, '-');
    const keptAs = join(options.directory, `settings.corrupt-${time}.json`);
    try {
      renameSync(path, keptAs);
      return { code: 'settings-corrupt', path, keptAs, detail };
    } catch {
      return { code: 'settings-corrupt', path, keptAs: path, detail };
    }
  }

  function missing(failures: readonly Failure[]): Look {
    return { stamp: stampOf(path), values: {}, settings: defaultSettings, failures };
  }

  function change(patch: Partial<Settings>): Settings {
    const wrong = parseSettings(patch).rejected;
    if (wrong.length > 0) throw new FailureError({ code: 'settings-rejected', path, keys: wrong });
    const before = look();
    const isInPlace = before.failures.some((failure) => failure.code === 'settings-corrupt' && failure.keptAs === path);
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
    change,
  };
}

const absent = 'absent';

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
