import { describe, expect, test } from 'vitest';
import type { LogLine } from '../../../electron/core/engine-port.ts';
import { LogRing } from '../../../renderer/logs/log-ring.ts';

function line(milliseconds: number, service = 'loki', text = `${service} ${milliseconds}`): LogLine {
  return { service, stream: 'stdout', timestamp: new Date(milliseconds).toISOString(), text };
}

const textsOf = (ring: LogRing) => ring.slice(0, ring.size).map((kept) => kept.text);

describe('the ring of log lines', () => {
  test('keeps the newest and counts the rest', () => {
    const ring = new LogRing(3);
    for (let time = 1; time <= 10; time += 1) ring.append([line(time)]);
    expect(textsOf(ring)).toEqual(['loki 8', 'loki 9', 'loki 10']);
    expect({ size: ring.size, dropped: ring.dropped, added: ring.added }).toEqual({ size: 3, dropped: 7, added: 10 });
  });

  test('takes a batch larger than itself', () => {
    const ring = new LogRing(3);
    ring.append(Array.from({ length: 10 }, (_, index) => line(index + 1)));
    expect(textsOf(ring)).toEqual(['loki 8', 'loki 9', 'loki 10']);
    expect(ring.dropped).toBe(7);
  });

  test('merges services by time, each in its own order', () => {
    const ring = new LogRing(100);
    ring.append([line(1), line(3), line(3, 'loki', 'same moment'), line(9)]);
    ring.append([line(2, 'tempo'), line(3, 'tempo'), line(10, 'tempo')]);
    ring.append([line(0, 'grafana')]);
    expect(textsOf(ring)).toEqual([
      'grafana 0',
      'loki 1',
      'tempo 2',
      'loki 3',
      'same moment',
      'tempo 3',
      'loki 9',
      'tempo 10',
    ]);
    expect(new Set(ring.slice(0, ring.size).map((kept) => kept.key)).size).toBe(ring.size);
  });

  test('sorts a batch that holds several services one after the other', () => {
    const ring = new LogRing(100);
    ring.append([line(1), line(5), line(2, 'tempo'), line(4, 'tempo')]);
    expect(textsOf(ring)).toEqual(['loki 1', 'tempo 2', 'tempo 4', 'loki 5']);
  });

  test('passes over what a stream that was opened again repeats', () => {
    const ring = new LogRing(100);
    ring.append([line(1), line(2), line(1, 'tempo')]);
    ring.expectRepetition();
    ring.append([line(1), line(2), line(3), line(1, 'tempo'), line(4)]);
    ring.append([line(2, 'tempo'), line(5)]);
    expect(textsOf(ring)).toEqual(['loki 1', 'tempo 1', 'loki 2', 'tempo 2', 'loki 3', 'loki 4', 'loki 5']);
  });

  test('begins anew when it is cleared', () => {
    const ring = new LogRing(2);
    ring.append([line(1), line(2), line(3)]);
    ring.expectRepetition();
    ring.clear();
    ring.append([line(3)]);
    expect(textsOf(ring)).toEqual(['loki 3']);
    expect({ dropped: ring.dropped, added: ring.added }).toEqual({ dropped: 0, added: 1 });
  });

  test('keeps a line without a time where it came', () => {
    const ring = new LogRing(10);
    ring.append([line(5), { ...line(0), timestamp: '', text: 'no time' }, line(6)]);
    expect(textsOf(ring)).toEqual(['loki 5', 'no time', 'loki 6']);
  });

  test('is quick enough for a flood', () => {
    const ring = new LogRing(50_000);
    const batch = Array.from({ length: 256 }, (_, index) => line(index));
    const begin = performance.now();
    for (let count = 0; count < 400; count += 1)
      ring.append(batch.map((one) => ({ ...one, timestamp: new Date(count * 300).toISOString() })));
    expect(ring.added).toBe(102_400);
    expect(performance.now() - begin).toBeLessThan(2000);
  });
});
