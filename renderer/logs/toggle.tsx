import type { ReactNode } from 'react';

interface ToggleProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly children: ReactNode;
  // Where what is seen is only a sign, or more is to be told.
  readonly label?: string | undefined;
  readonly title?: string | undefined;
}

// A button that stays pressed.
export function Toggle({ isOn, onChange, children, label, title = label }: ToggleProps) {
  return (
    <button
      type="button"
      className="toggle"
      aria-pressed={isOn}
      aria-label={label}
      title={title}
      onClick={() => onChange(!isOn)}
    >
      {children}
    </button>
  );
}
