// Where a service answers as long as a changed setting waits for the next Start. Pure.
import { findContainer } from './conflicts.ts';
import type { DesiredService, Probe } from './desired.ts';
import { labels } from './identity.ts';
import type { Observed } from './observed.ts';
import { isWildcard } from './publishes.ts';
import { localhostDomain, webHost } from './web-names.ts';

// Another port, or another name at the ingress, is in force only once the container behind it is replaced: until then it
// is asked where it listens, by the name that it knows.
export function probeAsItRuns({ definition, probe }: DesiredService, observed: Observed): Probe {
  const door = findContainer(observed, probe.through ?? definition.id);
  if (door === undefined) return probe;
  const url = urlAsItRuns(probe.url, door.id, observed);
  const baseDomain = door.labels[labels.baseDomain];
  if (probe.host === undefined || baseDomain === undefined) return { ...probe, url };
  const [host = probe.host] = webHost(definition, localhostDomain(baseDomain));
  return { ...probe, url, host };
}

function urlAsItRuns(url: string, doorId: string, { listeners }: Observed): string {
  const parts = /^http:\/\/([^/:]+):(\d+)(.*)$/.exec(url);
  if (parts === null) return url;
  const [, host = '', wanted, path = ''] = parts;
  const held = listeners
    .filter(({ address, containerId }) => containerId === doorId && (address === host || isWildcard(address)))
    .map(({ port }) => port);
  const [port] = held;
  // Of several, none is known to be the one.
  if (port === undefined || port === Number(wanted) || held.some((other) => other !== port)) return url;
  return `http://${host}:${port}${path}`;
}
