import { texts } from '../texts.ts';
import { Switch } from './switch.tsx';
import type { SettingsAccess } from './use-settings.ts';

type ServicesSettingProps = Pick<SettingsAccess, 'saved' | 'change'> & {
  readonly view: NonNullable<SettingsAccess['view']>;
};

const words = texts.settings.services;

export function ServicesSetting({ view, saved, change }: ServicesSettingProps) {
  const { disabledServices } = view.settings;
  function switchService(id: string, title: string, isOn: boolean) {
    // Ids that this version does not know belong to another one and stay.
    const others = disabledServices.filter((other) => other !== id);
    void change({ disabledServices: isOn ? others : [...others, id] }, title, id);
  }
  return (
    <section className="setting-group" aria-labelledby="settings-services">
      <h2 id="settings-services">{words.title}</h2>
      <p className="hint">{words.hint}</p>
      <div className="switches">
        {view.services.map(({ id, title, enabled }) => (
          <Switch
            key={id}
            label={title}
            isOn={enabled}
            status={saved === id ? `${texts.settings.saved} ${enabled ? words.on(title) : words.off(title)}` : ''}
            onChange={(isOn) => switchService(id, title, isOn)}
          />
        ))}
      </div>
    </section>
  );
}
