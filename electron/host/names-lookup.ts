// What names lead to now, asked as any program of this machine would ask.
import { lookup } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NameLookup } from '../core/host/host-facts.ts';
import type { HostName } from '../core/host/host-request.ts';

// A name that is not set up fails at once on most machines; some wait five seconds for an answer that never comes.
const patienceMilliseconds = 3000;

export function lookUpNames(
  names: readonly HostName[],
  patience = patienceMilliseconds,
): Promise<readonly NameLookup[]> {
  return Promise.all(names.map((name) => lookUp(name, patience)));
}

async function lookUp({ host, address }: HostName, patience: number): Promise<NameLookup> {
  const begun = performance.now();
  const stop = new AbortController();
  const late = sleep(patience, [], { signal: stop.signal, ref: false }).catch(() => []);
  const found = await Promise.race([lookup(host, { all: true }).catch(() => []), late]);
  stop.abort();
  return {
    host,
    wanted: address,
    found: [...new Set(found.map((each) => each.address))],
    milliseconds: Math.round(performance.now() - begun),
  };
}
