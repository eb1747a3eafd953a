import { useId } from 'react';

interface SwitchProps {
  readonly label: string;
  readonly hint?: string;
  readonly isOn: boolean;
  // One that is off stays in the tab order, so that its reason can be read.
  readonly isEnabled?: boolean;
  // What was just done, '' when nothing was.
  readonly status: string;
  readonly onChange: (isOn: boolean) => void;
}

export function Switch({ label, hint, isOn, isEnabled = true, status, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="switch-row">
      <input
        id={id}
        type="checkbox"
        role="switch"
        className="switch"
        checked={isOn}
        aria-checked={isOn}
        aria-disabled={isEnabled ? undefined : true}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => {
          if (isEnabled) onChange(event.target.checked);
        }}
      />
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
      {status !== '' && <p className="saved">{status}</p>}
    </div>
  );
}
