// Keeps compiled code between runs: compiling the engine client anew takes longer than most commands do.
import module from 'node:module';
import { isAbsolute, join } from 'node:path';

export function keepCompiledCode(environment: Readonly<Record<string, string | undefined>>): void {
  // In the user's own folder: whoever may write into it decides what runs here.
  const { XDG_CACHE_HOME: chosen, HOME: home } = environment;
  const base = chosen !== undefined && isAbsolute(chosen) ? chosen : home && join(home, '.cache');
  if (!base) return;
  // Absent in Node 20; does nothing where a cache is already in use or cannot be written.
  module.enableCompileCache?.(join(base, 'macula-desktop', 'compiled'));
}
