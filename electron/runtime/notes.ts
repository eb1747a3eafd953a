// Things worth knowing that are no failure.
import { join } from 'node:path';
import { oneLine } from '../core/config-check.ts';
import { isElsewhere } from '../core/host/lan.ts';
import { mayPublishPort80, remoteHost } from './desired-inputs.ts';
import type { Knowledge } from './knowledge.ts';
import { keptContainers } from './refusals.ts';
import type { RuntimeParts } from './runtime-parts.ts';

export function notes(world: Knowledge, parts: RuntimeParts): readonly string[] {
  const found: string[] = [];
  if (world.subnet.kind === 'chosen' && world.subnet.note !== undefined) found.push(world.subnet.note);
  const { httpPort, publishPort80 } = parts.settings.get();
  if (publishPort80 && !mayPublishPort80(world, parts)) {
    found.push(`This engine runs without root and may not open port 80: the pages are at port ${httpPort} only.`);
  }
  if (!parts.hasLoopbackAddresses()) {
    found.push(`This machine lacks the loopback addresses 127.0.0.3 and up: the pages are at port ${httpPort} only.`);
  }
  const host = remoteHost(world);
  if (host !== undefined) {
    found.push(
      `The engine is on ${host}: its services answer on that machine's loopback addresses. From here they cannot be asked, so what runs there counts as ready.`,
    );
  }
  const unasked = world.desired().services.filter((service) => !service.probe.canAsk);
  if (unasked.length > 0) {
    const titles = unasked.map((service) => service.definition.title).join(', ');
    const hasIngress = world.desired().services.some(({ definition }) => definition.isIngress === true);
    const why = hasIngress ? 'Without the loopback addresses' : 'The ingress is switched off:';
    found.push(`${why} ${titles} cannot be reached, and counts as ready when it runs.`);
  }
  const { lan, disabledServices } = parts.settings.get();
  const hasAlloy = !disabledServices.includes('alloy') && parts.catalog.some(({ id }) => id === 'alloy');
  if (hasAlloy && lan?.services.includes('tempo') === true && !lan.services.includes('alloy')) {
    found.push('LAN mode opens Tempo, but Alloy takes the signals of other machines now: open Alloy for them too.');
  }
  const moved = parts.catalog.filter((definition) => isElsewhere(definition, world.observed));
  if (moved.length > 0) {
    const titles = moved.map(({ title }) => title).join(', ');
    found.push(`The network reaches ${titles} at another port than Settings names: turn LAN mode on again to move it.`);
  }
  return [...found, ...overrideNotes(world, parts)];
}

function overrideNotes(world: Knowledge, parts: RuntimeParts): readonly string[] {
  const { folder } = parts.overrides;
  const kept = keptContainers(world);
  const problems = new Map<string, { service: string; problem: string; templates: string[] }>();
  for (const { template, service, problem } of world.desired().overrides) {
    if (problem === undefined) continue;
    const key = `${service} ${problem}`;
    const known = problems.get(key) ?? { service, problem, templates: [] };
    problems.set(key, { ...known, templates: [...known.templates, template] });
  }
  const ignored = [...problems.values()].map(({ service, problem, templates }) => {
    const instead = kept[service] === undefined ? "the app's own is" : 'what ran before goes on running';
    return `Your ${templates.join(', ')} is not in use, ${instead}. ${short(oneLine(problem))}`;
  });
  const strays = world.overrides.strays.map(({ path, problem }) => `Of no use: ${join(folder, path)}. ${problem}`);
  return [...ignored, ...strays];
}

// macula config list has all of it.
function short(words: string): string {
  return words.length <= 500 ? words : `${words.slice(0, 497)}...`;
}
