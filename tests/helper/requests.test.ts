// What may be asked is written down twice, by other means: in the root program, which trusts nobody, and in the app.
import * as v from 'valibot';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { hostRequest } from '../../electron/contract/host-request.ts';
import { corpus } from './support/corpus.ts';
import { mutated } from './support/mutate.ts';
import { seededRandom } from './support/random.ts';

const mutations = 20_000;

// The root program looks at its platform once, when it is loaded.
async function helperAccepts(platform: 'linux' | 'darwin'): Promise<(words: string) => boolean> {
  vi.resetModules();
  vi.spyOn(process, 'platform', 'get').mockReturnValue(platform);
  const { parseRequest } = await import('../../electron/host/helper/validate.ts');
  return (words) => {
    try {
      parseRequest(words);
      return true;
    } catch (error) {
      if ((error as { code?: string }).code !== 'bad-request') throw error;
      return false;
    }
  };
}

function appAccepts(isMac: boolean): (words: string) => boolean {
  const schema = hostRequest(isMac);
  return (words) => {
    try {
      return v.safeParse(schema, JSON.parse(words)).success;
    } catch (error) {
      if (error instanceof SyntaxError) return false;
      throw error;
    }
  };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(['linux', 'darwin'] as const)('on %s', (platform) => {
  const samples = corpus(platform === 'darwin');

  test(`${samples.length} requests are judged as written down, by both`, async () => {
    const [helper, app] = [await helperAccepts(platform), appAccepts(platform === 'darwin')];
    const judged = samples.map(({ title, request }) => {
      const words = JSON.stringify(request);
      return { title, helper: helper(words), app: app(words) };
    });
    expect(judged).toEqual(samples.map(({ title, good }) => ({ title, helper: good, app: good })));
  });

  test(`${mutations} mutated requests are judged alike`, async () => {
    const [helper, app] = [await helperAccepts(platform), appAccepts(platform === 'darwin')];
    const random = seededRandom(platform.length);
    const requests = samples.map(({ request }) => JSON.stringify(request));
    const different: string[] = [];
    let accepted = 0;
    for (let left = mutations; left > 0; left -= 1) {
      const words = mutated(random, requests);
      const isGood = helper(words);
      if (isGood) accepted += 1;
      if (isGood !== app(words)) different.push(`${isGood ? 'only the helper takes' : 'only the app takes'} ${words}`);
    }
    console.log(`${mutations} mutated requests, ${accepted} of them good`);
    expect(different).toEqual([]);
    expect(accepted).toBeGreaterThan(mutations / 50);
  });
});
