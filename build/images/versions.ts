// Says what is in an image when that is not what the pin asks for.

// '1.30.6-2' and '1.30.5-alpine': what follows the number is about the packaging.
export function notThePinned(actual: string, tag: string): string | undefined {
  if (tag === 'latest') return undefined;
  return numberOf(actual) === numberOf(tag)
    ? undefined
    : `${actual} instead of the pinned ${tag}: the nearest that could be had`;
}

function numberOf(version: string): string {
  return version.replace(/^v/, '').match(/^\d+(\.\d+)*/)?.[0] ?? version;
}

// Without spaces, for the program itself to show.
export function shortVersion(moduleVersion: string): string {
  return readableVersion(moduleVersion).replace(/^main of \S+ \((\w+)\)$/, 'main-$1');
}

// A module's version in words: Prometheus calls 3.15.0 v0.315.0, and a commit without a tag of its own is known by date.
export function readableVersion(moduleVersion: string): string {
  const commit = moduleVersion.match(/[-.](\d{4})(\d{2})(\d{2})\d{6}-([0-9a-f]{12})$/);
  if (commit) return `main of ${commit[1]}-${commit[2]}-${commit[3]} (${commit[4]?.slice(0, 9)})`;
  const folded = moduleVersion.match(/^v0\.(\d)(\d{2})\.(\d+)$/);
  if (folded) return `${folded[1]}.${Number(folded[2])}.${folded[3]}`;
  return moduleVersion.replace(/^v/, '');
}
