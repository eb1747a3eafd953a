// What changed between two snapshots, as one thing to say.
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { texts } from '../texts.ts';

const mostServicesByName = 3;

export function changeWords(previous: Snapshot, next: Snapshot): string {
  const before = new Map(previous.services.map((service) => [service.id, service.state]));
  const changed = next.services.filter((service) => (before.get(service.id) ?? service.state) !== service.state);
  const words: string[] = [];
  if (previous.engine.kind !== next.engine.kind && next.engine.kind === 'unavailable') {
    words.push(next.engine.failure.text.title);
  }
  // Many at once are said by the summary alone.
  if (changed.length <= mostServicesByName) {
    words.push(
      ...changed.map((service) =>
        texts.announce.service(service.title, texts.serviceState[service.state], service.reason),
      ),
    );
  }
  if (previous.stack.state !== next.stack.state || changed.length > mostServicesByName) words.push(next.stack.summary);
  // That the guard is gone is an alert of its own.
  if (next.host !== undefined && previous.host !== undefined && previous.host.lan !== next.host.lan) {
    if (next.host.lan !== 'unguarded') words.push(next.host.lanSummary);
  }
  return words.join(' ');
}
