// Runs a machine over a text in one pass, whatever the pattern: places that can be reached together become one state,
// made when it is first met. No pattern can take longer than its size times the text's length.
import { isIn, wordCharacters } from './character-set.ts';
import type { Machine } from './machine.ts';

// What came before a place in the text.
type Before = 'start' | 'word' | 'other';

export interface State {
  // Steps whose turn is next, before choices and edges are followed.
  readonly ids: readonly number[];
  readonly before: Before;
}

// A place in a text, and the state there: from here a search goes on.
export interface Rest {
  readonly at: number;
  readonly state: State;
}

const mostStates = 1000;
// Steps followed to make moves before the caller is asked whether to go on: some ten milliseconds. A move made before
// costs next to nothing, so a whole megabyte of those is one piece.
const stepsAtOnce = 20_000;
// What following a step costs, in characters whose move is known.
const costOfStep = 5;
const unknown = -1;
const nowhere = 0;

export class Automaton {
  readonly #machine: Machine;
  // Whether a match may begin anywhere, or only where the run does.
  readonly #isSearch: boolean;
  readonly #width: number;
  #states: State[] = [];
  #byKey = new Map<string, number>();
  #starts = new Map<Before, number>();
  // state * width + class -> twice the next state, and one more if a match ended before this character.
  #moves: Int32Array;
  // Steps followed so far to make moves.
  #followed = 0;

  constructor(machine: Machine, isSearch: boolean) {
    this.#machine = machine;
    this.#isSearch = isSearch;
    // The last class is the end of the text.
    this.#width = machine.samples.length + 1;
    this.#moves = new Int32Array(16 * this.#width).fill(unknown);
    this.#forget();
  }

  // Whether a match is anywhere in the text; or where the search of a line that costs much has come to.
  finds(text: string, rest?: Rest): boolean | Rest {
    const { classes } = this.#machine;
    const width = this.#width;
    const { length } = text;
    const enough = this.#followed + stepsAtOnce;
    let state = rest === undefined ? this.#start('start') : this.#stateOf(rest.state);
    let moves = this.#moves;
    for (let at = rest?.at ?? 0; at < length; at += 1) {
      const kind = classes[text.charCodeAt(at)] as number;
      let move = moves[state * width + kind] as number;
      if (move === unknown) {
        if (this.#followed >= enough) return { at, state: this.#states[state] as State };
        move = this.#move(state, kind);
        // A larger one may have taken its place.
        moves = this.#moves;
      }
      if ((move & 1) === 1) return true;
      state = move >> 1;
    }
    const move = this.#moves[state * width + width - 1] ?? unknown;
    return ((move === unknown ? this.#move(state, width - 1) : move) & 1) === 1;
  }

  // The end of the longest match that begins at this place; -1: none does. Takes what it uses from the budget.
  longest(text: string, from: number, budget: { work: number }): number {
    const { classes } = this.#machine;
    const width = this.#width;
    let end = -1;
    let state = this.#start(from === 0 ? 'start' : isIn(wordCharacters, text.charCodeAt(from - 1)) ? 'word' : 'other');
    for (let at = from; at <= text.length; at += 1) {
      const before = this.#followed;
      const kind = at === text.length ? width - 1 : (classes[text.charCodeAt(at)] ?? 0);
      let move = this.#moves[state * width + kind] ?? unknown;
      if (move === unknown) move = this.#move(state, kind);
      if ((move & 1) === 1) end = at;
      state = move >> 1;
      budget.work -= 1 + costOfStep * (this.#followed - before);
      if (state === nowhere || budget.work <= 0) break;
    }
    return end;
  }

  #start(before: Before): number {
    const known = this.#starts.get(before);
    if (known !== undefined) return known;
    const number = this.#stateOf({ ids: [this.#machine.first], before });
    this.#starts.set(before, number);
    return number;
  }

  #move(number: number, kind: number): number {
    const state = this.#states[number] ?? { ids: [], before: 'other' };
    const isEnd = kind === this.#width - 1;
    const sample = this.#machine.samples[kind] ?? 0;
    const isWord = !isEnd && isIn(wordCharacters, sample);
    const { eating, isFound } = this.#reach(state, isEnd, isWord);
    const ids = new Set<number>();
    if (!isEnd) {
      for (const step of eating) if (isIn(step.set, sample)) ids.add(step.next);
      if (this.#isSearch) ids.add(this.#machine.first);
    }
    const before = this.#states.length;
    const next = ids.size === 0 ? nowhere : this.#stateOf({ ids: [...ids], before: isWord ? 'word' : 'other' });
    const move = next * 2 + (isFound ? 1 : 0);
    // Unless all states were just forgotten: then this one has another number.
    if (this.#states.length >= before) this.#moves[number * this.#width + kind] = move;
    return move;
  }

  // Follows choices, and edges that are true here.
  #reach(state: State, isEnd: boolean, isWord: boolean) {
    const { steps } = this.#machine;
    const seen = new Set<number>();
    const waiting = [...state.ids];
    const eating: Extract<Machine['steps'][number], { kind: 'eat' }>[] = [];
    let isFound = false;
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      this.#followed += 1;
      const step = steps[id];
      if (step?.kind === 'found') isFound = true;
      else if (step?.kind === 'eat') eating.push(step);
      else if (step?.kind === 'fork') waiting.push(step.next, step.other);
      else if (step?.kind === 'edge') {
        const isBetween = (state.before === 'word') !== isWord;
        const holds = { start: state.before === 'start', end: isEnd, word: isBetween, inside: !isBetween };
        if (holds[step.edge]) waiting.push(step.next);
      }
    }
    return { eating, isFound };
  }

  #stateOf(state: State): number {
    const ids = state.ids.toSorted((one, other) => one - other);
    const key = `${state.before} ${ids.join(' ')}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    if (this.#states.length >= mostStates) this.#forget();
    const number = this.#states.push({ ids, before: state.before }) - 1;
    this.#byKey.set(key, number);
    if ((number + 1) * this.#width > this.#moves.length) {
      const larger = new Int32Array(this.#moves.length * 2).fill(unknown);
      larger.set(this.#moves);
      this.#moves = larger;
    }
    return number;
  }

  // The number 0 stays with the state that leads nowhere.
  #forget(): void {
    this.#states = [{ ids: [], before: 'other' }];
    this.#byKey.clear();
    this.#starts.clear();
    this.#moves.fill(unknown);
  }
}
