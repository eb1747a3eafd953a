import { useEffect } from 'react';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { localeStore } from '../words/locale.ts';
import { ChangeSheet } from './change-sheet.tsx';
import { EngineSetting } from './engine-setting.tsx';
import { GroupList } from './group-list.tsx';
import { KeptSetting } from './kept-setting.tsx';
import { LanguageSetting } from './language-setting.tsx';
import { NamesSetting } from './names-setting.tsx';
import { NotificationsSetting } from './notifications-setting.tsx';
import { PasswordSetting } from './password-setting.tsx';
import { PortsSetting } from './ports-setting.tsx';
import { ResetSetting } from './reset-setting.tsx';
import { ServicesSetting } from './services-setting.tsx';
import { forgetSaved, loadSettings, nothingWaits, settingsStore } from './settings-store.ts';
import { StartSetting } from './start-setting.tsx';

const words = texts.settings;

export function SettingsPage({ snapshot }: { readonly snapshot: Snapshot }) {
  const { view, waits } = useStore(settingsStore);
  // Its own numbers are written anew when another language is chosen here.
  useStore(localeStore);
  const isStarting = snapshot.activity?.command === 'up';
  useEffect(() => void loadSettings(), []);
  useEffect(() => forgetSaved, []);
  useEffect(() => {
    if (isStarting) nothingWaits();
  }, [isStarting]);

  return (
    <div className="settings-page">
      <h1>{texts.pages.settings}</h1>
      {view !== undefined && (
        <>
          <GroupList />
          <div className="setting-list">
            {view.warning !== undefined && <Unreadable warning={view.warning} />}
            {waits && (
              <Notice kind="info">
                <p>{words.waiting}</p>
                <Button
                  icon="start"
                  isEnabled={snapshot.activity === undefined}
                  onPress={() => void run('stack:up', {})}
                >
                  {words.applyNow}
                </Button>
              </Notice>
            )}
            <EngineSetting view={view} engine={snapshot.engine} />
            <ServicesSetting view={view} />
            <NamesSetting view={view} />
            <PortsSetting view={view} />
            <KeptSetting view={view} />
            <PasswordSetting grafana={snapshot.services.find(({ id }) => id === 'grafana')?.state} />
            <StartSetting view={view} />
            <NotificationsSetting view={view} />
            <LanguageSetting view={view} />
            <ResetSetting />
            <p className="settings-file">{words.file(view.path)}</p>
          </div>
        </>
      )}
      <ChangeSheet snapshot={snapshot} />
    </div>
  );
}

function Unreadable({ warning }: { readonly warning: string }) {
  return (
    <div className="settings-warning" role="alert">
      <StateIcon state="degraded" />
      <div>
        <p className="banner-title">{words.unreadable}</p>
        <p>{warning}</p>
      </div>
    </div>
  );
}
