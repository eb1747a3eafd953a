import { type RefObject, useId } from 'react';

interface TargetFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  // '' while nothing is to be said.
  readonly problem: string;
  readonly input?: RefObject<HTMLInputElement | null>;
  readonly onChange: (value: string) => void;
}

export function TargetField({ label, hint, value, problem, input, onChange }: TargetFieldProps) {
  const id = useId();
  return (
    <div className="target-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        ref={input}
        type="text"
        className="port-field"
        value={value}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={problem !== ''}
        aria-describedby={hint === undefined ? `${id}-problem` : `${id}-hint ${id}-problem`}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
      <p id={`${id}-problem`} className="problem" role="alert">
        {problem}
      </p>
    </div>
  );
}
