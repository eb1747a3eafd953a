// Puts a dashboard's query to the store that Grafana would put it to.
import type { StoreQuery } from '../unit/core/dashboard-files.ts';
import { doors } from './support/doors.ts';

export interface StoreAnswer {
  // How many series, streams, traces or values came back.
  readonly count: number;
  // Why it was not accepted, or what the store warns of.
  readonly complaint?: string;
}

const minutes = 60;

export function ask(query: StoreQuery): Promise<StoreAnswer> {
  const now = Math.floor(Date.now() / 1000);
  if (query.store === 'tempo') return askTempo(query.text, now);
  if (query.kind === 'label values') return askValues(query);
  return query.store === 'loki' ? askLoki(query, now) : askPrometheus(query, now);
}

function askPrometheus({ kind, text }: StoreQuery, now: number): Promise<StoreAnswer> {
  const range = { start: String(now - 5 * minutes), end: String(now), step: '15' };
  const path = kind === 'instant' ? '/api/v1/query' : '/api/v1/query_range';
  return get(`${doors.prometheus}${path}`, { query: text, ...(kind === 'instant' ? {} : range) });
}

function askLoki({ kind, text }: StoreQuery, now: number): Promise<StoreAnswer> {
  const range = { start: `${now - 15 * minutes}000000000`, end: `${now + 1}000000000`, step: '60' };
  const path = kind === 'instant' ? '/loki/api/v1/query' : '/loki/api/v1/query_range';
  return get(`${doors.loki}${path}`, { query: text, ...(kind === 'instant' ? {} : range) });
}

function askTempo(text: string, now: number): Promise<StoreAnswer> {
  return get(`${doors.tempo}/api/search`, {
    ...{ q: text, limit: '20', start: String(now - 15 * minutes), end: String(now + 1) },
  });
}

// Of Loki the name of a label, of Prometheus label_values(metric, label).
function askValues({ store, text }: StoreQuery): Promise<StoreAnswer> {
  if (store === 'loki') return get(`${doors.loki}/loki/api/v1/label/${text}/values`, {});
  const [, metric = '', label = ''] = /^label_values\((\w+), (\w+)\)$/.exec(text) ?? [];
  return get(`${doors.prometheus}/api/v1/label/${label}/values`, { 'match[]': metric });
}

interface Body {
  readonly data?: readonly unknown[] | { readonly result?: readonly unknown[] };
  readonly traces?: readonly unknown[];
  readonly warnings?: readonly string[];
  readonly infos?: readonly string[];
}

async function get(url: string, query: Readonly<Record<string, string>>): Promise<StoreAnswer> {
  const answer = await fetch(`${url}?${new URLSearchParams(query).toString()}`, {
    signal: AbortSignal.timeout(20_000),
  });
  const text = await answer.text();
  if (!answer.ok) return { count: 0, complaint: `${answer.status} ${text.slice(0, 500)}` };
  const { data, traces, warnings = [], infos = [] } = JSON.parse(text) as Body;
  const found = traces ?? (Array.isArray(data) ? data : (data as { result?: readonly unknown[] } | undefined)?.result);
  const complaints = [...warnings, ...infos];
  return { count: found?.length ?? 0, ...(complaints.length === 0 ? {} : { complaint: complaints.join('; ') }) };
}
