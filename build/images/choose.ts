// Which way is taken for one service. Pure: what is there and what could be made go in, one decision comes out.
import type { How } from './recipe.ts';

export interface Present {
  // 'unknown': the name is taken by an image that neither carries the pinned digest nor was made here.
  readonly origin: 'pinned' | How | 'unknown';
  readonly recipe?: string;
}

export interface Option {
  readonly hash: string;
  readonly isSlow: boolean;
  readonly isCached: boolean;
  // Why it cannot be made here.
  readonly missing?: string;
}

export interface Situation {
  readonly present?: Present;
  readonly real?: Option;
  readonly stub?: Option;
  // What takes long may be left to a stub.
  readonly stubs: boolean;
}

export type Decision =
  | { readonly act: 'leave'; readonly why: string }
  | { readonly act: 'make'; readonly recipe: 'real' | 'stub' }
  | { readonly act: 'fail'; readonly why: string };

export function choose({ present, real, stub, stubs }: Situation): Decision {
  if (present?.origin === 'pinned') return { act: 'leave', why: 'the pinned image is there' };
  if (present?.origin === 'unknown')
    return { act: 'leave', why: 'an image of that name is there, which was not made here' };
  if (real && present?.recipe === real.hash) return alreadyThere;
  if (real) {
    const isReal = present !== undefined && present.origin !== 'stub';
    if (real.isCached) return makeReal;
    if (stubs && real.isSlow)
      return isReal ? { act: 'leave', why: 'already there, by an earlier recipe' } : stubOr(stub, present);
    if (real.missing === undefined) return makeReal;
    if (isReal)
      return { act: 'leave', why: `already there, by an earlier recipe; a newer one cannot be made: ${real.missing}` };
    const advice = stub && stub.missing === undefined && !stubs ? '; --stubs makes a stand-in' : '';
    return stubs && stub ? stubOr(stub, present) : { act: 'fail', why: `${real.missing}${advice}` };
  }
  return stubOr(stub, present);
}

function stubOr(stub: Option | undefined, present: Present | undefined): Decision {
  if (!stub) return { act: 'fail', why: 'there is no way to make it' };
  if (present?.recipe === stub.hash) return alreadyThere;
  if (stub.isCached || stub.missing === undefined) return { act: 'make', recipe: 'stub' };
  return present ? { act: 'leave', why: 'already there, by an earlier recipe' } : { act: 'fail', why: stub.missing };
}

const alreadyThere: Decision = { act: 'leave', why: 'already there' };
const makeReal: Decision = { act: 'make', recipe: 'real' };
