import type { SettingsView } from '../../electron/contract/contract.ts';
import { texts } from '../texts.ts';
import { SettingGroup } from './setting-group.tsx';
import { changeSettings } from './settings-store.ts';
import { Switch } from './switch.tsx';
import { useStatus } from './use-status.ts';

const words = texts.settings.notifications;

export function NotificationsSetting({ view }: { readonly view: SettingsView }) {
  const status = useStatus();
  return (
    <SettingGroup name="notifications">
      <Switch
        label={words.on}
        hint={words.onHint}
        isOn={view.settings.notifications}
        status={status('notifications')}
        onChange={(isOn) =>
          void changeSettings(() => ({ patch: { notifications: isOn }, what: words.on, key: 'notifications' }))
        }
      />
    </SettingGroup>
  );
}
