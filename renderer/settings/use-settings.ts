import { useEffect, useState } from 'react';
import type { CommandInput, SettingsView } from '../../electron/contract/contract.ts';
import { run } from '../bridge.ts';
import { announce } from '../stores/announcements.ts';
import { texts } from '../texts.ts';

export type SettingsPatch = CommandInput<'settings:change'>;

export interface SettingsAccess {
  // Undefined until the app has answered.
  readonly view: SettingsView | undefined;
  // The key that was saved last, to say so beside it.
  readonly saved: string | undefined;
  // `what` is read to who cannot see the page.
  readonly change: (patch: SettingsPatch, what: string, savedKey?: string) => Promise<boolean>;
}

export function useSettings(): SettingsAccess {
  const [view, setView] = useState<SettingsView>();
  const [saved, setSaved] = useState<string>();
  useEffect(() => {
    let isGone = false;
    void run('settings:get', undefined).then((result) => {
      if (result.ok && !isGone) setView(result.value);
    });
    return () => {
      isGone = true;
    };
  }, []);
  return {
    view,
    saved,
    async change(patch, what, savedKey = Object.keys(patch)[0]) {
      setSaved(undefined);
      const result = await run('settings:change', patch);
      if (!result.ok) return false;
      setView(result.value);
      setSaved(savedKey);
      announce(texts.announce.saved(what));
      return true;
    },
  };
}
