// Sends a metric, a log line and a trace as an application would, and finds each again on every way there is.
import type { DefaultPassword } from '../../core/catalog/service.ts';
import { signals, type Signal } from '../../core/settings.ts';
import { otlpPayload, type SignalMark } from '../../core/telemetry/otlp-payload.ts';
import { hopAfter } from '../../core/telemetry/signal-hops.ts';
import { doorAddress, type Place, type SignalPlaces } from '../../core/telemetry/signal-places.ts';
import { linkNames, type SignalHop, type SignalReport } from '../../core/telemetry/signal-report.ts';
import {
  exemplarSearch,
  lineSearch,
  logSearch,
  metricSearch,
  type Search,
  serviceGraphSearch,
  spanMetricSearch,
  traceQlSearch,
  traceSearch,
} from '../../core/telemetry/signal-searches.ts';
import { type Seeking, type SeekTools, seek, send, type Sought, wait } from './signal-seek.ts';

export interface SignalCheck {
  readonly places: SignalPlaces;
  readonly mark: SignalMark;
  // For what is sent of the same trace later.
  readonly laterSpanIds: SignalMark['spanIds'];
  readonly tools: SeekTools;
  // What Grafana asks Loki from a trace.
  readonly traceToLogs: string;
  // What Grafana is signed in to with; undefined where nobody can.
  readonly password: DefaultPassword | undefined;
  // Whether Grafana takes it: asked once, since it counts what it refuses.
  readonly signIn: Promise<Place>;
}

type Given<Found> = Promise<Sought<Found>>;

export async function checkSignals(check: SignalCheck): Promise<SignalReport> {
  const { places, mark, tools } = check;
  const { prometheus, loki, tempo, sending } = places;
  const sent = Object.fromEntries(signals.map((signal) => [signal, sendOne(signal, check)] as const)) as Readonly<
    Record<Signal, Promise<SignalHop>>
  >;
  const after = async <Found>(before: Promise<SignalHop>, seeking: Seeking<Found>) =>
    seek(seeking, await before, tools);
  const direct = <Found>(signal: Signal, name: string, place: Place, search: Search<Found>) =>
    after(sent[signal], { name, place, search, from: sending[signal].service });
  // Tempo counts spans and writes what it counted to Prometheus every few seconds.
  const written = <Found>(name: string, search: Search<Found>) =>
    after(sent.traces, { name, place: prometheus, search, from: 'tempo', isSlow: true });

  const metric = direct('metrics', 'found in Prometheus by PromQL', prometheus, metricSearch(mark));
  const line = direct('logs', 'found in Loki by its trace id', loki, logSearch(mark));
  const trace = direct('traces', 'found in Tempo by its id', tempo, traceSearch(mark.traceId));
  const traceQl = direct('traces', 'found in Tempo by TraceQL', tempo, traceQlSearch(mark));
  const counted = written('counted in a span metric', spanMetricSearch(mark));
  const edge = written('counted in the service graph', serviceGraphSearch(mark));
  const exemplar = written('found in Prometheus as an exemplar', exemplarSearch(mark));

  const more = sendMore(counted, exemplar, check);
  const byGrafana = <Found>(name: string, uid: string, search: Search<Found>, before: Given<unknown>) =>
    throughGrafana({ name, uid, search, before }, check);
  const hops = {
    metrics: [sent.metrics, metric, byGrafana('found through Grafana', 'prometheus', metricSearch(mark), metric)],
    logs: [sent.logs, line, byGrafana('found through Grafana', 'loki', logSearch(mark), line)],
    traces: [
      ...[sent.traces, trace, traceQl, counted, edge, exemplar],
      byGrafana('found through Grafana by its id', 'tempo', traceSearch(mark.traceId), trace),
      byGrafana('found through Grafana by TraceQL', 'tempo', traceQlSearch(mark), traceQl),
      byGrafana('exemplar found through Grafana', 'prometheus', exemplarSearch(mark), exemplar),
    ],
  };
  // What one signal leads to has to have been sent as well.
  const links = [
    follow(linkNames.logToTrace, [line, sent.traces], tempo, ({ traceId }) => traceSearch(traceId), check),
    follow(linkNames.traceToLogs, [trace, sent.logs], loki, () => lineSearch(check.traceToLogs, mark), check),
    follow(linkNames.exemplarToTrace, [exemplar, sent.traces], tempo, ({ traceId }) => traceSearch(traceId), check),
  ];
  const paths = signals.map(async (signal) => {
    const told = (await Promise.all(hops[signal])).map((one) => ('hop' in one ? one.hop : one));
    return { signal, hops: [...(places.collector === undefined ? [] : [places.collector]), ...told] };
  });
  // Together: whichever ends first in an abort, the others' is not left alone.
  const [toldPaths, toldLinks] = await Promise.all([Promise.all(paths), Promise.all(links), more]);
  return { traceId: mark.traceId, paths: toldPaths, links: toldLinks.map(({ hop }) => hop) };
}

function sendOne(signal: Signal, { places, mark, tools }: SignalCheck): Promise<SignalHop> {
  const place = places.sending[signal];
  const { way, title } = place;
  const name = `sent to ${way.kind === 'open' ? doorAddress(way.door) : title}`;
  return send(name, place, otlpPayload(signal, mark), tools);
}

const exemplarMilliseconds = 1000;

// The first metrics that Tempo writes after its start may come without their exemplars. An application would go on with
// its work, and so does this: with more spans of the same trace.
async function sendMore(counted: Given<unknown>, exemplar: Given<unknown>, check: SignalCheck): Promise<void> {
  const { places, mark, laterSpanIds, tools } = check;
  if ((await counted).hop.result !== 'ok') return;
  const isThere = exemplar.then(() => true);
  if (await Promise.race([isThere, wait(exemplarMilliseconds, tools).then(() => false)])) return;
  // An exemplar with the same trace and the same value as the last one is thrown away.
  const milliseconds = mark.milliseconds - 2;
  const later = { ...mark, spanIds: laterSpanIds, at: tools.clock.now(), milliseconds };
  await send('sent once more', places.sending.traces, otlpPayload('traces', later), tools);
}

interface Proxied<Found> {
  readonly name: string;
  // Of Grafana's data source.
  readonly uid: string;
  readonly search: Search<Found>;
  readonly before: Given<unknown>;
}

async function throughGrafana<Found>(
  { name, uid, search, before }: Proxied<Found>,
  { signIn, password, tools }: SignalCheck,
): Given<Found> {
  const [place, { hop }] = await Promise.all([signIn, before]);
  const prefix = `/api/datasources/proxy/uid/${uid}`;
  return seek({ name, place, search, prefix, from: 'grafana', ...(password && { auth: password }) }, hop, tools);
}

// Takes what one signal says, and nothing that is known otherwise.
async function follow<Found, Next>(
  name: string,
  [from, sent]: readonly [Given<Found>, Promise<SignalHop>],
  place: Place,
  next: (found: Found) => Search<Next>,
  { tools }: SignalCheck,
): Given<Next> {
  const [{ hop, found }, before] = await Promise.all([from, sent]);
  if (found === undefined) return { hop: hopAfter({ name, service: place.service }, hop) };
  return seek({ name, place, search: next(found), from: place.service }, before, tools);
}
