import { type FormEvent, type RefObject, useId, useRef, useState } from 'react';
import type { PasswordView } from '../../electron/core/settings-effects.ts';
import { invoke } from '../bridge.ts';
import { Button } from '../components/button.tsx';
import { texts } from '../texts.ts';
import { PasswordField } from './password-field.tsx';
import { problemWords } from './problem-words.ts';

const words = texts.settings.password;
// Grafana refuses shorter ones.
const shortest = 5;

interface PasswordDialogProps {
  readonly dialog: RefObject<HTMLDialogElement | null>;
  readonly view: PasswordView;
  readonly onChanged: (view: PasswordView) => void;
}

const empty = { current: '', next: '', repeat: '' };

// What is typed is gone with the dialog, however it is closed.
export function PasswordDialog({ dialog, view, onChanged }: PasswordDialogProps) {
  const id = useId();
  const [typed, setTyped] = useState(empty);
  const [isTried, setTried] = useState(false);
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const asksCurrent = view.grafana === 'refused' || view.grafana === 'unknown';
  const problems = {
    current: asksCurrent && typed.current === '' ? words.missing : '',
    next: typed.next.length < shortest ? words.tooShort : '',
    repeat: typed.repeat === typed.next ? '' : words.different,
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isSending) return;
    setTried(true);
    const wrong = (['current', 'next', 'repeat'] as const).find((name) => problems[name] !== '');
    if (wrong !== undefined) {
      form.current?.querySelector<HTMLInputElement>(`input[name="${wrong}"]`)?.focus();
      return;
    }
    setSending(true);
    setProblem('');
    const { current, next } = typed;
    const result = await invoke('password:change', { ...(asksCurrent ? { current } : {}), next });
    setSending(false);
    if (!result.ok) {
      setProblem(problemWords(result));
      return;
    }
    dialog.current?.close();
    onChanged(result.value);
  }

  function forget() {
    setTyped(empty);
    setTried(false);
    setProblem('');
  }

  const field = (name: keyof typeof empty) => ({
    name,
    value: typed[name],
    problem: isTried ? problems[name] : '',
    onChange: (value: string) => setTyped({ ...typed, [name]: value }),
  });

  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={`${id}-title`} onClose={forget}>
      <h2 id={`${id}-title`}>{words.title}</h2>
      <form ref={form} className="password-form" onSubmit={(event) => void submit(event)} noValidate>
        <p>{words.intro}</p>
        {asksCurrent && <PasswordField label={words.current} isNew={false} {...field('current')} />}
        <PasswordField label={words.next} hint={words.nextHint} isNew {...field('next')} />
        <PasswordField label={words.repeat} isNew {...field('repeat')} />
        <p className="hint">{words.keeps[view.wouldKeep]}</p>
        <div role="alert">{problem !== '' && <p className="dialog-warning">{problem}</p>}</div>
        <div className="dialog-actions">
          <Button onPress={() => dialog.current?.close()}>{words.leave}</Button>
          <button type="submit" className="button button-primary" aria-disabled={isSending ? true : undefined}>
            {isSending ? `${words.changing}…` : words.confirm}
          </button>
        </div>
      </form>
    </dialog>
  );
}
