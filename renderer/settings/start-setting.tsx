import { useEffect, useState } from 'react';
import type { SettingsView } from '../../electron/contract/contract.ts';
import type { LoginView } from '../../electron/core/settings-effects.ts';
import { run } from '../bridge.ts';
import { FirstRunLink } from '../first-run/first-run-link.tsx';
import { announce } from '../stores/announcements.ts';
import { texts } from '../texts.ts';
import { SettingGroup } from './setting-group.tsx';
import { changeSettings } from './settings-store.ts';
import { Switch } from './switch.tsx';
import { useStatus } from './use-status.ts';

const words = texts.settings.start;

export function StartSetting({ view }: { readonly view: SettingsView }) {
  const status = useStatus();
  return (
    <SettingGroup name="start">
      <LoginSwitch />
      <Switch
        label={words.withApp}
        hint={words.withAppHint}
        isOn={view.settings.startStackWithApp}
        status={status('startStackWithApp')}
        onChange={(isOn) =>
          void changeSettings(() => ({
            patch: { startStackWithApp: isOn },
            what: words.withApp,
            key: 'startStackWithApp',
          }))
        }
      />
      <div>
        <FirstRunLink />
      </div>
    </SettingGroup>
  );
}

// The desktop's own, not in the settings' file: another program may change it.
function LoginSwitch() {
  const [login, setLogin] = useState<LoginView>();
  const [isSaved, setSaved] = useState(false);
  useEffect(() => {
    let isGone = false;
    void run('login:get', undefined).then((result) => {
      if (result.ok && !isGone) setLogin(result.value);
    });
    return () => {
      isGone = true;
    };
  }, []);

  async function change(startsAtLogin: boolean) {
    setSaved(false);
    const result = await run('login:set', { startsAtLogin });
    if (!result.ok) return;
    setLogin(result.value);
    setSaved(true);
    announce(texts.announce.saved(words.atLogin));
  }

  return (
    <Switch
      label={words.atLogin}
      hint={login?.unavailable ?? words.atLoginHint}
      isOn={login?.startsAtLogin ?? false}
      isEnabled={login !== undefined && login.unavailable === undefined}
      status={isSaved ? texts.settings.saved : ''}
      onChange={(isOn) => void change(isOn)}
    />
  );
}
