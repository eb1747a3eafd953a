// Finds the engine where people have it.
import { readFileSync } from 'node:fs';
import type { EnginePort } from '../core/engine-port.ts';
import { type EngineAttempt, type Failure, FailureError } from '../core/failure.ts';
import { findCandidates } from './candidates.ts';
import { dockerEngine } from './docker-engine.ts';
import { neededApiVersion, type ProbeResult, probe, type RejectedReason } from './probe.ts';
import { findSignIn } from './registry-sign-in.ts';

export interface ConnectQuery {
  // 'auto' or an address: the setting of the same name.
  readonly endpoint: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: string;
  readonly userId: number | undefined;
  readonly signal?: AbortSignal;
}

export interface Connection {
  readonly engine: EnginePort;
  // Better places that were tried before it.
  readonly rejected: readonly EngineAttempt[];
}

export type Rejected = Extract<ProbeResult, { kind: 'rejected' }> & { readonly attempt: EngineAttempt };

export async function connectEngine(query: ConnectQuery): Promise<Connection> {
  const { candidates } = findCandidates(query.endpoint, { ...query, readText });
  const rejected: Rejected[] = [];
  const seen = new Set<string>();
  for (const candidate of candidates) {
    const result = await probe(candidate, seen, query.signal);
    if (result.kind === 'answered') {
      const engine = dockerEngine(result.docker, result.description, (repository) =>
        findSignIn(repository, { ...query, readText }),
      );
      return { engine, rejected: rejected.map((one) => one.attempt) };
    }
    if (result.kind === 'rejected') {
      const { endpoint, foundBy } = candidate;
      rejected.push({ ...result, attempt: { endpoint, foundBy, rejected: result.words } });
    }
  }
  throw new FailureError(chooseFailure(rejected));
}

// The most telling attempt names the failure: an engine that is there but closed to us says more than an empty place.
const tellingFirst: readonly RejectedReason[] = ['denied', 'too-old', 'not-running', 'not-found'];

export function chooseFailure(rejected: readonly Rejected[]): Failure {
  const tried = rejected.map((one) => one.attempt);
  const [telling] = tellingFirst.flatMap((reason) => rejected.filter((one) => one.reason === reason));
  if (telling === undefined || telling.reason === 'not-found') return { code: 'engine-not-found', tried };
  const { endpoint } = telling.attempt;
  if (telling.reason === 'denied') return { code: 'engine-permission-denied', endpoint, tried };
  if (telling.reason === 'not-running') return { code: 'engine-not-running', endpoint, tried };
  return { code: 'engine-too-old', endpoint, found: telling.apiVersion ?? '', needed: neededApiVersion, tried };
}

export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
