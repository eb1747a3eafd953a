import { useEffect, useRef, useState } from 'react';
import type { ServiceState } from '../../electron/core/snapshot.ts';
import type { PasswordView } from '../../electron/core/settings-effects.ts';
import { invoke } from '../bridge.ts';
import { Button } from '../components/button.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { announce } from '../stores/announcements.ts';
import { texts } from '../texts.ts';
import { PasswordDialog } from './password-dialog.tsx';
import { problemWords } from './problem-words.ts';
import { SettingGroup } from './setting-group.tsx';

const words = texts.settings.password;

// Grafana itself is asked, so it is once more when it starts or stops.
export function PasswordSetting({ grafana }: { readonly grafana: ServiceState | undefined }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [view, setView] = useState<PasswordView>();
  const [problem, setProblem] = useState('');
  const [isChanged, setChanged] = useState(false);
  const isUp = grafana === 'ready';
  useEffect(() => {
    let isGone = false;
    void invoke('password:get', undefined).then((result) => {
      if (isGone) return;
      if (result.ok) setView(result.value);
      setProblem(result.ok ? '' : problemWords(result));
    });
    return () => {
      isGone = true;
    };
  }, [isUp]);

  function onChanged(next: PasswordView) {
    setView(next);
    setChanged(true);
    announce(words.done);
  }

  return (
    <SettingGroup name="password">
      {view === undefined ? <p className="hint">{problem === '' ? words.loading : problem}</p> : <Facts view={view} />}
      <div className="with-status">
        <Button
          isEnabled={view !== undefined && view.grafana !== 'off'}
          onPress={() => {
            setChanged(false);
            dialog.current?.showModal();
          }}
        >
          {words.change}
        </Button>
        <p className="saved">{isChanged ? words.done : ''}</p>
      </div>
      {view !== undefined && <PasswordDialog dialog={dialog} view={view} onChanged={onChanged} />}
    </SettingGroup>
  );
}

function Facts({ view: { kept, grafana } }: { readonly view: PasswordView }) {
  const isTrouble = grafana === 'refused' || grafana === 'unknown';
  return (
    <div>
      <p>
        {words.kept[kept]}
        {grafana === 'accepted' && kept !== 'nowhere' && ` ${words.accepted}`}
      </p>
      {isTrouble && (
        <p className="with-icon">
          <StateIcon state="degraded" />
          <span>{words[grafana]}</span>
        </p>
      )}
      {grafana === 'off' && <p>{words.off}</p>}
      <p className="hint">{words.never}</p>
    </div>
  );
}
