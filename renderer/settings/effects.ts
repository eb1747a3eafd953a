// What a change does to what runs, as sentences.
import type { SettingsEffects } from '../../electron/core/settings-effects.ts';
import { texts } from '../texts.ts';
import { listWords } from '../words/lists.ts';

const words = texts.settings.sheet;

export function hasEffects(effects: SettingsEffects): boolean {
  return needsStart(effects) || effects.reconnects || effects.names || effects.notes.length > 0;
}

// Only a Start brings it about.
export function needsStart({ replaced, started, stopped }: SettingsEffects): boolean {
  return replaced.length + started.length + stopped.length > 0;
}

export interface EffectSentence {
  readonly kind: 'replaced' | 'started' | 'stopped' | 'reconnects' | 'names' | 'note';
  readonly text: string;
}

export function effectSentences(effects: SettingsEffects): readonly EffectSentence[] {
  const sentences: EffectSentence[] = [];
  const { replaced, started, stopped } = effects;
  if (replaced.length > 0) sentences.push({ kind: 'replaced', text: words.replaced(listWords(replaced)) });
  if (started.length > 0) sentences.push({ kind: 'started', text: words.started(listWords(started)) });
  if (stopped.length > 0) sentences.push({ kind: 'stopped', text: words.stopped(listWords(stopped)) });
  if (effects.reconnects) sentences.push({ kind: 'reconnects', text: words.reconnects });
  if (effects.names) sentences.push({ kind: 'names', text: words.names });
  sentences.push(...effects.notes.map((text) => ({ kind: 'note' as const, text })));
  return sentences;
}
