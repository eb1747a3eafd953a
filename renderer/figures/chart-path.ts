// A series of values as the paths of a drawing. Pure.

export interface Value {
  // Milliseconds since 1970.
  readonly at: number;
  // undefined: nothing is known.
  readonly value: number | undefined;
}

export interface Frame {
  // Milliseconds since 1970: the left and the right edge.
  readonly from: number;
  readonly to: number;
  // The upper edge; the lower one is 0.
  readonly most: number;
}

export const chartWidth = 300;
export const chartHeight = 60;

// Looks are two seconds apart: after more than three of them nobody looked, and no line is drawn.
const longestMilliseconds = 7000;

export interface ChartPaths {
  readonly line: string;
  // The same down to the lower edge.
  readonly area: string;
}

export function chartPaths(values: readonly Value[], frame: Frame): ChartPaths {
  const runs = unbroken(values).map((run) => run.map((value) => place(value, frame)));
  return {
    // A single look is a dot: a line of no length with round ends.
    line: runs.map((run) => `M${run.map(({ x, y }) => `${x} ${y}`).join('L')}${run.length === 1 ? 'h0' : ''}`).join(''),
    area: runs.map(areaOf).join(''),
  };
}

type Known = Value & { readonly value: number };

function unbroken(values: readonly Value[]): readonly (readonly Known[])[] {
  const runs: Known[][] = [];
  let last: Value | undefined;
  for (const each of values) {
    const { at, value } = each;
    if (value === undefined) {
      last = undefined;
      continue;
    }
    const run = last !== undefined && at - last.at <= longestMilliseconds ? runs.at(-1) : undefined;
    if (run === undefined) runs.push([{ at, value }]);
    else run.push({ at, value });
    last = each;
  }
  return runs;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function place({ at, value }: Known, { from, to, most }: Frame): Place {
  const share = most > 0 ? Math.min(1, value / most) : 0;
  return { x: tenth(((at - from) / (to - from)) * chartWidth), y: tenth((1 - share) * chartHeight) };
}

function areaOf(run: readonly Place[]): string {
  const [first] = run;
  const last = run.at(-1);
  if (first === undefined || last === undefined || run.length === 1) return '';
  return `M${first.x} ${chartHeight}L${run.map(({ x, y }) => `${x} ${y}`).join('L')}L${last.x} ${chartHeight}Z`;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
