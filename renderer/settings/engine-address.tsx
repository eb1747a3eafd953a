import { useId } from 'react';
import { texts } from '../texts.ts';

const words = texts.settings.engine;

interface EngineAddressProps {
  readonly value: string;
  readonly isRefused: boolean;
  readonly onChange: (value: string) => void;
}

export function EngineAddress({ value, isRefused, onChange }: EngineAddressProps) {
  const id = useId();
  return (
    <div className="text-setting">
      <label htmlFor={id}>{words.label}</label>
      <input
        id={id}
        type="text"
        value={value}
        maxLength={300}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={isRefused}
        aria-describedby={`${id}-hint ${id}-problem`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-hint`} className="hint">
        {words.addressHint}
      </p>
      <p id={`${id}-problem`} className="problem outcome" role="alert">
        {isRefused ? words.invalid : ''}
      </p>
    </div>
  );
}
