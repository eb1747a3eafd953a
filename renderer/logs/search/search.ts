// A search in lines of a log: words as they are, or a regular expression. However it is written and whatever the lines
// hold, it takes one pass over each.
import { Automaton, type Rest } from './automaton.ts';
import { withBothCases } from './character-set.ts';
import { buildMachine } from './machine.ts';
import { parsePattern } from './parse-pattern.ts';
import { type Pattern, PatternError, type PatternTrouble } from './pattern.ts';

export interface SearchRequest {
  // '' searches for nothing.
  readonly words: string;
  readonly isPattern: boolean;
  readonly isCaseKept: boolean;
}

// From a place up to, not including, another.
export interface Mark {
  readonly from: number;
  readonly to: number;
}

export interface Marks {
  // In their order.
  readonly marks: readonly Mark[];
  // false: the text would cost too much, and these are the first ones only, perhaps none.
  readonly isWhole: boolean;
}

export interface Search {
  // A rest: this text costs more than one frame has time for; asked with the same text and the rest it goes on.
  finds(text: string, rest?: Rest): boolean | Rest;
  marks(text: string): Marks;
}

export interface SearchTrouble {
  readonly trouble: PatternTrouble;
  // Where in the pattern, counted from 1.
  readonly place: number;
}

const mostMarks = 200;
// Characters of one line that is drawn, or as much work: a frame draws a hundred of them.
const mostMarkWork = 20_000;

export function createSearch(request: SearchRequest): Search | SearchTrouble {
  const { words, isPattern, isCaseKept } = request;
  if (!isPattern && isCaseKept) return searchWords(words);
  try {
    return searchPattern(isPattern ? parsePattern(words, isCaseKept) : ofWords(words));
  } catch (error) {
    if (error instanceof PatternError) return { trouble: error.trouble, place: error.place };
    throw error;
  }
}

function ofWords(words: string): Pattern {
  const parts = Array.from({ length: words.length }, (_, at) => {
    const code = words.charCodeAt(at);
    return { kind: 'one', set: withBothCases([code, code]) } as const;
  });
  return { kind: 'sequence', parts };
}

function searchWords(words: string): Search {
  return {
    finds: (text) => text.includes(words),
    marks(text) {
      const found: Mark[] = [];
      for (
        let at = text.indexOf(words);
        at >= 0 && found.length < mostMarks;
        at = text.indexOf(words, at + words.length)
      ) {
        found.push({ from: at, to: at + words.length });
      }
      return { marks: found, isWhole: true };
    },
  };
}

function searchPattern(pattern: Pattern): Search {
  const machine = buildMachine(pattern);
  const anywhere = new Automaton(machine, true);
  const here = new Automaton(machine, false);
  return {
    finds: (text, rest) => anywhere.finds(text, rest),
    marks(text) {
      const found: Mark[] = [];
      const budget = { work: mostMarkWork };
      for (let from = 0; from < text.length && budget.work > 0 && found.length < mostMarks; ) {
        const to = here.longest(text, from, budget);
        if (to > from) found.push({ from, to });
        from = Math.max(to, from + 1);
      }
      return { marks: found, isWhole: budget.work > 0 };
    },
  };
}
