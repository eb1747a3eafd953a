// Stores of older programs that the pinned ones do not read, told by their folders. Pure.
import type { ImportLook } from './import-scripts.ts';

// What the pinned Tempo reads; it skips every block of another format.
const tempoFormats: readonly string[] = ['vParquet3', 'vParquet4', 'vParquet5'];

// Why this service cannot read it; undefined where nothing speaks against it.
export function olderStore(service: string, { from, blockFormats }: ImportLook): string | undefined {
  if (service === 'loki') return olderLoki(from.entries);
  if (service === 'tempo') return olderTempo(from.entries, blockFormats);
  if (service === 'prometheus' && from.entries.includes('heads.db')) {
    return 'It was written by Prometheus 1, whose files Prometheus has not read since version 2.';
  }
  return undefined;
}

// Our schema has one index, TSDB, and looks for nothing in any other: chunks without it would lie there unread, and never
// be deleted either.
function olderLoki(entries: readonly string[]): string | undefined {
  const older = entries.find((entry) => entry === 'index' || entry.startsWith('boltdb'));
  if (older !== undefined) {
    return `Its folder ${older} is an index of the older kind (BoltDB), and Macula's Loki reads TSDB only: no line would be found.`;
  }
  return entries.some((entry) => entry.startsWith('tsdb-')) ? undefined : 'There is no TSDB index in it.';
}

function olderTempo(entries: readonly string[], formats: readonly string[]): string | undefined {
  const older = formats.find((format) => !tempoFormats.includes(format));
  if (older !== undefined) return `Its blocks have the format ${older}, which Tempo does not read any more.`;
  return entries.includes('blocks') ? undefined : 'There is no folder blocks in it.';
}
