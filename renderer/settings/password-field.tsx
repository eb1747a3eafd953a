import { useId } from 'react';

interface PasswordFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly problem: string;
  readonly isNew: boolean;
  readonly onChange: (value: string) => void;
}

export function PasswordField({ name, label, hint, value, problem, isNew, onChange }: PasswordFieldProps) {
  const id = useId();
  return (
    <div className="text-setting">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type="password"
        value={value}
        maxLength={200}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        aria-invalid={problem !== ''}
        aria-describedby={`${id}-hint ${id}-problem`}
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
