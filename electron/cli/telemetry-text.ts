// The telemetry at a glance, as lines for a terminal. Pure.
import { gigabytesWords, storeNote } from '../core/telemetry/signal-stores.ts';
import type { OtlpAddresses, TelemetryView } from '../core/telemetry/telemetry-view.ts';
import type { Paint } from './paint.ts';
import { silenceLines, silenceText } from './silence-text.ts';

const shippers: Readonly<Record<TelemetryView['logs']['by'], string>> = {
  collector: 'Alloy reads them, with the socket of the engine',
  app: 'the app reads them, while it runs',
  nobody: 'nobody reads them',
};

export function telemetryText(view: TelemetryView, paint: Paint): string {
  const lines = [
    paint('bold', 'Send here'),
    ...takerLines(view.otlp),
    ...(view.sendingProblem === undefined ? [] : [`  ${paint('yellow', view.sendingProblem)}`]),
    ...view.otlp.others.map(({ signal, http }) => `  ${http}  OTLP over HTTP: ${signal}`),
    '',
    paint('bold', 'Logs of containers'),
    `  ${shippers[view.logs.by]}`,
    ...(view.logs.problem === undefined ? [] : [`  ${paint('yellow', view.logs.problem)}`]),
    ...(view.logs.observed.length === 0 ? [] : [`  also of: ${view.logs.observed.join(', ')}`]),
    '',
    paint('bold', 'Scraped'),
    ...targetLines(view, paint),
    '',
    paint('bold', 'Kept'),
    ...view.stores.map((store) => {
      const used = store.usedBytes === undefined ? 'not known' : gigabytesWords(store.usedBytes / 1e9);
      const { days, gigabytes } = store.retention;
      const note = storeNote(store);
      const line = `  ${store.signal.padEnd(7)}  ${used} of ${gigabytesWords(gigabytes)}, ${days} ${days === 1 ? 'day' : 'days'}`;
      return note === '' ? line : `${line}\n    ${paint('yellow', note)}`;
    }),
    '',
    paint('bold', 'Lost on the way'),
    ...view.dropped.map(({ what, count }) => `  ${paint('yellow', String(count))} ${what}`),
    ...(view.silence === undefined ? [] : [`  ${paint('yellow', silenceText(view.silence))}`]),
    ...(view.silence === undefined && view.dropped.length === 0 ? ['  nothing'] : []),
    ...view.overrides.map(
      ({ template, problem }) =>
        `\n${template}: ${problem === undefined ? 'yours is in use' : paint('yellow', `yours is ignored: ${problem}`)}`,
    ),
    ...view.notes.map((note) => `\n${paint('yellow', note)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function takerLines({ http, grpc, network, lan, takes, others }: OtlpAddresses): readonly string[] {
  if (takes.length === 0) {
    return [`  nothing takes ${others.length === 0 ? 'signals' : 'traces'}: Alloy and Tempo are switched off`];
  }
  return [
    ...(http === undefined ? [] : [`  ${http}  OTLP over HTTP: ${takes.join(', ')}`]),
    ...(grpc === undefined ? [] : [`  ${grpc}  OTLP over gRPC`]),
    `  ${network}  from containers on the network of the stack`,
    ...(lan === undefined ? [] : [`  ${lan}  from the local network`]),
  ];
}

function targetLines({ targets, silence }: TelemetryView, paint: Paint): readonly string[] {
  const colours = { up: 'green', down: 'red', unknown: 'dim' } as const;
  const lines = targets.map(({ name, url, health, problem }) => {
    const words = problem === undefined ? '' : `  ${paint('dim', problem)}`;
    return `  ${paint(colours[health], health.padEnd(7))}  ${name.padEnd(12)}  ${url}${words}`;
  });
  if (silence !== undefined) return [...lines, ...silenceLines(silence).map((line) => `  ${paint('yellow', line)}`)];
  return lines.length === 0 ? ['  nothing'] : lines;
}
