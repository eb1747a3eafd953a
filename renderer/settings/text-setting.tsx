import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { ChangeOutcome } from './settings-store.ts';

interface TextSettingProps {
  readonly label: string;
  // Read after the label: what the field is about, where several have the same one.
  readonly about?: string;
  readonly hint?: string;
  readonly value: string;
  readonly isValid: (value: string) => boolean;
  readonly invalidWords: string;
  // What was just done, '' when nothing was.
  readonly status: string;
  readonly isNumber?: boolean;
  // What was left goes back to what is in force; what was refused stays, to be set right.
  readonly onSave: (value: string) => Promise<ChangeOutcome>;
}

// Saved when left or on Enter; Escape takes the change back. What is not valid is never sent.
export function TextSetting(props: TextSettingProps) {
  const { label, about, hint = '', value, isValid, invalidWords, status, isNumber = false, onSave } = props;
  const id = useId();
  const [draft, setDraft] = useState(value);
  // Why what was typed cannot be, '' otherwise.
  const [refusal, setRefusal] = useState('');
  // The sheet that asks takes the focus, which is no leaving.
  const isSaving = useRef(false);
  useEffect(() => {
    setDraft(value);
    setRefusal('');
  }, [value]);

  async function save() {
    if (isSaving.current) return;
    const next = draft.trim();
    const isGood = next === value || isValid(next);
    setRefusal(isGood ? '' : invalidWords);
    if (!isGood || next === value) return;
    isSaving.current = true;
    const outcome = await onSave(next);
    isSaving.current = false;
    if (outcome === 'left') setDraft(value);
    else if (outcome !== 'saved') setRefusal(outcome.refused);
  }

  function onKey(event: KeyboardEvent) {
    if (event.key === 'Enter') void save();
    if (event.key === 'Escape') {
      setDraft(value);
      setRefusal('');
    }
  }

  return (
    <div className="text-setting" data-kind={isNumber ? 'number' : 'text'}>
      <label htmlFor={id}>
        {label}
        {about !== undefined && <span className="visually-hidden"> ({about})</span>}
      </label>
      <input
        id={id}
        type="text"
        inputMode={isNumber ? 'decimal' : 'text'}
        value={draft}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={refusal !== ''}
        aria-describedby={`${id}-hint ${id}-problem`}
        onChange={(event) => {
          setDraft(event.target.value);
          // Words of refusal stay only until they are heeded.
          if (refusal !== '' && isValid(event.target.value.trim())) setRefusal('');
        }}
        onBlur={() => void save()}
        onKeyDown={onKey}
      />
      <p id={`${id}-hint`} className="hint">
        {hint}
      </p>
      {/* Its room is always there: words that come when the field is left must not move what is about to be clicked. */}
      <div className="outcome">
        <p id={`${id}-problem`} className="problem" role="alert">
          {refusal}
        </p>
        {status !== '' && refusal === '' && <p className="saved">{status}</p>}
      </div>
    </div>
  );
}
