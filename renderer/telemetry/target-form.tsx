import { type FormEvent, useRef, useState } from 'react';
import { mostTargets, type ScrapeTarget } from '../../electron/core/settings.ts';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { TargetField } from './target-field.tsx';
import { targetProblems } from './target-problems.ts';
import { changeTelemetry, telemetryStore } from './telemetry-store.ts';

const words = texts.telemetry.scraped.add;
const usual: ScrapeTarget = { name: '', address: '', path: '/metrics', scheme: 'http' };

export function TargetForm({ own }: { readonly own: readonly ScrapeTarget[] }) {
  const name = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(usual);
  // Words of refusal come with the press of the button, and stay only until they are heeded.
  const [isPressed, setPressed] = useState(false);
  const [added, setAdded] = useState('');
  const { saved, saving } = useStore(telemetryStore);
  const isFull = own.length >= mostTargets;
  const target = { ...draft, name: draft.name.trim(), address: draft.address.trim(), path: draft.path.trim() };
  const found = targetProblems(target, own);
  const problems = isPressed ? found : { name: '', address: '', path: '' };
  const isSaving = saving === 'targets';

  async function add(event: FormEvent) {
    event.preventDefault();
    if (isFull || isSaving) return;
    const isGood = Object.values(found).every((problem) => problem === '');
    setPressed(!isGood);
    if (!isGood) return;
    const isDone = await changeTelemetry(
      (settings) => ({ targets: [...settings.targets.filter((other) => other.name !== target.name), target] }),
      words.what(target.name),
      'targets',
    );
    if (!isDone) return;
    setAdded(target.name);
    setDraft(usual);
    name.current?.focus();
  }

  return (
    <form className="target-form" onSubmit={(event) => void add(event)} noValidate>
      <h3>{words.title}</h3>
      <TargetField
        label={words.name}
        input={name}
        value={draft.name}
        problem={problems.name}
        onChange={(text) => setDraft({ ...draft, name: text })}
      />
      <TargetField
        label={words.address}
        hint={words.hint}
        value={draft.address}
        problem={problems.address}
        onChange={(text) => setDraft({ ...draft, address: text })}
      />
      <TargetField
        label={words.path}
        value={draft.path}
        problem={problems.path}
        onChange={(text) => setDraft({ ...draft, path: text })}
      />
      <label className="choice">
        <input
          type="checkbox"
          checked={draft.scheme === 'https'}
          onChange={(event) => setDraft({ ...draft, scheme: event.target.checked ? 'https' : 'http' })}
        />
        <span>{words.https}</span>
      </label>
      <div className="host-actions">
        <button type="submit" className="button" aria-disabled={isFull || isSaving ? true : undefined}>
          {words.submit}
          <span className="visually-hidden"> {words.title}</span>
        </button>
        <p className={isFull ? 'hint' : 'saved'}>
          {isFull ? words.full(mostTargets) : saved === 'targets' && added !== '' ? words.saved(added) : ''}
        </p>
      </div>
    </form>
  );
}
