// Whether /etc/hosts may be written to, and what of the user's stands in it. Pure.
import type { ResolverFacts } from '../core/host/host-facts.ts';
import type { HostName } from '../core/host/host-request.ts';

export interface FileLook {
  // Where it leads, when it is a link.
  readonly link?: string;
  readonly isFile: boolean;
  readonly links: number;
  readonly owner: number;
  readonly mode: number;
  readonly size: number;
}

const largestBytes = 1 << 20;

// The end of a sentence, or undefined where the root program will take it. It looks again, and at more.
export function hostsProblem(path: string, look: FileLook | undefined, mountInfo: string): string | undefined {
  if (look === undefined) return undefined;
  if (look.link !== undefined) return `it is a link to ${look.link}`;
  if (!look.isFile) return 'it is no regular file';
  if (look.links !== 1) return 'it has a second name (a hard link)';
  if (look.owner !== 0 || (look.mode & 0o022) !== 0) return 'others than root can change it';
  if (look.size > largestBytes) return 'it is larger than 1 MiB';
  const mount = mountOf(path, mountInfo);
  if (mount?.point === path) return 'it is mounted from elsewhere, as in a container';
  return mount?.isReadOnly === true ? 'it is on a read-only file system' : undefined;
}

interface Mount {
  readonly point: string;
  readonly isReadOnly: boolean;
}

// The one that the path is on: of those that cover it the closest, of these the last.
function mountOf(path: string, mountInfo: string): Mount | undefined {
  let best: Mount | undefined;
  for (const row of mountInfo.split('\n')) {
    const [, , , , point, options = '', ...rest] = row.split(' ');
    if (point === undefined) continue;
    const covers = path === point || path.startsWith(point.endsWith('/') ? point : `${point}/`);
    if (!covers || point.length < (best?.point.length ?? 0)) continue;
    const ofFileSystem = rest.at(-1) ?? '';
    best = { point, isReadOnly: [options, ofFileSystem].some((each) => each.split(',').includes('ro')) };
  }
  return best;
}

const begin = /^# BEGIN MACULA\b/;
const end = /^# END MACULA\b/;

// Lines of the user's that lead names of ours elsewhere. IPv6's loopback address leads to this machine too.
export function foreignNames(text: string, names: readonly HostName[]): ResolverFacts['foreignNames'] {
  let isOurs = false;
  return text.split('\n').flatMap((line, index) => {
    if (begin.test(line)) isOurs = true;
    if (end.test(line)) isOurs = false;
    if (isOurs) return [];
    const [address = '', ...hosts] = line.replace(/#.*/, '').trim().toLowerCase().split(/\s+/);
    return names
      .filter((name) => hosts.includes(name.host) && address !== name.address && address !== '::1')
      .map(({ host }) => ({ host, address, line: index + 1 }));
  });
}
