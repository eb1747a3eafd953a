import { type KeyboardEvent, useEffect, useId, useState } from 'react';

interface TextSettingProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly isValid: (value: string) => boolean;
  readonly invalidWords: string;
  readonly status: string;
  readonly onSave: (value: string) => void;
}

// Saved when left or on Enter; Escape takes the change back. What is not valid is never sent.
export function TextSetting({ label, hint, value, isValid, invalidWords, status, onSave }: TextSettingProps) {
  const id = useId();
  const [draft, setDraft] = useState(value);
  const [isRefused, setRefused] = useState(false);
  useEffect(() => {
    setDraft(value);
    setRefused(false);
  }, [value]);

  function save() {
    const next = draft.trim();
    const isGood = next === value || isValid(next);
    setRefused(!isGood);
    if (isGood && next !== value) onSave(next);
  }

  function onKey(event: KeyboardEvent) {
    if (event.key === 'Enter') save();
    if (event.key === 'Escape') {
      setDraft(value);
      setRefused(false);
    }
  }

  return (
    <div className="text-setting">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        value={draft}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={isRefused}
        aria-describedby={`${id}-hint ${id}-problem`}
        onChange={(event) => {
          setDraft(event.target.value);
          // Words of refusal stay only until they are heeded.
          if (isRefused && isValid(event.target.value.trim())) setRefused(false);
        }}
        onBlur={save}
        onKeyDown={onKey}
      />
      <p id={`${id}-hint`} className="hint">
        {hint}
      </p>
      {/* Its room is always there: words that come when the field is left must not move what is about to be clicked. */}
      <div className="outcome">
        <p id={`${id}-problem`} className="problem" role="alert">
          {isRefused ? invalidWords : ''}
        </p>
        {status !== '' && !isRefused && <p className="saved">{status}</p>}
      </div>
    </div>
  );
}
