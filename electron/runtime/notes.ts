// Things worth knowing that are no failure.
import { mayPublishPort80, remoteHost } from './desired-inputs.ts';
import type { Knowledge } from './knowledge.ts';
import type { RuntimeParts } from './runtime-api.ts';

export function notes(world: Knowledge, parts: RuntimeParts): readonly string[] {
  const found: string[] = [];
  if (world.subnet.kind === 'chosen' && world.subnet.note !== undefined) found.push(world.subnet.note);
  if (parts.settings.get().publishPort80 && !mayPublishPort80(world, parts)) {
    found.push('This engine runs without root and may not open port 80: the pages are at port 8080 only.');
  }
  if (!parts.hasLoopbackAddresses()) {
    found.push('This machine lacks the loopback addresses 127.0.0.3 and up: the pages are at port 8080 only.');
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
    found.push(`The ingress is switched off: ${titles} cannot be reached, and counts as ready when it runs.`);
  }
  return found;
}
