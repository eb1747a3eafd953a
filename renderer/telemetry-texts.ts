// The words of the Telemetry page. A part of texts.ts.
import type { Settings, Signal } from '../electron/core/settings.ts';
import type { SignalHop } from '../electron/core/telemetry/signal-report.ts';
import type { ShippingView, TargetView } from '../electron/core/telemetry/telemetry-view.ts';
import { listWords } from './words/lists.ts';
import { formatNumber } from './words/numbers.ts';

const signal: Readonly<Record<Signal, string>> = { metrics: 'Metrics', logs: 'Logs', traces: 'Traces' };

const result: Readonly<Record<SignalHop['result'], string>> = {
  ok: 'Arrived',
  failed: 'Failed',
  'not-run': 'Not run',
};

const origin: Readonly<Record<TargetView['origin'], string>> = {
  settings: 'your list',
  label: 'a label on its container',
  stack: 'the stack itself',
  engine: 'the engine',
  kind: 'a KinD cluster',
};

const shippedBy: Readonly<Record<ShippingView['by'], string>> = {
  collector: 'Now Alloy ships them.',
  app: 'Now this app ships them.',
  nobody: 'Now nobody ships them.',
};

const shippers: Readonly<Record<Settings['containerLogs'], { readonly title: string; readonly hint: string }>> = {
  collector: {
    title: 'Alloy',
    hint: 'Always, as long as the stack is up. For that it gets the engine’s socket, which is as good as root on the engine.',
  },
  app: {
    title: 'This app',
    hint: 'Only while the app runs; then it goes on from where it left off. No container gets the socket.',
  },
  off: { title: 'Nobody', hint: 'Only what programs send by themselves is kept.' },
};

const takes = (signals: readonly Signal[]): string => {
  if (signals.length === 0) return 'Nothing takes signals here: Alloy and Tempo are switched off.';
  if (signals.length === 3) return 'One address takes metrics, logs and traces.';
  return `Takes ${listWords(signals)} only: without Alloy the others have addresses of their own.`;
};

const count = (number: number) => formatNumber(number);

const percentWords = (share: number) =>
  share > 0 && share < 0.01 ? 'less than 1 %' : `${count(Math.round(share * 100))} %`;

export const telemetryTexts = {
  intro: 'Where your application sends its metrics, logs and traces, whether they arrive, and how long they are kept.',
  loading: 'Looking at the telemetry',
  unread: 'The telemetry could not be looked at',
  stale: (time: string) => `What is shown here is of ${time}: the last look failed`,
  late: (seconds: number) => `The app gave no answer within ${seconds} seconds.`,
  again: 'Try again',
  notes: 'Worth a look',
  off: {
    title: 'The stack is off',
    body: 'Addresses and settings are here already. What is kept, scraped and lost is known once it runs.',
    start: 'Start',
    about: 'all services',
  },
  signal,
  send: {
    title: 'Send your signals here',
    takes,
    other: (name: string) => `${name}, OTLP over HTTP`,
    http: 'OTLP over HTTP',
    grpc: 'OTLP over gRPC',
    network: 'From containers on the stack’s network',
    lan: 'From other machines',
    lanClosed: 'Closed. LAN mode opens it.',
    lanShow: 'Show',
    lanAbout: 'LAN mode',
    notPublished: 'Has no address on this machine.',
    state: (title: string, state: string) => `${title}: ${state.toLowerCase()}`,
    guides: 'How applications send',
    copyWhat: (title: string, index: number) => `lines ${index} of ${title}`,
    more: 'More in',
  },
  check: {
    title: 'Signal check',
    intro: 'Sends a real metric, log line and trace as an application would, and looks for each of them again.',
    run: 'Check metrics, logs and traces',
    running: 'Checking the signals',
    atMost: 'A minute at most.',
    never: 'Not checked yet.',
    lastRun: (time: string) => `Last checked at ${time}`,
    summary: (counts: Readonly<Record<SignalHop['result'], number>>) => {
      const all = counts.ok + counts.failed + counts['not-run'];
      const left = counts['not-run'];
      const rest = left === 0 ? '' : ` ${left} of ${all} ${left === 1 ? 'was' : 'were'} not run.`;
      if (counts.failed > 0) return `${counts.failed} of ${all} hops failed.${rest}`;
      if (counts.ok === 0) return 'Nothing was proven: no hop was run.';
      return `${left === 0 ? 'Every hop' : 'Every hop that was run'} succeeded.${rest}`;
    },
    trace: 'Trace',
    copyTrace: 'the id of the trace',
    links: 'Links between signals',
    results: result,
    time: (milliseconds: number) => `${count(milliseconds)} ms`,
    next: 'Next:',
    copy: 'Copy as text',
    copyWhat: 'the signal check',
  },
  kept: {
    title: 'What is kept',
    intro: 'Two limits each: a time, and a cap on the disk. Whichever is reached first counts.',
    by: (title: string) => `in ${title}`,
    used: (used: string, cap: string, share: number) => `${used} of ${cap} used (${percentWords(share)})`,
    unknown: (cap: string) => `What is used is not known now. At most ${cap}.`,
    bar: (name: string) => `Disk used by ${name.toLowerCase()}`,
    shortened: (hours: string) => `The cap is reached: it reaches back ${hours} only.`,
    above: 'It takes more than its cap: what is oldest goes while the app runs.',
    over: 'It takes more than its cap, though as little is kept as can be. Give it more, send less, or throw it away.',
    days: 'Days',
    gigabytes: 'At most, in GB',
    daysInvalid: 'A whole number from 1 to 365.',
    gigabytesInvalid: 'A number from 0.1 to 10,000.',
    effect: {
      metrics: 'Prometheus is started anew for it, and keeps its data.',
      logs: 'In force within seconds; nothing is restarted.',
      traces: 'In force within seconds; nothing is restarted.',
    } satisfies Record<Signal, string>,
    whenOff: 'In force with the next start.',
    less: 'What is beyond the new limits is deleted, and does not come back.',
    save: 'Save',
    what: (name: string) => `How long ${name.toLowerCase()} are kept`,
    wipe: 'Throw away…',
    wiping: 'Throwing away',
  },
  wipe: {
    title: (name: string) => `Throw away all ${name.toLowerCase()}?`,
    body: (name: string, title: string) =>
      `All ${name.toLowerCase()} that ${title} has kept are deleted for good. ${title} is away for some seconds, and comes back empty.`,
    volumes: (names: readonly string[], used: string | undefined) =>
      `${names.length === 1 ? 'Volume' : 'Volumes'}: ${listWords(names)}${used === undefined ? '' : ` (${used})`}`,
    others: (names: readonly string[]) => `${listWords(names)} stay.`,
    keep: 'Keep everything',
    confirm: (name: string) => `Throw away ${name.toLowerCase()}`,
    done: (name: string) => `All ${name.toLowerCase()} were thrown away.`,
  },
  scraped: {
    title: 'What is scraped',
    none: 'Nothing is known of: Prometheus does not answer.',
    name: 'Name',
    address: 'Address',
    health: 'Health',
    action: 'Change',
    from: (name: TargetView['origin']) => `from ${origin[name]}`,
    healths: { up: 'Up', down: 'Down', unknown: 'Unknown' } satisfies Record<TargetView['health'], string>,
    counts: (up: number, all: number) => `${count(up)} of ${count(all)} are up.`,
    remove: 'Remove',
    removed: 'Scraped no more within half a minute. What was collected stays.',
    add: {
      title: 'Add a target of your own',
      hint: 'A program on this machine is at host.docker.internal and its port, when it listens on more than 127.0.0.1.',
      name: 'Name',
      address: 'Host and port',
      path: 'Path',
      https: 'Over https, with a certificate that Prometheus can check',
      submit: 'Add',
      nameInvalid: 'Letters, digits, dots, dashes and underscores; 63 at most.',
      nameTaken: 'There is a target of this name already.',
      addressInvalid: 'A host and a port without http://, such as host.docker.internal:8000.',
      itself: (words: string) => `Cannot be scraped: ${words}`,
      pathInvalid: 'It begins with a slash, such as /metrics.',
      full: (most: number) => `There are ${most} targets already. Remove one first.`,
      what: (name: string) => `The target ${name}`,
      saved: (name: string) => `${name} is scraped within half a minute.`,
    },
    options: 'What else may be scraped',
    engine: 'The engine’s own metrics',
    engineEffect: 'At the next Start Prometheus is made anew, and keeps its data.',
    kind: 'KinD clusters',
    kindEffect: 'Followed at once while the stack runs.',
  },
  shipping: {
    title: 'Logs of containers',
    intro: 'Of every container of the stack, and of your own with the label io.macula.observe=true.',
    who: 'Who ships them to Loki',
    by: shippedBy,
    shippers,
    effect: 'At the next Start Alloy is made anew, with the socket or without.',
    observed: 'Shipped beside the stack’s own',
    observedNone: 'No container beside the stack’s own asks to be shipped.',
  },
  applyNow: 'Apply now',
  applyAbout: 'by Start',
  lost: {
    title: 'Lost on the way',
    none: 'Nothing was lost.',
    unknown: 'Not known: Prometheus, which counts it, does not answer.',
    since: 'Since the service concerned was started.',
    count,
    dashboard: 'Telemetry pipeline',
    dashboardAbout: 'in Grafana',
  },
  own: {
    title: 'Configuration of your own',
    intro: 'Templates in this folder take the place of Macula’s own, once the service’s own program accepts them.',
    folder: 'the folder of templates',
    none: 'There are none: all services run with Macula’s own.',
    inUse: 'In use',
    ignored: 'Ignored',
    more: 'More in',
  },
} as const;
