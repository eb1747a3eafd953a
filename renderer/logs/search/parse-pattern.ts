// Reads a regular expression as JavaScript writes it. Captures are not needed, so every group is only a group.
import {
  blanks,
  type CharacterSet,
  digits,
  everything,
  negation,
  union,
  withBothCases,
  wordCharacters,
} from './character-set.ts';
import { type Pattern, PatternError } from './pattern.ts';

const classes: Readonly<Record<string, CharacterSet>> = {
  d: digits,
  D: negation(digits),
  w: wordCharacters,
  W: negation(wordCharacters),
  s: blanks,
  S: negation(blanks),
};
const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, 0: 0 };
const mostRepeats = 1000;

// Throws PatternError.
export function parsePattern(source: string, isCaseKept: boolean): Pattern {
  const parser = new Parser(source, isCaseKept);
  return parser.whole();
}

class Parser {
  readonly #source: string;
  readonly #isCaseKept: boolean;
  #at = 0;
  #depth = 0;

  constructor(source: string, isCaseKept: boolean) {
    this.#source = source;
    this.#isCaseKept = isCaseKept;
  }

  whole(): Pattern {
    const pattern = this.#either();
    if (this.#at < this.#source.length) throw new PatternError('stray-parenthesis', this.#at + 1);
    return pattern;
  }

  #peek(): string {
    return this.#source.charAt(this.#at);
  }

  #skip(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #either(): Pattern {
    const parts = [this.#sequence()];
    while (this.#skip('|')) parts.push(this.#sequence());
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'either', parts };
  }

  #sequence(): Pattern {
    const parts: Pattern[] = [];
    while (this.#at < this.#source.length && this.#peek() !== '|' && this.#peek() !== ')') parts.push(this.#repeated());
    return { kind: 'sequence', parts };
  }

  #repeated(): Pattern {
    const place = this.#at + 1;
    const part = this.#one();
    const times = this.#times();
    if (times === undefined) return part;
    if (part.kind === 'edge') throw new PatternError('nothing-to-repeat', place);
    // Lazy or not: what is found is the same, only how far it is marked may differ.
    this.#skip('?');
    return { kind: 'repeat', part, ...times };
  }

  #times(): { least: number; most: number } | undefined {
    if (this.#skip('*')) return { least: 0, most: Number.POSITIVE_INFINITY };
    if (this.#skip('+')) return { least: 1, most: Number.POSITIVE_INFINITY };
    if (this.#skip('?')) return { least: 0, most: 1 };
    const found = /^\{(\d{1,6})(,(\d{0,6}))?\}/.exec(this.#source.slice(this.#at, this.#at + 20));
    if (found === null) return undefined;
    const least = Number(found[1]);
    const open = found[3] === '' ? Number.POSITIVE_INFINITY : Number(found[3]);
    const most = found[2] === undefined ? least : open;
    if (most < least) throw new PatternError('wrong-order', this.#at + 1);
    if (least > mostRepeats || (most > mostRepeats && most !== Number.POSITIVE_INFINITY)) {
      throw new PatternError('too-large', this.#at + 1);
    }
    this.#at += found[0].length;
    return { least, most };
  }

  #one(): Pattern {
    const place = this.#at + 1;
    const character = this.#peek();
    this.#at += 1;
    if (character === '(') return this.#group(place);
    if (character === '[') return this.#class(place);
    if (character === '.') return { kind: 'one', set: everything };
    if (character === '^') return { kind: 'edge', edge: 'start' };
    if (character === '$') return { kind: 'edge', edge: 'end' };
    if (character === '*' || character === '+' || character === '?') throw new PatternError('nothing-to-repeat', place);
    if (character !== '\\') return this.#exactly(character.charCodeAt(0));
    if (this.#skip('b')) return { kind: 'edge', edge: 'word' };
    if (this.#skip('B')) return { kind: 'edge', edge: 'inside' };
    return { kind: 'one', set: this.#cased(this.#escaped(place)) };
  }

  #group(place: number): Pattern {
    this.#depth += 1;
    if (this.#depth > 100) throw new PatternError('too-large', place);
    if (this.#skip('?')) {
      if (this.#skip('=') || this.#skip('!') || this.#skip('<=') || this.#skip('<!')) {
        throw new PatternError('look-around', place);
      }
      const name = /^(?::|<[A-Za-z_$][\w$]*>)/.exec(this.#source.slice(this.#at));
      if (name === null) throw new PatternError('unknown-group', place);
      this.#at += name[0].length;
    }
    const inner = this.#either();
    if (!this.#skip(')')) throw new PatternError('open-group', place);
    this.#depth -= 1;
    return inner;
  }

  #class(place: number): Pattern {
    const isNegated = this.#skip('^');
    const sets: CharacterSet[] = [];
    while (!this.#skip(']')) {
      if (this.#at >= this.#source.length) throw new PatternError('open-class', place);
      const from = this.#ofClass();
      const isRange = this.#peek() === '-' && !['', ']'].includes(this.#source.charAt(this.#at + 1));
      if (!isRange || from.length !== 2 || from[0] !== from[1]) {
        sets.push(from);
        continue;
      }
      this.#at += 1;
      const to = this.#ofClass();
      if ((to[1] ?? 0) < (from[0] ?? 0)) throw new PatternError('wrong-order', this.#at);
      // [a-\d] is a, - and \d.
      sets.push(to[0] === to[1] ? [from[0] ?? 0, to[0] ?? 0] : union(from, [45, 45], to));
    }
    const set = this.#cased(union(...sets));
    return { kind: 'one', set: isNegated ? negation(set) : set };
  }

  #ofClass(): CharacterSet {
    const place = this.#at + 1;
    const character = this.#peek();
    this.#at += 1;
    if (character !== '\\') return [character.charCodeAt(0), character.charCodeAt(0)];
    return this.#skip('b') ? [8, 8] : this.#escaped(place);
  }

  // What follows a backslash.
  #escaped(place: number): CharacterSet {
    const character = this.#peek();
    if (character === '') throw new PatternError('unfinished', place);
    this.#at += 1;
    const known = classes[character];
    if (known !== undefined) return known;
    const numbered = character === 'x' ? this.#hexadecimal(2) : character === 'u' ? this.#hexadecimal(4) : undefined;
    const code = controls[character] ?? numbered;
    if (code !== undefined) return [code, code];
    if (/[1-9k]/.test(character)) throw new PatternError('back-reference', place);
    if (/[A-Za-z]/.test(character)) throw new PatternError('unknown-escape', place);
    return [character.charCodeAt(0), character.charCodeAt(0)];
  }

  #hexadecimal(length: number): number | undefined {
    const text = this.#source.slice(this.#at, this.#at + length);
    if (text.length < length || !/^[0-9a-fA-F]+$/.test(text)) return undefined;
    this.#at += length;
    return Number.parseInt(text, 16);
  }

  #exactly(code: number): Pattern {
    return { kind: 'one', set: this.#cased([code, code]) };
  }

  #cased(set: CharacterSet): CharacterSet {
    return this.#isCaseKept ? set : withBothCases(set);
  }
}
