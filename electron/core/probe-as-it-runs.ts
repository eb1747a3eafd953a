// Where a service answers as long as a changed setting waits for the next Start. Pure.
import { findContainer } from './conflicts.ts';
import type { DesiredService, Probe } from './desired.ts';
import type { Observed } from './observed.ts';
import { isWildcard } from './publishes.ts';

// Another port is in force only once the container behind it is replaced: until then it is asked where it listens.
export function probeAsItRuns({ definition, probe }: DesiredService, observed: Observed): Probe {
  const door = findContainer(observed, probe.through ?? definition.id);
  const parts = /^http:\/\/([^/:]+):(\d+)(.*)$/.exec(probe.url);
  if (door === undefined || parts === null) return probe;
  const [, host = '', wanted, path = ''] = parts;
  const held = observed.listeners
    .filter(({ address, containerId }) => containerId === door.id && (address === host || isWildcard(address)))
    .map(({ port }) => port);
  const [port] = held;
  // Of several, none is known to be the one.
  if (port === undefined || port === Number(wanted) || held.some((other) => other !== port)) return probe;
  return { ...probe, url: `http://${host}:${port}${path}` };
}
