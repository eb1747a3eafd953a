import type { SettingsView } from '../../electron/contract/contract.ts';
import { isHttpPort } from '../../electron/core/settings.ts';
import { Button } from '../components/button.tsx';
import { navigate } from '../stores/navigation.ts';
import { texts } from '../texts.ts';
import { lanPortChoices, lanPortsWith, usedLanPort } from './lan-ports.ts';
import { SettingGroup } from './setting-group.tsx';
import { changeSettings } from './settings-store.ts';
import { Switch } from './switch.tsx';
import { TextSetting } from './text-setting.tsx';
import { useStatus } from './use-status.ts';

const words = texts.settings.ports;
const isPortText = (text: string) => /^\d{1,5}$/.test(text) && isHttpPort(Number(text));

export function PortsSetting({ view }: { readonly view: SettingsView }) {
  const { publishPort80, httpPort } = view.settings;
  const status = useStatus();
  return (
    <SettingGroup name="ports">
      <Switch
        label={words.port80}
        hint={words.port80Hint}
        isOn={publishPort80}
        status={status('publishPort80')}
        onChange={(isOn) =>
          void changeSettings(() => ({ patch: { publishPort80: isOn }, what: words.port80, key: 'publishPort80' }))
        }
      />
      <TextSetting
        isNumber
        label={words.httpPort}
        hint={words.httpPortHint}
        value={String(httpPort)}
        isValid={isPortText}
        invalidWords={words.invalid}
        status={status('httpPort')}
        onSave={(port) =>
          changeSettings(() => ({ patch: { httpPort: Number(port) }, what: words.httpPort, key: 'httpPort' }))
        }
      />
      <LanPorts view={view} />
    </SettingGroup>
  );
}

function LanPorts({ view: { settings } }: { readonly view: SettingsView }) {
  const status = useStatus();
  const { lanPorts } = settings;
  return (
    <div className="setting-part">
      <h3>{words.lan}</h3>
      <p className="hint">{words.lanHint}</p>
      <div className="number-settings">
        {lanPortChoices.map(({ port, title }) => (
          <TextSetting
            key={port}
            isNumber
            label={title}
            hint={words.lanUsual(port)}
            value={String(usedLanPort(lanPorts, port))}
            isValid={(text) => isPortText(text) && lanPortsWith(lanPorts, port, Number(text)) !== undefined}
            invalidWords={words.lanInvalid}
            status={status(`lanPort ${port}`)}
            onSave={(text) =>
              changeSettings((now) => ({
                patch: { lanPorts: { ...(lanPortsWith(now.lanPorts, port, Number(text)) ?? now.lanPorts) } },
                what: title,
                key: `lanPort ${port}`,
              }))
            }
          />
        ))}
      </div>
      <div>
        <Button onPress={() => navigate('host', { section: 'lan' })}>{words.lanMode}</Button>
      </div>
    </div>
  );
}
