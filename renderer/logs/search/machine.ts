// A pattern as a machine of small steps, each of which either eats one code unit or chooses between two others.
import { type CharacterSet, isIn, wordCharacters } from './character-set.ts';
import { type Edge, type Pattern, PatternError } from './pattern.ts';

export type Step =
  | { readonly kind: 'eat'; readonly set: CharacterSet; readonly next: number }
  | { readonly kind: 'fork'; readonly next: number; readonly other: number }
  | { readonly kind: 'edge'; readonly edge: Edge; readonly next: number }
  | { readonly kind: 'found' };

export interface Machine {
  readonly steps: readonly Step[];
  readonly first: number;
  // Code unit -> its class: those of one class lead from the same place to the same place.
  readonly classes: Uint16Array;
  // A code unit of each class.
  readonly samples: readonly number[];
}

// What one line costs grows with it.
const mostSteps = 5000;
const mostParts = 50_000;

// Throws PatternError 'too-large'.
export function buildMachine(pattern: Pattern): Machine {
  const steps: Step[] = [];
  const add = (step: Step): number => {
    if (steps.length >= mostSteps) throw new PatternError('too-large', 1);
    return steps.push(step) - 1;
  };
  let parts = 0;
  function build(part: Pattern, next: number): number {
    parts += 1;
    // Nothing, repeated a thousand times a thousand times, makes no steps and takes as long.
    if (parts > mostParts) throw new PatternError('too-large', 1);
    switch (part.kind) {
      case 'one':
        return add({ kind: 'eat', set: part.set, next });
      case 'edge':
        return add({ kind: 'edge', edge: part.edge, next });
      case 'sequence':
        return part.parts.reduceRight((after, each) => build(each, after), next);
      case 'either':
        return part.parts
          .map((each) => build(each, next))
          .reduceRight((other, each) => add({ kind: 'fork', next: each, other }));
      case 'repeat':
        return repeat(part.part, part.least, part.most, next);
    }
  }
  function repeat(part: Pattern, least: number, most: number, next: number): number {
    let after = next;
    if (most === Number.POSITIVE_INFINITY) {
      const fork = add({ kind: 'fork', next, other: next });
      steps[fork] = { kind: 'fork', next: build(part, fork), other: next };
      after = fork;
    } else {
      for (let count = least; count < most; count += 1)
        after = add({ kind: 'fork', next: build(part, after), other: next });
    }
    for (let count = 0; count < least; count += 1) after = build(part, after);
    return after;
  }
  const found = add({ kind: 'found' });
  const first = build(pattern, found);
  return { steps, first, ...classesOf(steps) };
}

function classesOf(steps: readonly Step[]): Pick<Machine, 'classes' | 'samples'> {
  const sets = new Set(steps.flatMap((step) => (step.kind === 'eat' ? [step.set] : [])));
  // Edges ask whether a character is one of words.
  if (steps.some((step) => step.kind === 'edge')) sets.add(wordCharacters);
  const starts = new Set([0]);
  for (const set of sets) {
    for (let at = 0; at < set.length; at += 2) starts.add(set[at] ?? 0).add((set[at + 1] ?? 0) + 1);
  }
  starts.delete(0x10000);
  const sorted = [...starts].sort((one, other) => one - other);
  const all = [...sets];
  const known = new Map<string, number>();
  const classes = new Uint16Array(0x10000);
  const samples: number[] = [];
  sorted.forEach((from, index) => {
    const key = all.map((set) => (isIn(set, from) ? '1' : '0')).join('');
    const found = known.get(key) ?? samples.push(from) - 1;
    known.set(key, found);
    classes.fill(found, from, sorted[index + 1] ?? 0x10000);
  });
  return { classes, samples };
}
