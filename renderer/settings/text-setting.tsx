import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';

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
  // Whether it was saved; where not, the field shows what is in force.
  readonly onSave: (value: string) => Promise<boolean>;
}

// Saved when left or on Enter; Escape takes the change back. What is not valid is never sent.
export function TextSetting(props: TextSettingProps) {
  const { label, about, hint = '', value, isValid, invalidWords, status, isNumber = false, onSave } = props;
  const id = useId();
  const [draft, setDraft] = useState(value);
  const [isRefused, setRefused] = useState(false);
  // The sheet that asks takes the focus, which is no leaving.
  const isSaving = useRef(false);
  useEffect(() => {
    setDraft(value);
    setRefused(false);
  }, [value]);

  async function save() {
    if (isSaving.current) return;
    const next = draft.trim();
    const isGood = next === value || isValid(next);
    setRefused(!isGood);
    if (!isGood || next === value) return;
    isSaving.current = true;
    const isSaved = await onSave(next);
    isSaving.current = false;
    if (!isSaved) setDraft(value);
  }

  function onKey(event: KeyboardEvent) {
    if (event.key === 'Enter') void save();
    if (event.key === 'Escape') {
      setDraft(value);
      setRefused(false);
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
        aria-invalid={isRefused}
        aria-describedby={`${id}-hint ${id}-problem`}
        onChange={(event) => {
          setDraft(event.target.value);
          // Words of refusal stay only until they are heeded.
          if (isRefused && isValid(event.target.value.trim())) setRefused(false);
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
          {isRefused ? invalidWords : ''}
        </p>
        {status !== '' && !isRefused && <p className="saved">{status}</p>}
      </div>
    </div>
  );
}
