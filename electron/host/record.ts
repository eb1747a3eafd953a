// What the root program wrote down of its doings; everybody may read it.
import { readFile } from 'node:fs/promises';
import type { HostIntent, HostState } from '../core/host/host-request.ts';

const path = '/var/lib/macula-host/state.json';

interface Record {
  readonly since: number;
  readonly intent: HostIntent;
  readonly pending?: HostIntent;
}

export async function readRecord(): Promise<HostState> {
  try {
    const { since, intent, pending } = JSON.parse(await readFile(path, 'utf8')) as Record;
    return { intent, interrupted: pending !== undefined, edited: [], ...(since === 0 ? {} : { since }) };
  } catch {
    // Nothing is set up.
    return { intent: {}, interrupted: false, edited: [] };
  }
}
