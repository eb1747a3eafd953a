// The settings as the window knows them, and changes on their way: asked what they would restart, then saved.
import type { CommandInput, SettingsView } from '../../electron/contract/contract.ts';
import type { Settings } from '../../electron/core/settings.ts';
import type { SettingsEffects } from '../../electron/core/settings-effects.ts';
import { invoke, run } from '../bridge.ts';
import { announce } from '../stores/announcements.ts';
import { shareEqual } from '../stores/share-equal.ts';
import { createStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { chooseLocale } from '../words/locale.ts';
import { hasEffects, needsStart } from './effects.ts';
import { problemWords } from './problem-words.ts';

export type SettingsPatch = CommandInput<'settings:change'>;

export interface Change {
  // null: back to the defaults.
  readonly patch: SettingsPatch | null;
  // Named in the sheet, and read to who cannot see the page.
  readonly what: string;
  // Beside which control the outcome is told.
  readonly key: string;
  // Asked about in any case, with these words.
  readonly warning?: string;
}

// Refused: it does not go together with what else is set; why, in words.
export type ChangeOutcome = 'saved' | 'left' | { readonly refused: string };

export type Decision = 'now' | 'later' | 'leave';

export interface Question extends Change {
  // Undefined where they could not be found out.
  readonly effects: SettingsEffects | undefined;
  // Why not, in words.
  readonly problem?: string;
  readonly decide: (decision: Decision) => void;
}

export interface SettingsState {
  // Undefined until the app has answered.
  readonly view: SettingsView | undefined;
  readonly saved: { readonly key: string; readonly words: string } | undefined;
  // The key of what is looked at or saved.
  readonly saving: string | undefined;
  readonly question: Question | undefined;
  // Something was saved that the next Start brings about.
  readonly waits: boolean;
}

export const settingsStore = createStore<SettingsState>({
  view: undefined,
  saved: undefined,
  saving: undefined,
  question: undefined,
  waits: false,
});

function update(change: Partial<SettingsState>): void {
  settingsStore.set({ ...settingsStore.get(), ...change });
}

export async function loadSettings(): Promise<void> {
  const result = await run('settings:get', undefined);
  // What is being saved is newer than this.
  if (result.ok && settingsStore.get().saving === undefined) accept(result.value);
}

function accept(view: SettingsView): void {
  update({ view: shareEqual(settingsStore.get().view, view) });
  chooseLocale(view.settings.dateLocale);
}

let queue: Promise<unknown> = Promise.resolve();

// One after the other, each from what the one before left.
export function changeSettings(changeOf: (settings: Settings) => Change): Promise<ChangeOutcome> {
  const done = queue.then(async () => {
    const { view } = settingsStore.get();
    return view === undefined ? 'left' : carryOut(changeOf(view.settings));
  });
  queue = done;
  return done;
}

async function carryOut(change: Change): Promise<ChangeOutcome> {
  update({ saving: change.key, saved: undefined });
  const looked = await invoke('settings:preview', { patch: change.patch });
  if (!looked.ok && 'failure' in looked && looked.failure.code === 'settings-collide') {
    update({ saving: undefined });
    return { refused: problemWords(looked) };
  }
  const effects = looked.ok ? looked.value : undefined;
  const isAsked = change.patch === null || change.warning !== undefined || effects === undefined || hasEffects(effects);
  const problem = looked.ok ? undefined : problemWords(looked);
  const decision = isAsked ? await ask(change, effects, problem) : 'later';
  const isSaved = decision !== 'leave' && (await save(change, effects, decision));
  update({ saving: undefined });
  return isSaved ? 'saved' : 'left';
}

async function ask(change: Change, effects: SettingsEffects | undefined, problem?: string): Promise<Decision> {
  const decision = await new Promise<Decision>((decide) => {
    update({ question: { ...change, effects, ...(problem === undefined ? {} : { problem }), decide } });
  });
  update({ question: undefined });
  return decision;
}

async function save(
  { patch, what, key }: Change,
  effects: SettingsEffects | undefined,
  decision: Decision,
): Promise<boolean> {
  const result = patch === null ? await run('settings:reset', undefined) : await run('settings:change', patch);
  if (!result.ok) return false;
  accept(result.value);
  const reachesStack = effects !== undefined && needsStart(effects);
  const isApplied = reachesStack && decision === 'now';
  update({
    saved: { key, words: savedWords(patch === null, reachesStack, isApplied) },
    ...(reachesStack ? { waits: !isApplied } : {}),
  });
  announce(patch === null ? texts.settings.reset.done : texts.announce.saved(what));
  if (isApplied) void run('stack:up', {});
  return true;
}

function savedWords(isReset: boolean, reachesStack: boolean, isApplied: boolean): string {
  if (isApplied) return texts.settings.savedApplying;
  if (reachesStack) return texts.settings.savedLater;
  return isReset ? texts.settings.reset.done : texts.settings.saved;
}

// The next Start has come.
export function nothingWaits(): void {
  if (settingsStore.get().waits) update({ waits: false });
}

// Words about what was saved are of one visit to the page.
export function forgetSaved(): void {
  if (settingsStore.get().saved !== undefined) update({ saved: undefined });
}
