import { type KeyboardEvent, useEffect, useRef } from 'react';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { choicesStore, chooseSearch } from './log-choices.ts';
import { Toggle } from './toggle.tsx';
import type { LogCursor } from './use-log-cursor.ts';
import type { LogSearch } from './use-log-search.ts';
import type { LogView } from './use-log-view.ts';

interface SearchBarProps {
  readonly view: LogView;
  readonly search: LogSearch;
  readonly cursor: LogCursor;
}

const words = texts.logs.search;

export function SearchBar({ view, search, cursor }: SearchBarProps) {
  const choice = useStore(choicesStore).search;
  const field = useRef<HTMLInputElement>(null);
  const { find } = search;

  useEffect(() => {
    function onKey(event: globalThis.KeyboardEvent) {
      const isFind = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key === 'f';
      if (!isFind && event.key !== 'F3') return;
      event.preventDefault();
      if (event.key === 'F3') find(event.shiftKey);
      else {
        field.current?.focus();
        field.current?.select();
      }
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [find]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') find(event.shiftKey);
    if (event.key === 'Escape' && choice.words !== '') chooseSearch({ words: '' });
  }

  return (
    <div className="log-search" role="search">
      <div className="log-search-field">
        <Icon name="search" />
        <input
          ref={field}
          type="text"
          aria-label={words.label}
          aria-keyshortcuts="Control+F"
          aria-invalid={search.trouble !== undefined}
          aria-describedby="log-search-words"
          placeholder={words.placeholder}
          spellCheck={false}
          autoComplete="off"
          maxLength={1000}
          value={choice.words}
          onChange={(event) => chooseSearch({ words: event.target.value })}
          onKeyDown={onKeyDown}
        />
        <span className="log-search-count">{countOf(view, search, cursor)}</span>
        <Toggle
          isOn={choice.isCaseKept}
          label={words.caseKeptTitle}
          onChange={(isCaseKept) => chooseSearch({ isCaseKept })}
        >
          {words.caseKept}
        </Toggle>
        <Toggle
          isOn={choice.isPattern}
          label={words.patternTitle}
          onChange={(isPattern) => chooseSearch({ isPattern })}
        >
          {words.pattern}
        </Toggle>
      </div>
      <div className="log-search-steps">
        <Button
          kind="quiet"
          icon="up"
          isIconOnly
          title={words.keysHint}
          isEnabled={search.isActive}
          onPress={() => find(true)}
        >
          {words.previous}
        </Button>
        <Button
          kind="quiet"
          icon="down"
          isIconOnly
          title={words.keysHint}
          isEnabled={search.isActive}
          onPress={() => find(false)}
        >
          {words.next}
        </Button>
        <Toggle isOn={choice.isOnlyFound} onChange={(isOnlyFound) => chooseSearch({ isOnlyFound })}>
          {words.onlyFound}
        </Toggle>
      </div>
      <p id="log-search-words" className="log-search-trouble" role={search.trouble === undefined ? undefined : 'alert'}>
        {search.trouble !== undefined && words.trouble(search.trouble)}
      </p>
    </div>
  );
}

function countOf({ lines, isSettled }: LogView, { isActive }: LogSearch, cursor: LogCursor): string {
  const { found } = lines;
  if (!isActive || found === undefined) return '';
  if (found.size === 0) return isSettled ? words.none : words.lasting;
  const isAt = cursor.line !== undefined && found.has(cursor.line);
  const count = words.count(isAt && cursor.line !== undefined ? found.placeOf(cursor.line) + 1 : undefined, found.size);
  return isSettled ? count : words.soFar(count);
}
