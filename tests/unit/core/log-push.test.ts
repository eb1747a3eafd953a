import { describe, expect, it } from 'vitest';
import { judgePush, pieces, pushBody, type PushLine, pushSize } from '../../../electron/core/telemetry/log-push.ts';

const source = {
  id: 'c1',
  service: 'shop',
  containerName: 'my-shop-1',
  isRunning: true,
  isObserved: true,
};
const line = (text: string, stream: PushLine['stream'] = 'stdout'): PushLine => ({
  stream,
  nanoseconds: '1700000000000000001',
  text,
});

describe('pushBody', () => {
  it('has one stream for each output that wrote, in order', () => {
    expect(JSON.parse(pushBody(source, [line('one'), line('two', 'stderr'), line('"three"\n')]))).toEqual({
      streams: [
        {
          stream: { service_name: 'shop', container: 'my-shop-1', stream: 'stdout', source: 'app' },
          values: [
            ['1700000000000000001', 'one'],
            ['1700000000000000001', '"three"\n'],
          ],
        },
        {
          stream: { service_name: 'shop', container: 'my-shop-1', stream: 'stderr', source: 'app' },
          values: [['1700000000000000001', 'two']],
        },
      ],
    });
    expect(JSON.parse(pushBody(source, [line('one', 'stderr')])).streams).toHaveLength(1);
  });
});

describe('pushBody of a broken text', () => {
  it('has no half characters, for which Loki refuses the batch', () => {
    const body = pushBody(source, [line('a\ud800b\udc00 \ud83d\ude00')]);
    expect(body).toContain('a\ufffdb\ufffd \ud83d\ude00');
    expect(body).not.toMatch(/\\ud8/);
  });
});

describe('pieces', () => {
  it('cuts between lines, keeps their order and leaves none out', () => {
    const lines = ['a', 'b', 'c', 'd', 'e'].map((text) => line(text));
    const found = pieces(lines, 2 * pushSize(line('a')));
    expect(found.map((piece) => piece.map(({ text }) => text).join(''))).toEqual(['ab', 'cd', 'e']);
  });

  it('gives a line that is too long a piece of its own', () => {
    const long = 'x'.repeat(500);
    const found = pieces([line('a'), line(long), line('b')], 100);
    expect(found.map((piece) => piece.map(({ text }) => text.length))).toEqual([[1], [500], [1]]);
  });

  it('makes nothing of nothing', () => expect(pieces([], 100)).toEqual([]));
});

describe('judgePush', () => {
  // Word for word what Loki 3.7 answers.
  const tooLong =
    "1 errors like: entry for stream '{a=\"b\"}' has timestamp too old: 2026-11-16T10:23:56Z, oldest acceptable timestamp is: 2026-11-17T18:24:56Z; 2 errors like: max entry size '262144' bytes exceeded for stream '{a=\"b\"}' while adding an entry with length '300001' bytes\n";
  const single =
    "max entry size '262144' bytes exceeded for stream '{a=\"b\"}' while adding an entry with length '300000' bytes\n";
  const old =
    'entry for stream \'{a="b"}\' has timestamp too old: 2026-11-16T08:23:32Z, oldest acceptable timestamp is: 2026-11-17T18:23:32Z\n';
  const behind =
    "entry with timestamp 2026-11-24 16:23:32.092 +0000 UTC ignored, reason: 'entry too far behind, entry timestamp is: 2026-11-24T16:23:32Z, oldest acceptable timestamp is: 2026-11-24T17:23:32Z',\nuser 'fake', total ignored: 4 out of 9 for stream: {a=\"b\"}";

  it.each([
    ['204', 204, '', { kind: 'taken' }],
    ['lines of two sorts', 400, tooLong, { kind: 'refused', lines: 3 }],
    ['one line too long', 400, single, { kind: 'refused', lines: 1 }],
    ['one line too old', 400, old, { kind: 'refused', lines: 1 }],
    ['lines too far behind', 400, behind, { kind: 'refused', lines: 4 }],
    [
      'what is no push at all',
      400,
      'unmarshalerDecoder: bad',
      { kind: 'refused', lines: 9, words: 'unmarshalerDecoder: bad' },
    ],
    ['a body that is too large', 413, '', { kind: 'refused', lines: 9, words: 'It answers with status 413' }],
    [
      'too much at once',
      429,
      'Ingestion rate limit exceeded',
      { kind: 'later', words: 'Ingestion rate limit exceeded' },
    ],
    ['trouble of its own', 500, 'oops', { kind: 'later', words: 'oops' }],
    ['the ingress without it', 502, '', { kind: 'later' }],
    ['something else at its address', 404, 'page not found', { kind: 'later' }],
    ['nobody', 0, 'connect ECONNREFUSED', { kind: 'later', words: 'connect ECONNREFUSED' }],
  ])('%s', (_what, status, text, verdict) => {
    expect(judgePush({ status, text }, 9)).toMatchObject(verdict);
  });

  it('counts no more than were sent, and keeps the words short', () => {
    const verdict = judgePush({ status: 400, text: `7 errors like: ${'x'.repeat(5000)}` }, 3);
    expect(verdict).toMatchObject({ kind: 'refused', lines: 3 });
    expect(verdict.kind === 'refused' && verdict.words.length).toBe(300);
  });
});
