// Follows the language of dates and numbers that the settings name. Another program may change them: they are read
// again when the window is looked at.
import { invoke } from '../bridge.ts';
import { chooseLocale } from './locale.ts';

async function read(): Promise<void> {
  const result = await invoke('settings:get', undefined);
  if (result.ok) chooseLocale(result.value.settings.dateLocale);
}

export function connectLocale(): void {
  void read();
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void read();
  });
}
