import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../../electron/core/engine-port.ts';
import { createSpanCut, type LogSpan } from '../../../electron/runtime/log-span.ts';

const at = (timestamp: string): LogLine => ({ service: 'a', stream: 'stdout', timestamp, text: timestamp });
const from = Date.parse('2026-10-05T12:00:00.500Z');
const to = Date.parse('2026-10-05T12:00:01.500Z');

function inside(span: LogSpan, ...timestamps: readonly string[]): readonly string[] {
  return createSpanCut(span)(timestamps.map(at)).map(({ text }) => text);
}

describe('createSpanCut', () => {
  it('keeps both ends, to the millisecond', () => {
    const kept = ['2026-10-05T12:00:00.500000000Z', '2026-10-05T12:00:01.000000000Z', '2026-10-05T12:00:01.500999999Z'];
    const not = ['2026-10-05T12:00:00.499999999Z', '2026-10-05T12:00:01.501000000Z'];
    expect(inside({ from, to }, ...kept, ...not)).toEqual(kept);
  });

  it('knows the time in other forms', () => {
    const kept = ['2026-10-05T14:00:01.400000000+02:00', '2026-10-05T12:00:01Z'];
    expect(inside({ from, to }, ...kept, '2026-10-05T12:00:02Z', '2026-10-05T12:00:01.400000000-02:00')).toEqual(kept);
  });

  it('may be open on one side', () => {
    expect(inside({ from }, '2026-10-05T12:00:00.400000000Z', '2027-01-01T00:00:00.000000000Z')).toHaveLength(1);
    expect(inside({ to }, '2025-10-05T12:00:00.400000000Z', '2027-01-01T00:00:00.000000000Z')).toHaveLength(1);
    expect(inside({}, '', 'x')).toHaveLength(2);
  });

  it('keeps a line without a time with the one before it', () => {
    const cut = createSpanCut({ from, to });
    expect(cut([at(''), at('2026-10-05T12:00:01.000000000Z')])).toHaveLength(1);
    expect(cut([at(''), at('2026-10-05T12:00:02.000000000Z'), at('')])).toHaveLength(1);
  });
});
