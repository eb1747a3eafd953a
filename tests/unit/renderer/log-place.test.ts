import { describe, expect, test } from 'vitest';
import { ListPlace, type Row } from '../../../renderer/logs/list-place.ts';
import type { KeptLine } from '../../../renderer/logs/log-ring.ts';
import { OrderedLines } from '../../../renderer/logs/ordered-lines.ts';

function lineAt(key: number): KeptLine {
  return { service: 'loki', stream: 'stdout', timestamp: '', text: '', key, at: key, level: undefined };
}

function linesOf(count: number, from = 0): OrderedLines {
  const lines = new OrderedLines();
  lines.insert(Array.from({ length: count }, (_, index) => lineAt(from + index)));
  return lines;
}

// As the page does it, with rows as high as this says.
function draw(place: ListPlace, lines: OrderedLines, heightOf: (key: number) => number) {
  const { from, to } = place.range(lines);
  const rows: Row[] = [];
  let top = 0;
  for (const line of lines.slice(from, to)) {
    rows.push({ top, height: heightOf(line.key) });
    top += heightOf(line.key);
  }
  const settled = place.settle(lines, from, rows);
  // Key -> its top in the window.
  const seen = new Map<number, number>();
  rows.forEach((row, index) => {
    const at = settled.top + row.top;
    if (at + row.height > 0 && at < place.height) seen.set(lines.at(from + index)?.key ?? -1, at);
  });
  return { ...settled, seen };
}

function placeOf(height: number): ListPlace {
  const place = new ListPlace();
  place.height = height;
  place.row = 20;
  return place;
}

const equal = () => 20;
const uneven = (key: number) => 20 * (1 + ((key * 7) % 5));

describe.each([
  ['equal rows', equal],
  ['uneven rows', uneven],
] as const)('the place in lines of %s', (_, heightOf) => {
  test('is the end, as long as it follows', () => {
    const place = placeOf(400);
    const { seen, total, scrollTop, top } = draw(place, linesOf(1000), heightOf);
    const last = [...seen].at(-1);
    expect(last?.[0]).toBe(999);
    expect((last?.[1] ?? 0) + heightOf(999)).toBeCloseTo(400);
    expect(scrollTop).toBeCloseTo(total - 400);
    expect(top).toBeLessThan(0);
    expect(place.isAtEnd).toBe(true);
  });

  test('stays while lines come and go', () => {
    const place = placeOf(400);
    const lines = linesOf(1000);
    draw(place, lines, heightOf);
    place.scrollTo(lines, 9000);
    const before = draw(place, lines, heightOf);
    lines.insert(Array.from({ length: 500 }, (_unused, index) => lineAt(1000 + index)));
    lines.dropFirst(100);
    const after = draw(place, lines, heightOf);
    expect([...after.seen.keys()]).toEqual([...before.seen.keys()]);
    for (const [key, top] of before.seen) expect(after.seen.get(key)).toBeCloseTo(top);
  });

  test('goes to the first that is left when its own is gone', () => {
    const place = placeOf(400);
    const lines = linesOf(1000);
    draw(place, lines, heightOf);
    place.scrollTo(lines, 1000);
    draw(place, lines, heightOf);
    lines.dropFirst(800);
    const { seen, scrollTop } = draw(place, lines, heightOf);
    expect([...seen][0]).toEqual([800, 0]);
    expect(scrollTop).toBeCloseTo(0);
  });

  test('moves by pixels up to both ends', () => {
    const place = placeOf(400);
    const lines = linesOf(100);
    const before = [...draw(place, lines, heightOf).seen][0] ?? [0, 0];
    place.moveBy(lines, -130);
    const { seen } = draw(place, lines, heightOf);
    expect(seen.get(before[0])).toBeCloseTo(before[1] + 130);
    expect(place.isAtEnd).toBe(false);
    for (let step = 0; step < 200; step += 1) {
      place.moveBy(lines, -100);
      draw(place, lines, heightOf);
    }
    const first = draw(place, lines, heightOf);
    expect([...first.seen][0]).toEqual([0, 0]);
    expect(first.scrollTop).toBeCloseTo(0);
    for (let step = 0; step < 200; step += 1) {
      place.moveBy(lines, 100);
      draw(place, lines, heightOf);
    }
    expect(place.isAtEnd).toBe(true);
  });

  test('is told by the scroll bar, and back', () => {
    const place = placeOf(400);
    const lines = linesOf(5000);
    let settled = draw(place, lines, heightOf);
    for (const share of [0, 0.001, 0.25, 0.5, 0.9, 1]) {
      place.scrollTo(lines, share * (settled.total - 400));
      settled = draw(place, lines, heightOf);
      expect(settled.scrollTop / (settled.total - 400)).toBeCloseTo(share, 3);
    }
  });

  test('shows a line by as little as possible', () => {
    const place = placeOf(400);
    const lines = linesOf(1000);
    place.showAt(lines.at(500), 0);
    draw(place, lines, heightOf);
    place.show(lines, lines.at(499) as KeptLine);
    expect(draw(place, lines, heightOf).seen.get(499)).toBeCloseTo(0);
    place.show(lines, lines.at(500) as KeptLine);
    expect(draw(place, lines, heightOf).seen.get(499)).toBeCloseTo(0);
    place.show(lines, lines.at(10) as KeptLine);
    expect(draw(place, lines, heightOf).seen.get(10)).toBeGreaterThan(0);
    expect(place.topLine(lines)?.key).toBeLessThan(10);
  });

  test('fills the window wherever a line is shown', () => {
    const place = placeOf(400);
    const lines = linesOf(1000);
    for (const [index, share] of [
      [0, 0.5],
      [3, 0.9],
      [999, 0.5],
      [996, 0.1],
    ] as const) {
      place.showAt(lines.at(index), share);
      const { seen } = draw(place, lines, heightOf);
      const drawn = [...seen].reduce(
        (sum, [key, top]) => sum + Math.min(400, top + heightOf(key)) - Math.max(0, top),
        0,
      );
      expect(drawn).toBeCloseTo(400);
    }
  });

  test('of few lines is the top', () => {
    const place = placeOf(400);
    const { top, total, scrollTop } = draw(place, linesOf(3), heightOf);
    expect({ top, total, scrollTop }).toEqual({ top: 0, total: 400, scrollTop: 0 });
    expect(draw(place, linesOf(0), heightOf)).toMatchObject({ total: 400, scrollTop: 0 });
  });
});

test('of equal rows is what the browser itself would make of the scroll bar', () => {
  const place = placeOf(400);
  const lines = linesOf(1000);
  draw(place, lines, equal);
  place.scrollTo(lines, 12_345);
  const { seen, total, scrollTop } = draw(place, lines, equal);
  expect({ total, scrollTop: Math.round(scrollTop) }).toEqual({ total: 20_000, scrollTop: 12_345 });
  expect([...seen][0]?.[0]).toBe(617);
  expect([...seen][0]?.[1]).toBeCloseTo(-5);
});
