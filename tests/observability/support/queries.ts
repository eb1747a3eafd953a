// What the query APIs of the real programs return.
import { doors } from './doors.ts';

export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

const patienceMilliseconds = 10_000;

export async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(patienceMilliseconds) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text.slice(0, 300)}`);
  return JSON.parse(text) as unknown;
}

export async function promQl(query: string): Promise<readonly Series[]> {
  const answer = (await getJson(`${doors.prometheus}/api/v1/query?${new URLSearchParams({ query })}`)) as {
    readonly data: { readonly result: readonly Series[] };
  };
  return answer.data.result;
}

interface Exemplars {
  readonly seriesLabels: Readonly<Record<string, string>>;
  readonly exemplars: readonly { readonly labels: Readonly<Record<string, string>> }[];
}

// Of the last five minutes.
export async function exemplars(query: string): Promise<readonly Exemplars[]> {
  const now = Date.now() / 1000;
  const asked = new URLSearchParams({ query, start: `${now - 300}`, end: `${now + 60}` });
  const answer = (await getJson(`${doors.prometheus}/api/v1/query_exemplars?${asked}`)) as {
    readonly data: readonly Exemplars[];
  };
  return answer.data;
}

export interface Line {
  readonly labels: Readonly<Record<string, string>>;
  readonly text: string;
}

// Of the last hour, at most 5,000.
export async function logQl(query: string): Promise<readonly Line[]> {
  const asked = new URLSearchParams({ query, limit: '5000', since: '1h' });
  const answer = (await getJson(`${doors.loki}/loki/api/v1/query_range?${asked}`)) as {
    readonly data: {
      readonly result: readonly {
        readonly stream: Readonly<Record<string, string>>;
        readonly values: readonly (readonly [string, string])[];
      }[];
    };
  };
  return answer.data.result.flatMap(({ stream, values }) => values.map(([, text]) => ({ labels: stream, text })));
}

// Names of the spans of a trace; undefined while it is not found.
export async function traceById(traceId: string): Promise<readonly string[] | undefined> {
  const response = await fetch(`${doors.tempo}/api/traces/${traceId}`, {
    signal: AbortSignal.timeout(patienceMilliseconds),
  });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`trace ${traceId}: ${response.status} ${await response.text()}`);
  const trace = (await response.json()) as {
    readonly batches: readonly {
      readonly scopeSpans: readonly { readonly spans: readonly { readonly name: string }[] }[];
    }[];
  };
  return trace.batches.flatMap((batch) => batch.scopeSpans.flatMap((scope) => scope.spans.map((span) => span.name)));
}

// Ids of the traces that it finds, without the zeros that Tempo leaves out in front.
export async function traceQl(query: string): Promise<readonly string[]> {
  const answer = (await getJson(`${doors.tempo}/api/search?${new URLSearchParams({ q: query })}`)) as {
    readonly traces?: readonly { readonly traceID: string }[];
  };
  return (answer.traces ?? []).map(({ traceID }) => traceID.padStart(32, '0'));
}
