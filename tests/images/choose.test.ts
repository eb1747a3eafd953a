import { describe, expect, it } from 'vitest';
import { choose, type Option, type Present } from '../../build/images/choose.ts';

const slow: Option = { hash: 'real', isSlow: true, isCached: false };
const quick: Option = { hash: 'real', isSlow: false, isCached: false };
const stub: Option = { hash: 'stub', isSlow: false, isCached: false };
const cached = { isCached: true };
const noGo = { missing: 'there is no go command here' };

const pinned: Present = { origin: 'pinned' };
const unknown: Present = { origin: 'unknown' };
const built: Present = { origin: 'built', recipe: 'real' };
const olderBuilt: Present = { origin: 'built' };
const stubbed: Present = { origin: 'stub', recipe: 'stub' };
const olderStub: Present = { origin: 'stub' };

interface Row {
  readonly what: string;
  readonly present?: Present;
  readonly real?: Option;
  readonly stub?: Option;
  readonly plain: string;
  readonly withStubs: string;
}

const rows: readonly Row[] = [
  { what: 'nothing there', real: slow, stub, plain: 'make real', withStubs: 'make stub' },
  { what: 'nothing there, quick', real: quick, stub, plain: 'make real', withStubs: 'make real' },
  { what: 'the cache has it', real: { ...slow, ...cached }, stub, plain: 'make real', withStubs: 'make real' },
  {
    what: 'the cache has it, no toolchain',
    real: { ...slow, ...cached, ...noGo },
    stub,
    plain: 'make real',
    withStubs: 'make real',
  },
  { what: 'pinned', present: pinned, real: slow, stub, plain: 'leave', withStubs: 'leave' },
  { what: 'somebody else’s', present: unknown, real: slow, stub, plain: 'leave', withStubs: 'leave' },
  { what: 'built already', present: built, real: slow, stub, plain: 'leave', withStubs: 'leave' },
  { what: 'built by an earlier recipe', present: olderBuilt, real: slow, stub, plain: 'make real', withStubs: 'leave' },
  {
    what: 'built earlier, no toolchain',
    present: olderBuilt,
    real: { ...slow, ...noGo },
    stub,
    plain: 'leave',
    withStubs: 'leave',
  },
  { what: 'a stub', present: stubbed, real: slow, stub, plain: 'make real', withStubs: 'leave' },
  {
    what: 'a stub, the cache has better',
    present: stubbed,
    real: { ...slow, ...cached },
    stub,
    plain: 'make real',
    withStubs: 'make real',
  },
  { what: 'an earlier stub', present: olderStub, real: slow, stub, plain: 'make real', withStubs: 'make stub' },
  { what: 'no toolchain', real: { ...slow, ...noGo }, stub, plain: 'fail', withStubs: 'make stub' },
  { what: 'only a stub can be had', stub, plain: 'make stub', withStubs: 'make stub' },
  { what: 'only a stub, and it is there', present: stubbed, stub, plain: 'leave', withStubs: 'leave' },
  {
    what: 'no way at all',
    real: { ...slow, ...noGo },
    stub: { ...stub, missing: 'no apt' },
    plain: 'fail',
    withStubs: 'fail',
  },
  { what: 'no apt, no stub', real: { ...quick, missing: 'no apt' }, plain: 'fail', withStubs: 'fail' },
];

describe('the way that is taken', () => {
  it.each(rows)('$what', ({ plain, withStubs, ...situation }) => {
    const outcome = (stubs: boolean) => {
      const decision = choose({ ...situation, stubs });
      return decision.act === 'make' ? `make ${decision.recipe}` : decision.act;
    };
    expect([outcome(false), outcome(true)]).toEqual([plain, withStubs]);
  });

  it('says what is missing, and that stubs can be asked for', () => {
    expect(choose({ real: { ...slow, ...noGo }, stub, stubs: false })).toEqual({
      act: 'fail',
      why: 'there is no go command here; --stubs makes a stand-in',
    });
  });
});
