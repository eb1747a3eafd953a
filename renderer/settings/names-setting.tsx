import { isBaseDomain } from '../../electron/core/settings.ts';
import { texts } from '../texts.ts';
import { Switch } from './switch.tsx';
import { TextSetting } from './text-setting.tsx';
import type { SettingsAccess } from './use-settings.ts';

type NamesSettingProps = Pick<SettingsAccess, 'saved' | 'change'> & {
  readonly view: NonNullable<SettingsAccess['view']>;
};

const words = texts.settings.names;

export function NamesSetting({ view, saved, change }: NamesSettingProps) {
  const { baseDomain, publishPort80 } = view.settings;
  return (
    <section className="setting-group" aria-labelledby="settings-names">
      <h2 id="settings-names">{words.title}</h2>
      <TextSetting
        label={words.domain}
        hint={`${words.domainHint} ${words.domainEffect}`}
        value={baseDomain}
        isValid={isBaseDomain}
        invalidWords={words.domainInvalid}
        status={saved === 'baseDomain' ? texts.settings.saved : ''}
        onSave={(domain) => void change({ baseDomain: domain }, words.domain)}
      />
      <Switch
        label={words.port80}
        hint={`${words.port80Hint} ${words.port80Effect}`}
        isOn={publishPort80}
        status={saved === 'publishPort80' ? texts.settings.saved : ''}
        onChange={(isOn) => void change({ publishPort80: isOn }, words.port80)}
      />
    </section>
  );
}
