import type { SettingsView } from '../../electron/contract/contract.ts';
import { texts } from '../texts.ts';
import { SettingGroup } from './setting-group.tsx';
import { changeSettings } from './settings-store.ts';
import { Switch } from './switch.tsx';
import { useStatus } from './use-status.ts';

export function ServicesSetting({ view }: { readonly view: SettingsView }) {
  const status = useStatus();
  function switchService(id: string, title: string, isOn: boolean) {
    const what = texts.settings.services.what(title, isOn);
    void changeSettings(({ disabledServices }) => {
      // Ids that this version does not know belong to another one and stay.
      const others = disabledServices.filter((other) => other !== id);
      return { patch: { disabledServices: isOn ? others : [...others, id] }, what, key: `service ${id}` };
    });
  }
  return (
    <SettingGroup name="services" hint={texts.settings.services.hint}>
      <div className="switches">
        {view.services.map(({ id, title, enabled }) => (
          <Switch
            key={id}
            label={title}
            isOn={enabled}
            status={status(`service ${id}`)}
            onChange={(isOn) => switchService(id, title, isOn)}
          />
        ))}
      </div>
    </SettingGroup>
  );
}
