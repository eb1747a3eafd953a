// Settings and what a change of them does, for people. Pure.
import { defaultSettings, type Settings } from '../core/settings.ts';
import type { SettingsEffects } from '../core/settings-effects.ts';
import type { Paint } from './paint.ts';
import type { SettingKey } from './setting-keys.ts';

export function settingsText(keys: readonly SettingKey[], settings: Settings, paint: Paint): string {
  const width = Math.max(...keys.map(({ key }) => key.length));
  const lines = keys.map(({ key, print }) => {
    const value = print(settings);
    const usual = print(defaultSettings);
    const words = value === usual ? value : `${paint('bold', value)} (default: ${usual})`;
    return `${key.padEnd(width)}  ${words}\n`;
  });
  return lines.join('');
}

// `isKnown`: an engine answered, so that what runs was seen.
export function effectsText(effects: SettingsEffects, isKnown: boolean): string {
  const { replaced, started, stopped, reconnects, names, notes } = effects;
  const lines = [
    ...(replaced.length === 0 ? [] : [`Gets a new container with the next "macula up": ${replaced.join(', ')}.`]),
    ...(started.length === 0 ? [] : [`Started by the next "macula up": ${started.join(', ')}.`]),
    ...(stopped.length === 0
      ? []
      : [`Taken away by the next "macula up", or "macula down": ${stopped.join(', ')}. The data stays.`]),
    ...(reconnects ? ['The app looks for its engine anew.'] : []),
    ...(names ? ['The names of this machine have to be set up again: macula host apply.'] : []),
    ...notes,
  ];
  if (!isKnown) lines.unshift('No container engine answers now, so what runs was not looked at.');
  else if (replaced.length + started.length + stopped.length === 0) lines.unshift('Nothing that runs is touched.');
  return `${lines.join('\n')}\n`;
}
