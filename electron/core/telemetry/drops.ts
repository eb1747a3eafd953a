// What was lost on the way, as the services count it themselves. Pure.
import type { DropCount } from './telemetry-view.ts';

export interface DropQuery {
  readonly what: string;
  // PromQL; a sum since the service concerned was started.
  readonly query: string;
}

// Names of metrics: Loki 3.7, Tempo 3.x, Alloy 1.18, each at /metrics.
export const dropQueries: readonly DropQuery[] = [
  { what: 'log lines refused by Loki', query: 'sum(loki_discarded_samples_total)' },
  { what: 'log lines that Alloy gave up', query: 'sum(loki_write_dropped_entries_total)' },
  { what: 'spans refused by Tempo', query: 'sum(tempo_discarded_spans_total)' },
  {
    what: 'figures from spans that did not reach Prometheus',
    query: 'sum(prometheus_remote_storage_samples_failed_total{service="tempo"})',
  },
  { what: 'spans that Alloy handed back', query: 'sum(otelcol_exporter_send_failed_spans_total)' },
  { what: 'log records that Alloy handed back', query: 'sum(otelcol_exporter_send_failed_log_records_total)' },
  { what: 'figures that Alloy handed back', query: 'sum(otelcol_exporter_send_failed_metric_points_total)' },
];

// The number in an answer of /api/v1/query; undefined where the metric is not there.
export function sumOf(answer: unknown): number | undefined {
  const { data } = (answer ?? {}) as {
    readonly data?: { readonly result?: readonly { readonly value?: readonly unknown[] }[] };
  };
  const value = Number(data?.result?.[0]?.value?.[1]);
  return Number.isFinite(value) ? value : undefined;
}

export function dropCounts(sums: readonly (number | undefined)[]): readonly DropCount[] {
  return dropQueries.flatMap(({ what }, index) => {
    const count = sums[index] ?? 0;
    return count > 0 ? [{ what, count: Math.round(count) }] : [];
  });
}
