// What a change of settings does besides the containers that it touches, a sentence each. Pure.
import type { DesiredService, DesiredStack } from './desired.ts';
import type { ChangeFacts } from './effects-of-change.ts';
import { domainProblem } from './host/wanted-names.ts';
import { isWildcard } from './publishes.ts';
import { type Retention, type Settings, type Signal, signals } from './settings.ts';
import { engineMetricsWords } from './telemetry/engine-metrics.ts';
import { kindWords } from './telemetry/kind.ts';

export function changeNotes(facts: ChangeFacts): readonly string[] {
  const { before, after } = facts;
  return [
    ...engineNotes(facts),
    ...domainNotes(facts),
    ...browserNotes(before.desired, after.desired),
    ...lanNotes(before.desired, after.desired),
    ...signals.flatMap((signal) => retentionNote(signal, before.settings.retention, after.settings.retention)),
    ...telemetryNotes(before.settings, after.settings),
  ];
}

function engineNotes({ before, after, observed }: ChangeFacts): readonly string[] {
  if (before.settings.engineEndpoint === after.settings.engineEndpoint) return [];
  const isOn = observed?.containers.some(({ phase }) => phase === 'running') === true;
  return isOn
    ? ['What runs now goes on where it is; on another engine it is not seen, and not stopped from there.']
    : [];
}

function domainNotes({ before, after, names }: ChangeFacts): readonly string[] {
  const from = before.settings;
  const to = after.settings;
  const notes: string[] = [];
  if (from.baseDomain !== to.baseDomain) {
    const problem = domainProblem(to.baseDomain);
    if (problem !== undefined) notes.push(`${problem} Names below it cannot be set up.`);
    if (names.length > 0) {
      notes.push(`Names below ${from.baseDomain} lead to this machine until names are set up again, or taken back.`);
    }
  }
  if (names.length > 0 && from.publishPort80 && !to.publishPort80) {
    notes.push(
      `Without port 80 the names need a port behind them: http://${names[0] ?? ''}/ does not answer any more.`,
    );
  }
  return notes;
}

// What is kept in a browser is kept under the page's address.
function browserNotes(before: DesiredStack, after: DesiredStack): readonly string[] {
  return before.services.flatMap(({ definition, urls }) => {
    if (definition.keepsInBrowser !== true) return [];
    const then = after.services.find((service) => service.definition.id === definition.id);
    const gone = urls.filter(({ url }) => then?.urls.some((other) => other.url === url) === false);
    const instead = then?.urls.find(({ url }) => !urls.some((other) => other.url === url));
    if (gone.length === 0) return [];
    const addresses = gone.map(({ url }) => url).join(' and ');
    return [
      `${definition.title} keeps what you made in the browser, under its address. That of ${addresses} is not seen at ${instead?.url ?? 'the others'}: save it as a file first.`,
    ];
  });
}

// With other ports than those of its guard, a service is not opened to the network.
function lanNotes(before: DesiredStack, after: DesiredStack): readonly string[] {
  const closed = before.services.filter(({ definition, container }) => {
    const then = after.services.find((service) => service.definition.id === definition.id);
    return then !== undefined && container.publishes.some(isWide) && !then.container.publishes.some(isWide);
  });
  if (closed.length === 0) return [];
  const titles = closed.map(({ definition }) => definition.title).join(', ');
  const ports = closed.flatMap((service) => lanPortsOf(service, after)).join(', ');
  return [
    `LAN mode is on: the next Start closes ${titles} to the network. Turn it on again on the page Host to open port ${ports} in its place.`,
  ];
}

function isWide({ hostAddress }: { readonly hostAddress: string }): boolean {
  return isWildcard(hostAddress);
}

function lanPortsOf({ definition }: DesiredService, after: DesiredStack): readonly number[] {
  const then = after.services.find((service) => service.definition.id === definition.id);
  return (then?.definition.lan?.ports ?? []).map(({ port }) => port);
}

const signalTitles: Readonly<Record<Signal, string>> = { metrics: 'Metrics', logs: 'Logs', traces: 'Traces' };

function retentionNote(
  signal: Signal,
  before: Readonly<Record<Signal, Retention>>,
  after: Readonly<Record<Signal, Retention>>,
): readonly string[] {
  const { days, gigabytes } = after[signal];
  const limits = [
    ...(days < before[signal].days ? [`older than ${days === 1 ? 'a day' : `${days} days`}`] : []),
    ...(gigabytes < before[signal].gigabytes ? [`beyond ${gigabytes} GB`] : []),
  ];
  if (limits.length === 0) return [];
  return [`${signalTitles[signal]} ${limits.join(' or ')} are deleted within half an hour, and do not come back.`];
}

function telemetryNotes(before: Settings, after: Settings): readonly string[] {
  return [
    ...(after.engineMetrics && !before.engineMetrics ? [engineMetricsWords] : []),
    ...(after.kindClusters && !before.kindClusters ? [kindWords] : []),
    ...(before.kindClusters && !after.kindClusters
      ? ['KinD clusters are scraped no more; what was made in those that run is taken away.']
      : []),
  ];
}
