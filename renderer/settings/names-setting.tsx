import type { SettingsView } from '../../electron/contract/contract.ts';
import { isBaseDomain } from '../../electron/core/settings.ts';
import { Button } from '../components/button.tsx';
import { navigate } from '../stores/navigation.ts';
import { texts } from '../texts.ts';
import { SettingGroup } from './setting-group.tsx';
import { changeSettings } from './settings-store.ts';
import { TextSetting } from './text-setting.tsx';
import { useStatus } from './use-status.ts';

const words = texts.settings.names;

export function NamesSetting({ view }: { readonly view: SettingsView }) {
  const status = useStatus();
  return (
    <SettingGroup name="names">
      <TextSetting
        label={words.domain}
        hint={words.domainHint}
        value={view.settings.baseDomain}
        isValid={isBaseDomain}
        invalidWords={words.domainInvalid}
        status={status('baseDomain')}
        onSave={(baseDomain) =>
          changeSettings(() => ({ patch: { baseDomain }, what: words.domain, key: 'baseDomain' }))
        }
      />
      <div>
        <Button onPress={() => navigate('host', { section: 'names' })}>{words.setUp}</Button>
      </div>
    </SettingGroup>
  );
}
