// How the lines are shown and searched; stays while other pages are open.
import { createStore } from '../stores/store.ts';
import { everyLine, type LineFilter } from './line-filter.ts';
import type { SearchRequest } from './search/search.ts';

export interface LogChoices {
  readonly filter: LineFilter;
  readonly search: SearchRequest & { readonly isOnlyFound: boolean };
  readonly isWrapped: boolean;
  readonly hasFields: boolean;
  readonly hasColours: boolean;
}

export const choicesStore = createStore<LogChoices>({
  filter: everyLine,
  search: { words: '', isPattern: false, isCaseKept: false, isOnlyFound: false },
  isWrapped: false,
  hasFields: true,
  hasColours: true,
});

export function choose(change: Partial<LogChoices>): void {
  choicesStore.set({ ...choicesStore.get(), ...change });
}

export function chooseSearch(change: Partial<LogChoices['search']>): void {
  choose({ search: { ...choicesStore.get().search, ...change } });
}
