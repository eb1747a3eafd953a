// What a benchmark hands back, and how it is summed up.

export interface Measurement {
  readonly name: string;
  readonly unit: string;
  // In the order they were taken; of each pair one after the other.
  readonly ours: readonly number[];
  // The same work by somebody else in the same minutes, where there is somebody.
  readonly peer?: { readonly name: string; readonly values: readonly number[] };
  // What must hold: at most so many times the peer, or at most so much.
  readonly limit?: { readonly ratio: number } | { readonly most: number };
}

// Every file *.bench.ts exports one of these as `benchmark`. It leaves nothing running.
export type Benchmark = () => Promise<readonly Measurement[]>;

export function summary(measurement: Measurement): Record<string, unknown> {
  const { name, unit, ours, peer, limit } = measurement;
  const ratio = peer === undefined ? undefined : median(ours) / median(peer.values);
  const isWithin =
    limit === undefined
      ? undefined
      : 'ratio' in limit
        ? (ratio ?? Infinity) <= limit.ratio
        : median(ours) <= limit.most;
  return {
    name,
    unit,
    ours: spread(ours),
    ...(peer === undefined ? {} : { peer: { name: peer.name, ...spread(peer.values) }, ratio: rounded(ratio ?? 0, 2) }),
    ...(limit === undefined ? {} : { limit, isWithin }),
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

function spread(values: readonly number[]) {
  return {
    median: rounded(median(values), 1),
    least: rounded(Math.min(...values), 1),
    most: rounded(Math.max(...values), 1),
    count: values.length,
  };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
