// The marked lines in /etc/hosts. All other lines are the user's and stay as they are, to the byte.
import type { HostName } from '../protocol.ts';
import { Refused } from './refused.ts';

const begin = '# BEGIN MACULA (managed; what is changed between these lines is lost)';
const end = '# END MACULA';

export function blockText(names: readonly HostName[], withIPv6: boolean): string {
  // Where IPv6 is asked for first, a name without an address there waits five seconds for it.
  const rows = names.flatMap(({ host, address }) => [`${address}\t${host}`, ...(withIPv6 ? [`::1\t${host}`] : [])]);
  return [begin, ...rows, end, ''].join('\n');
}

// With these lines for ours; with none, without ours. Marks that do not belong together are nobody's to guess at.
export function withBlock(text: string, block: string, path: string): string {
  const lines = text.split(/(?<=\n)/);
  const at = (mark: string) => lines.flatMap((line, index) => (line.trim() === mark ? [index] : []));
  const [begins, ends] = [at(begin), at(end)];
  if (begins.length === 0 && ends.length === 0) {
    return `${text}${block === '' || text === '' || text.endsWith('\n') ? '' : '\n'}${block}`;
  }
  const [first = 0, last = 0] = [begins[0], ends[0]];
  if (begins.length === 1 && ends.length === 1 && first < last) {
    return lines.toSpliced(first, last - first + 1, block).join('');
  }
  const where = [...begins, ...ends].map((index) => index + 1).sort((a, b) => a - b);
  throw new Refused(
    'damaged-block',
    `The marks of Macula's lines in ${path} (line ${where.join(', ')}) do not belong together. Delete them and the lines of Macula, and try again`,
  );
}
