import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { settingsStore } from './settings-store.ts';

// What is being done, or was just done, with the setting of this key.
export function useStatus(): (key: string) => string {
  const { saved, saving, question } = useStore(settingsStore);
  return (key) => {
    if (saving === key && question === undefined) return `${texts.settings.saving}…`;
    return saved?.key === key ? saved.words : '';
  };
}
