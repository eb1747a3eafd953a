import { useId } from 'react';

interface NumberFieldProps {
  readonly label: string;
  // Read after the label: of several fields with the same one, which this is.
  readonly about: string;
  readonly value: string;
  // '' while the value is good.
  readonly problem: string;
  readonly describedBy: string;
  readonly onChange: (value: string) => void;
}

export function NumberField({ label, about, value, problem, describedBy, onChange }: NumberFieldProps) {
  const id = useId();
  return (
    <div className="number-field">
      <label htmlFor={id}>
        {label}
        <span className="visually-hidden"> ({about})</span>
      </label>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        className="port-field"
        value={value}
        maxLength={12}
        autoComplete="off"
        aria-invalid={problem !== ''}
        aria-describedby={`${id}-problem ${describedBy}`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-problem`} className="problem" role="alert">
        {problem}
      </p>
    </div>
  );
}
