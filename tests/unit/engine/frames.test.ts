import { describe, expect, test } from 'vitest';
import type { LogLine } from '../../../electron/core/engine-port.ts';
import { LogFrames, podmanCut } from '../../../electron/engine/frames.ts';

const stamp = '2026-10-05T12:34:56.123456789Z';

function frame(stream: 1 | 2, content: string | Buffer): Buffer {
  const body = Buffer.from(content as string);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

function readAll(chunks: readonly Buffer[], frames = new LogFrames('web')): readonly LogLine[] {
  // The parser changes what it is given.
  return [...chunks.flatMap((chunk) => frames.push(Buffer.from(chunk))), ...frames.end()];
}

function line(text: string, stream: LogLine['stream'] = 'stdout', timestamp = stamp): LogLine {
  return { service: 'web', stream, timestamp, text };
}

const mixed = Buffer.concat([
  frame(1, `${stamp} plain words\n`),
  frame(2, `${stamp} grüße, 世界 🐳\n`),
  frame(1, `${stamp} \n`),
  frame(1, `${stamp} two words 2026-10-05T12:34:56Z in it\n`),
  frame(1, `2026-10-05T12:34:56Z seconds only, by Podman\n`),
  frame(2, `2026-10-05T14:34:56+02:00 another zone\r\n`),
  frame(1, `${stamp} without an end`),
]);

const mixedLines = [
  line('plain words'),
  line('grüße, 世界 🐳', 'stderr'),
  line(''),
  line('two words 2026-10-05T12:34:56Z in it'),
  line('seconds only, by Podman', 'stdout', '2026-10-05T12:34:56Z'),
  line('another zone', 'stderr', '2026-10-05T14:34:56+02:00'),
  line('without an end'),
];

describe('a multiplexed log', () => {
  test('is split into the lines of both outputs', () => {
    expect(readAll([mixed])).toEqual(mixedLines);
  });

  test('is the same wherever its chunks end', () => {
    for (let at = 0; at <= mixed.length; at += 1) {
      expect(readAll([mixed.subarray(0, at), mixed.subarray(at)]), `cut at ${at}`).toEqual(mixedLines);
    }
  });

  test('is the same byte by byte', () => {
    expect(readAll(Array.from(mixed, (byte) => Buffer.from([byte])))).toEqual(mixedLines);
  });

  test('gives a line as soon as its frame is complete', () => {
    const frames = new LogFrames('web');
    const whole = frame(1, `${stamp} at once\n`);
    expect(frames.push(Buffer.from(whole.subarray(0, -1)))).toEqual([]);
    expect(frames.push(Buffer.from(whole.subarray(-1)))).toEqual([line('at once')]);
  });

  test('shows a question without a line end at once', () => {
    expect(new LogFrames('web').push(frame(1, `${stamp} Password: `))).toEqual([line('Password: ')]);
  });

  test('replaces bytes that are no UTF-8 and goes on', () => {
    const broken = Buffer.concat([Buffer.from(`${stamp} a`), Buffer.from([0xff, 0xc3]), Buffer.from('b\n')]);
    expect(readAll([frame(1, broken), frame(1, `${stamp} next\n`)])).toEqual([line('a\ufffd\ufffdb'), line('next')]);
  });

  test('keeps text that does not begin with a time', () => {
    expect(readAll([frame(1, 'no time here\n')])).toEqual([line('no time here', 'stdout', '')]);
    expect(readAll([frame(1, 'nötime\n')])).toEqual([line('nötime', 'stdout', '')]);
  });

  test('keeps several lines of one frame apart', () => {
    expect(readAll([frame(1, `${stamp} one\n${stamp} two\n`)])).toEqual([line('one'), line('two')]);
  });

  test('drops the remains of a frame that never came', () => {
    expect(readAll([frame(1, `${stamp} whole\n`), frame(1, `${stamp} half\n`).subarray(0, 20)])).toEqual([
      line('whole'),
    ]);
  });
});

describe('a line that the engine cut', () => {
  const long = `${'0123456789abcde\u00e9'.repeat(65_536)}`.slice(0, 980_000);

  function cut(bytes: Buffer, size: number, stream: 1 | 2): Buffer[] {
    const pieces = Math.ceil(bytes.length / size);
    return Array.from({ length: pieces }, (_unused, index) => {
      const piece = bytes.subarray(index * size, (index + 1) * size);
      const end = index === pieces - 1 ? '\n' : '';
      return frame(stream, Buffer.concat([Buffer.from(`${stamp} `), piece, Buffer.from(end)]));
    });
  }

  test('of a megabyte is put together, with characters across the cuts and the other output in between', () => {
    const pieces = cut(Buffer.from(long), 16_384, 1);
    const between = frame(2, `${stamp} meanwhile\n`);
    const stream = Buffer.concat(pieces.flatMap((piece) => [piece, between]));
    const chunks = Array.from({ length: Math.ceil(stream.length / 65_536) }, (_unused, index) =>
      stream.subarray(index * 65_536, (index + 1) * 65_536),
    );
    const lines = readAll(chunks);
    expect(lines.filter((one) => one.stream === 'stdout')).toEqual([line(long)]);
    expect(lines.filter((one) => one.stream === 'stderr')).toHaveLength(pieces.length);
  });

  test('may come in one frame', () => {
    const whole = frame(1, `${stamp} ${long}\n`);
    expect(readAll([whole.subarray(0, 10), whole.subarray(10, 500_000), whole.subarray(500_000)])).toEqual([
      line(long),
    ]);
  });

  test('that never ends is given in pieces instead of filling the memory', () => {
    const frames = new LogFrames('web');
    const piece = frame(1, Buffer.concat([Buffer.from(`${stamp} `), Buffer.alloc(16_384, 'x')]));
    const lines = Array.from({ length: 200 }, () => frames.push(Buffer.from(piece))).flat();
    expect(lines.length).toBeGreaterThanOrEqual(3);
    expect(lines[0]?.text).toHaveLength(1024 * 1024);
  });

  test('is cut anywhere by Podman', () => {
    const pieces = [frame(1, `${stamp} be`), frame(2, `${stamp} other\n`), frame(1, `${stamp} ginning\n`)];
    expect(readAll(pieces, new LogFrames('web', podmanCut))).toEqual([line('other', 'stderr'), line('beginning')]);
  });
});

describe('the log of a terminal', () => {
  const raw = Buffer.from(`${stamp} erste Zeile ä\r\n${stamp} second\r\n${stamp} prompt> `);
  const lines = [line('erste Zeile ä'), line('second'), line('prompt> ')];

  test('has no frames', () => {
    expect(readAll([raw])).toEqual(lines);
  });

  test('is the same wherever its chunks end', () => {
    for (let at = 0; at <= raw.length; at += 1) {
      expect(readAll([raw.subarray(0, at), raw.subarray(at)]), `cut at ${at}`).toEqual(lines);
    }
  });

  test('may be shorter than a header', () => {
    expect(readAll([Buffer.from('hi\n')])).toEqual([line('hi', 'stdout', '')]);
  });
});

test('an empty log has no lines', () => {
  expect(readAll([])).toEqual([]);
});
