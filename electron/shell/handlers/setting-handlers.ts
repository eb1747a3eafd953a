// What the Settings page asks for.
import type { CommandInput, SettingsView } from '../../contract/contract.ts';
import { failureText } from '../../core/failure-text.ts';
import { resetSettings, type Settings } from '../../core/settings.ts';
import type { Runtime } from '../../runtime/runtime-api.ts';
import type { CommandHandlers } from '../ipc.ts';

type SettingCommands = 'settings:get' | 'settings:change' | 'settings:preview' | 'settings:reset' | 'engine:list';

export interface SettingHandlerParts {
  readonly runtime: Runtime;
  readonly settingsPath: string;
}

export function createSettingHandlers(parts: SettingHandlerParts): Pick<CommandHandlers, SettingCommands> {
  const { runtime } = parts;
  return {
    'settings:get': () => settingsView(parts),
    'settings:change': async (patch) => {
      await runtime.changeSettings(withoutGaps(patch));
      return settingsView(parts);
    },
    'settings:preview': async ({ patch }) => {
      const settings =
        patch === null ? resetSettings(runtime.settings()) : { ...runtime.settings(), ...withoutGaps(patch) };
      return (await runtime.settingsChange()).effects(settings);
    },
    'settings:reset': async () => {
      await runtime.changeSettings(resetSettings(runtime.settings()));
      return settingsView(parts);
    },
    'engine:list': async () => (await runtime.settingsChange()).engines(),
  };
}

function settingsView({ runtime, settingsPath }: SettingHandlerParts): SettingsView {
  const snapshot = runtime.snapshot();
  const warning = snapshot.failures
    .filter(({ failure }) => failure.code === 'settings-corrupt' || failure.code === 'settings-rejected')
    .map(({ failure }) => failureText(failure))
    .map(({ title, detail }) => `${title}. ${detail}`)[0];
  return {
    settings: runtime.settings(),
    path: settingsPath,
    rejectedEngines: runtime.rejectedEngines(),
    ...(warning === undefined ? {} : { warning }),
    services: snapshot.services.map(({ id, title, enabled }) => ({ id, title, enabled })),
  };
}

// A key that is there without a value means: leave it.
function withoutGaps(patch: CommandInput<'settings:change'>): Partial<Settings> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}
