import type { ServiceFigures } from '../../electron/core/figures.ts';
import { figuresTexts as texts } from '../figures-texts.ts';
import { chartHeight, chartPaths, chartWidth, type Value } from './chart-path.ts';
import { historyMilliseconds, type Point } from './figures-history.ts';
import type { Metric, MetricPart } from './metrics.ts';

interface MetricChartProps {
  readonly metric: Metric;
  readonly points: readonly Point[];
  // Whose figures these are.
  readonly title: string;
}

interface Line {
  readonly part: MetricPart;
  readonly values: readonly Value[];
  readonly now: string;
  // Now; `most` may be of a moment ago.
  readonly isKnown: boolean;
  // undefined where nothing is known of these minutes.
  readonly most: number | undefined;
}

export function MetricChart({ metric, points, title }: MetricChartProps) {
  const current = points.at(-1)?.figures;
  const lines = metric.parts.map((part) => lineOf(metric, part, points, current));
  const peaks = lines.flatMap(({ most }) => most ?? []);
  const peak = Math.max(0, ...peaks);
  const whole = current === undefined ? 0 : (metric.wholeOf?.(current) ?? 0);
  const peakWords = metric.words(peak);
  return (
    <div className="metric" data-metric={metric.name}>
      <dt>
        {texts.metrics[metric.name]}
        {peaks.length > 0 && <span className="metric-most"> {texts.most(peakWords)}</span>}
      </dt>
      <dd>
        <p className="metric-now">
          {lines.map(({ part, now, isKnown }, index) => (
            <span key={part.label} className="metric-part">
              {part.label !== '' && <Key index={index} label={part.label} />}
              <span className="metric-value" data-known={isKnown}>
                {now}
              </span>
            </span>
          ))}
        </p>
        <Chart
          lines={lines}
          to={points.at(-1)?.at ?? 0}
          // Room above the highest, so that it is not taken for the edge.
          most={whole > 0 ? whole : Math.max(metric.least, peak * 1.1)}
          label={texts.chart(
            texts.metrics[metric.name],
            title,
            lines.map(({ part, now, most }) =>
              texts.chartPart(part.label, now, most === undefined ? now : metric.words(most)),
            ),
          )}
        />
      </dd>
    </div>
  );
}

function lineOf(metric: Metric, part: MetricPart, points: readonly Point[], current: ServiceFigures | undefined): Line {
  const values = points.map(({ at, figures }) => ({
    at,
    value: figures === undefined ? undefined : part.valueOf(figures),
  }));
  const known = values.flatMap(({ value }) => value ?? []);
  const now = current === undefined ? undefined : part.valueOf(current);
  return {
    part,
    values,
    isKnown: now !== undefined,
    now: current === undefined ? texts.stopped : nowWords(metric, now, current),
    most: known.length === 0 ? undefined : Math.max(...known),
  };
}

function nowWords(metric: Metric, value: number | undefined, figures: ServiceFigures): string {
  if (value === undefined) return texts.soon;
  return metric.wordsNow?.(value, figures) ?? metric.words(value);
}

// The sample of a line beside its name: full or dashed.
function Key({ index, label }: { readonly index: number; readonly label: string }) {
  return (
    <span className="metric-key">
      <svg viewBox="0 0 16 4" aria-hidden="true">
        <path className="chart-line" data-line={index} d="M1 2h14" />
      </svg>
      {label}
    </span>
  );
}

interface ChartProps {
  readonly lines: readonly Line[];
  // Milliseconds since 1970: the right edge.
  readonly to: number;
  readonly most: number;
  readonly label: string;
}

function Chart({ lines, to, most, label }: ChartProps) {
  const frame = { from: to - historyMilliseconds, to, most };
  return (
    <svg
      className="chart"
      viewBox={`0 0 ${chartWidth} ${chartHeight}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path className="chart-base" d={`M0 ${chartHeight}H${chartWidth}`} />
      {lines.map(({ part, values }, index) => {
        const { line, area } = chartPaths(values, frame);
        return (
          <g key={part.label}>
            {index === 0 && <path className="chart-area" d={area} />}
            <path className="chart-line" data-line={index} d={line} />
          </g>
        );
      })}
    </svg>
  );
}
