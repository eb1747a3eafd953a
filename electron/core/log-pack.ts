// Log lines on their way to the window: one string for many lines. Objects cost the bridge several times as much.
import type { LogLine } from './engine-port.ts';

// The lines are parted by '\n', which no line holds. Each begins with the place of its service in the list, an 'o' or
// an 'e' for its stream, and its timestamp up to a blank.
export interface PackedLines {
  readonly services: readonly string[];
  readonly count: number;
  readonly text: string;
}

export function packLines(lines: readonly LogLine[]): PackedLines {
  const services: string[] = [];
  const texts = lines.map(({ service, stream, timestamp, text }) => {
    let index = services.indexOf(service);
    if (index < 0) index = services.push(service) - 1;
    return `${index}${stream === 'stderr' ? 'e' : 'o'}${timestamp} ${text}`;
  });
  return { services, count: lines.length, text: texts.join('\n') };
}

export function unpackLines({ services, count, text }: PackedLines): readonly LogLine[] {
  if (count === 0) return [];
  return text.split('\n').map((packed) => {
    let at = 0;
    while (packed.charCodeAt(at) <= 57) at += 1;
    const blank = packed.indexOf(' ', at);
    return {
      service: services[Number(packed.slice(0, at))] ?? '',
      stream: packed[at] === 'e' ? 'stderr' : 'stdout',
      timestamp: packed.slice(at + 1, blank),
      text: packed.slice(blank + 1),
    };
  });
}
