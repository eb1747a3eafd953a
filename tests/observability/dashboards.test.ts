// Every query of every dashboard, put to the real Prometheus, Loki and Tempo: each has to be taken, and to bring
// something wherever there is something.
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { dashboards, spanQueries, type StoreQuery, storeQueries } from '../unit/core/dashboard-files.ts';
import { ask } from './dashboards-stores.ts';
import { sendRound } from './dashboards-telemetry.ts';
import { missingPrograms } from './support/programs.ts';
import { useRealStack } from './support/real-stack.ts';

const needsStack = useRealStack({
  real: ['prometheus', 'loki', 'tempo'],
  settings: { disabledServices: ['alloy'] },
});

// Told by Alloy, which is switched off here: traces go to Tempo's own door.
const toldByAlloy = /\b(otelcol_|loki_write_|loki_process_|loki_source_)/;
// Not there until the first loss.
const toldOfLosses = /\b(loki_discarded_samples_total|tempo_discarded_spans_total)\b|up == 0/;
// Written so that they bring a nought where there is nothing.
const hasNought = /or vector\(0\)/;

// What Grafana reads for a service graph.
const serviceGraph = [
  'traces_service_graph_request_total',
  'traces_service_graph_request_failed_total',
  'traces_service_graph_request_server_seconds_sum',
  'traces_service_graph_request_server_seconds_bucket',
];

const queries: readonly StoreQuery[] = [...storeQueries(), ...spanQueries('shop')].flatMap(
  (query): readonly StoreQuery[] =>
    query.kind === 'service graph'
      ? serviceGraph.map((text) => ({ ...query, store: 'prometheus', kind: 'instant', text }))
      : [query],
);
const mayBeEmpty = ({ text }: StoreQuery): boolean =>
  !hasNought.test(text) && (toldByAlloy.test(text) || toldOfLosses.test(text));

let round = 0;
// Rates need two scrapes, and figures of spans as many rounds: half a minute on a stack that is quick.
const longest = 150_000;

async function unanswered(wanted: readonly StoreQuery[]): Promise<readonly StoreQuery[]> {
  const end = Date.now() + longest;
  let rest = wanted;
  while (rest.length > 0 && Date.now() < end) {
    await sendRound((round += 1));
    await sleep(3000);
    const counts = await Promise.all(rest.map(async (query) => (await ask(query)).count));
    rest = rest.filter((_, index) => counts[index] === 0);
  }
  return rest;
}

describe('the dashboards, on the stack', () => {
  test('ask nothing that a store does not take', async (context) => {
    needsStack(context);
    await sendRound((round += 1));
    const refused: string[] = [];
    for (const query of queries) {
      const { complaint } = await ask(query);
      if (complaint !== undefined) refused.push(`${query.where}: ${complaint}`);
    }
    expect(refused).toEqual([]);
    expect(new Set(queries.map(({ store }) => store))).toEqual(new Set(['prometheus', 'loki', 'tempo']));
    // Nothing is let off that could be asked: those are the ones that only Alloy or a loss can answer.
    expect(queries.filter((query) => !mayBeEmpty(query)).length).toBeGreaterThan(70);
  });

  test('show something, of the stack itself and of what was sent', async (context) => {
    needsStack(context);
    const rest = await unanswered(queries.filter((query) => !mayBeEmpty(query)));
    expect(rest.map(({ where, text }) => `${where}: ${text}`)).toEqual([]);
  });

  test('show a nought where nothing was lost', async (context) => {
    needsStack(context);
    const lost = queries.filter(({ where, text }) => where.includes('by Loki') && hasNought.test(text));
    expect(lost.length).toBeGreaterThan(0);
    for (const query of lost) expect(await ask(query)).toEqual({ count: 1 });
  });
});

describe('Grafana', () => {
  test('has the dashboards and reaches every data source', async (context) => {
    needsStack(context);
    const missing = await missingPrograms(['grafana']);
    context.skip(missing !== undefined, missing);
    const grafana = async (path: string): Promise<unknown> => {
      const headers = { Authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` };
      const answer = await fetch(`http://127.0.0.4:3000${path}`, { headers, signal: AbortSignal.timeout(20_000) });
      return [path, answer.status, await answer.json()];
    };
    for (const { uid, title } of dashboards) {
      const path = `/api/dashboards/uid/${uid}`;
      const dashboard = expect.objectContaining({ uid, title }) as unknown;
      expect(await grafana(path)).toEqual([path, 200, expect.objectContaining({ dashboard })]);
    }
    for (const uid of ['prometheus', 'loki', 'tempo']) {
      const path = `/api/datasources/uid/${uid}/health`;
      expect(await grafana(path)).toEqual([path, 200, expect.objectContaining({ status: 'OK' })]);
    }
  });
});
