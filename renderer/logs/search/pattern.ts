// What a search asks for, as a tree: the common part of regular expressions that can be searched for in one pass.
import type { CharacterSet } from './character-set.ts';

export type Pattern =
  | { readonly kind: 'one'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'either'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly part: Pattern; readonly least: number; readonly most: number }
  // 'word' is \b, 'inside' is \B.
  | { readonly kind: 'edge'; readonly edge: Edge };

export type Edge = 'start' | 'end' | 'word' | 'inside';

export type PatternTrouble =
  // Not a regular expression.
  | 'open-group'
  | 'open-class'
  | 'stray-parenthesis'
  | 'nothing-to-repeat'
  | 'wrong-order'
  | 'unfinished'
  // One, but nobody can say how long it would take, or not known here.
  | 'look-around'
  | 'back-reference'
  | 'unknown-escape'
  | 'unknown-group'
  | 'too-large';

export class PatternError extends Error {
  readonly trouble: PatternTrouble;
  // Counted from 1.
  readonly place: number;
  constructor(trouble: PatternTrouble, place: number) {
    super(trouble);
    this.name = 'PatternError';
    this.trouble = trouble;
    this.place = place;
  }
}
