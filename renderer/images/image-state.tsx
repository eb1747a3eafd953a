import type { ServiceImage } from '../../electron/core/images/images-view.ts';
import type { ServiceState } from '../../electron/core/snapshot.ts';
import { StateIcon } from '../components/state-icon.tsx';
import { texts } from '../texts.ts';

const words = texts.images;

// In words and by shape: what is here, and what that means.
export function ImageState({ image, isPulling }: { readonly image: ServiceImage; readonly isPulling: boolean }) {
  const { substitute, state, enabled } = image;
  if (isPulling) return <StateWords icon="pulling" word={words.table.pulling} meaning="" />;
  const isSubstitute = state === 'substitute' && substitute !== undefined;
  const told = isSubstitute ? texts.substitute[substitute] : undefined;
  // What is switched off is not started next either.
  const meaning = told?.meaning ?? (enabled ? words.state[state].meaning : '');
  const meanings = [meaning, importWords(image)];
  return (
    <StateWords
      icon={iconOf(image)}
      word={told?.badge ?? words.state[state].word}
      meaning={meanings.filter((sentence) => sentence !== '').join(' ')}
    />
  );
}

function importWords({ isImported, imported }: ServiceImage): string {
  if (!isImported) return '';
  return imported === undefined ? words.table.imported : words.table.importedBy[imported];
}

function iconOf({ state, substitute }: ServiceImage): ServiceState {
  if (state === 'missing') return 'off';
  if (state === 'present' || (state === 'substitute' && substitute !== 'stub')) return 'ready';
  return 'degraded';
}

interface StateWordsProps {
  readonly icon: ServiceState;
  readonly word: string;
  readonly meaning: string;
}

function StateWords({ icon, word, meaning }: StateWordsProps) {
  return (
    <>
      <span className="image-state">
        <StateIcon state={icon} />
        {word}
      </span>
      {meaning !== '' && <span className="image-meaning">{meaning}</span>}
    </>
  );
}
