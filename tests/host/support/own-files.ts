// What of a machine an undo has to give back, where an engine keeps its many files beside it.
import { existsSync } from 'node:fs';
import { differences, snapshot, type Tree } from '../../helper/support/tree.ts';
import type { Machine } from './machine.ts';

export function ownFilesOf({ root }: Machine): Tree {
  const record = `${root}/var/lib/macula-host`;
  return snapshot({ '/etc': `${root}/etc`, ...(existsSync(record) ? { '/var/lib/macula-host': record } : {}) });
}

export function ownFilesChangedSince(machine: Machine, before: Tree): readonly string[] {
  return differences(before, ownFilesOf(machine));
}
