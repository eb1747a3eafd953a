import type { Snapshot } from '../../electron/core/snapshot.ts';
import { StateIcon } from '../components/state-icon.tsx';
import { texts } from '../texts.ts';
import { EngineSetting } from './engine-setting.tsx';
import { NamesSetting } from './names-setting.tsx';
import { ServicesSetting } from './services-setting.tsx';
import { Switch } from './switch.tsx';
import { useSettings } from './use-settings.ts';

export function SettingsPage({ snapshot }: { readonly snapshot: Snapshot }) {
  const { view, saved, change } = useSettings();
  const words = texts.settings;
  return (
    <div className="settings-page">
      <h1>{texts.pages.settings}</h1>
      {view?.warning !== undefined && (
        <div className="settings-warning" role="alert">
          <StateIcon state="degraded" />
          <div>
            <p className="banner-title">{words.unreadable}</p>
            <p>{view.warning}</p>
          </div>
        </div>
      )}
      {view !== undefined && (
        <>
          <EngineSetting view={view} engine={snapshot.engine} isSaved={saved === 'engineEndpoint'} change={change} />
          <NamesSetting view={view} saved={saved} change={change} />
          <ServicesSetting view={view} saved={saved} change={change} />
          <section className="setting-group" aria-labelledby="settings-start">
            <h2 id="settings-start">{words.start.title}</h2>
            <Switch
              label={words.start.withApp}
              hint={words.start.withAppHint}
              isOn={view.settings.startStackWithApp}
              status={saved === 'startStackWithApp' ? `${words.saved} ${words.start.effect}` : ''}
              onChange={(isOn) => void change({ startStackWithApp: isOn }, words.start.withApp)}
            />
          </section>
          <p className="settings-file">{words.file(view.path)}</p>
        </>
      )}
    </div>
  );
}
