// Which volume a service's older data is in. Pure.
import type { ServiceDefinition } from './catalog/service.ts';
import { isOurs, labels } from './identity.ts';
import type { ImportRefusal } from './import-refusal.ts';
import type { ObservedVolume } from './observed.ts';

export type ImportSource =
  // Copied into our own volume.
  | { readonly kind: 'plain'; readonly from: string; readonly to: string; readonly exists: boolean }
  // Somebody else's has our name: what is in it is put aside first.
  | { readonly kind: 'same-name'; readonly name: string; readonly kept: string; readonly keptExists: boolean }
  | { readonly kind: 'refused'; readonly refusal: ImportRefusal };

// What keeps the data of a volume of our name that was not ours.
export function keptName(volume: string): string {
  return `${volume}-before-macula`;
}

// Volumes of other set-ups by Compose's way to name them (project_name), or by its older one (project-name), and what an
// import put aside.
export function importCandidates(volume: string, volumes: readonly ObservedVolume[]): readonly string[] {
  const others = volumes.filter((one) => !isOurs(one.labels));
  const isTaken = others.some(({ name }) => name === volume);
  return others
    .filter(
      ({ name, labels: found }) =>
        name === volume ||
        name.endsWith(`_${volume}`) ||
        name.endsWith(`-${volume}`) ||
        // As long as the one of our name is there, it is that one that counts.
        (!isTaken && name === keptName(volume) && found[labels.keptFrom] === volume),
    )
    .map(({ name }) => name)
    .toSorted();
}

export function chooseSource(
  definition: ServiceDefinition,
  volumes: readonly ObservedVolume[],
  named: string | undefined,
): ImportSource {
  const [use] = definition.volumes;
  if (use === undefined) return refused({ kind: 'keeps-nothing' });
  const to = use.name;
  const kept = keptName(to);
  const found = (name: string) => volumes.find((one) => one.name === name);
  const own = found(to);
  const isTaken = own !== undefined && !isOurs(own.labels);
  const from = named ?? onlyCandidate(to, kept, volumes);
  if (typeof from !== 'string') return refused(from);
  const source = found(from);
  if (source === undefined) return refused({ kind: 'no-such-volume', volume: from });
  if (isOurs(source.labels)) return refused({ kind: 'own-volume', volume: from });
  if (!isTaken) return { kind: 'plain', from, to, exists: own !== undefined };
  if (from !== to) return refused({ kind: 'name-in-the-way', volume: to });
  const putAside = found(kept);
  if (putAside !== undefined && putAside.labels[labels.keptFrom] !== to) {
    return refused({ kind: 'kept-name-taken', volume: kept });
  }
  return { kind: 'same-name', name: to, kept, keptExists: putAside !== undefined };
}

function onlyCandidate(to: string, kept: string, volumes: readonly ObservedVolume[]): string | ImportRefusal {
  const names = importCandidates(to, volumes);
  // What was put aside and is nowhere else goes first: an import was interrupted.
  if (names.includes(kept) && !volumes.some(({ name }) => name === to)) return kept;
  const [first, ...others] = names;
  if (first === undefined) return { kind: 'no-candidate', volume: to };
  return others.length === 0 ? first : { kind: 'several', volumes: names };
}

function refused(refusal: ImportRefusal): ImportSource {
  return { kind: 'refused', refusal };
}
