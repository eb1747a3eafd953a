import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { texts } from '../texts.ts';
import { parseMoment } from './parse-moment.ts';

const words = texts.logs.jump;

export function TimeJump({ onJump }: { readonly onJump: (moment: number) => void }) {
  const [typed, setTyped] = useState('');
  const [isInvalid, setInvalid] = useState(false);
  function go() {
    const moment = parseMoment(typed, Date.now());
    setInvalid(moment === undefined);
    if (moment !== undefined) onJump(moment);
  }
  return (
    <div className="time-jump">
      <input
        type="text"
        aria-label={words.label}
        aria-invalid={isInvalid}
        aria-describedby="time-jump-words"
        placeholder={words.placeholder}
        title={words.title}
        autoComplete="off"
        maxLength={40}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setInvalid(false);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') go();
        }}
      />
      <Button kind="quiet" about={words.label} onPress={go}>
        {words.go}
      </Button>
      <p id="time-jump-words" className="log-search-trouble" role={isInvalid ? 'alert' : undefined}>
        {isInvalid && words.invalid}
      </p>
    </div>
  );
}
