// All places where an engine may be, asked at once, without changing which one is in use.
import { realpath } from 'node:fs/promises';
import type { FoundEngine } from '../core/settings-effects.ts';
import { findCandidates } from './candidates.ts';
import { type ConnectQuery, readText } from './connect.ts';
import type { EndpointCandidate } from './endpoint.ts';
import { probe } from './probe.ts';

const answerMilliseconds = 4000;

export type ListedEngine = Omit<FoundEngine, 'isInUse'>;

// Best first; a place that two ways lead to is told once.
export async function listEngines(query: ConnectQuery): Promise<readonly ListedEngine[]> {
  const surroundings = { ...query, readText };
  const { candidates } = findCandidates(query.endpoint, surroundings);
  const found = query.endpoint === 'auto' ? [] : findCandidates('auto', surroundings).candidates;
  const limit = AbortSignal.timeout(answerMilliseconds);
  const all = await Promise.all(
    [...candidates, ...found].map(async (candidate) => ({
      place: await placeOf(candidate),
      engine: await ask(candidate, limit),
    })),
  );
  return all.flatMap(({ place, engine }, index) =>
    all.findIndex((other) => other.place === place) === index ? [engine] : [],
  );
}

async function placeOf({ endpoint }: EndpointCandidate): Promise<string> {
  const path = /^unix:\/\/(\/.+)$/.exec(endpoint)?.[1];
  return path === undefined ? endpoint : realpath(path).catch(() => endpoint);
}

async function ask(candidate: EndpointCandidate, limit: AbortSignal): Promise<ListedEngine> {
  const { endpoint, foundBy } = candidate;
  try {
    const result = await probe(candidate, new Set(), limit);
    if (result.kind === 'answered') {
      const { product, version } = result.description;
      return { endpoint, foundBy, product: `${product} ${version}` };
    }
    return { endpoint, foundBy, rejected: result.kind === 'rejected' ? result.words : 'told before' };
  } catch (error) {
    if (!limit.aborted) throw error;
    return { endpoint, foundBy, rejected: `no answer within ${answerMilliseconds / 1000} seconds` };
  }
}
