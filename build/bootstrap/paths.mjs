import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout, without a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

const home = homedir();

/** What can be fetched or made again, shared by all checkouts. */
export const cacheFolder = join(process.env['XDG_CACHE_HOME'] || join(home, '.cache'), 'macula-desktop');

/** Logs and process ids of what was started for development. */
export const stateFolder = join(process.env['XDG_STATE_HOME'] || join(home, '.local/state'), 'macula-desktop');
