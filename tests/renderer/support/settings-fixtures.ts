// What a change of settings does, as values.
import { defaultSettings } from '../../../electron/core/settings.ts';
import type { SettingsEffects } from '../../../electron/core/settings-effects.ts';
import type { SettingsScenario } from '../mock-bridge.ts';
import { attempts } from './fixtures.ts';

export const noEffects: SettingsEffects = {
  replaced: [],
  started: [],
  stopped: [],
  reconnects: false,
  names: false,
  notes: [],
};

export function settingsScenario(change: Partial<SettingsScenario> = {}): SettingsScenario {
  return {
    effects: noEffects,
    defaults: defaultSettings,
    engines: [
      {
        endpoint: 'unix:///var/run/docker.sock',
        foundBy: 'the current Docker context "default"',
        product: 'Docker Engine 28.5.1',
        isInUse: true,
      },
      ...attempts.slice(2).map(({ endpoint, foundBy, rejected }) => ({ endpoint, foundBy, rejected, isInUse: false })),
    ],
    login: { startsAtLogin: false },
    password: { kept: 'nowhere', wouldKeep: 'keychain', grafana: 'accepted' },
    ...change,
  };
}
