import { Button } from '../components/button.tsx';
import { texts } from '../texts.ts';
import { SettingGroup } from './setting-group.tsx';
import { changeSettings } from './settings-store.ts';
import { useStatus } from './use-status.ts';

const words = texts.settings.reset;

export function ResetSetting() {
  const status = useStatus();
  function reset() {
    // Asked about in any case; the sheet's own words are all there is to say.
    void changeSettings(() => ({ patch: null, what: words.what, key: 'reset' }));
  }
  return (
    <SettingGroup name="reset" hint={words.hint}>
      <div className="with-status">
        <Button onPress={reset}>{words.reset}</Button>
        <p className="saved">{status('reset')}</p>
      </div>
    </SettingGroup>
  );
}
