// This machine's names and LAN mode as lines. Pure.
import type { NamesMethod } from '../core/host/host-request.ts';
import type {
  FilePreview,
  HostPreview,
  HostView,
  LanView,
  NamesChoice,
  NamesView,
  NameView,
} from '../core/host/host-view.ts';
import { lanLimitSentences } from './lan-limits.ts';
import type { Colour, Paint } from './paint.ts';
import { duration, listed } from './words.ts';

const methodWords: Readonly<Record<NamesMethod, string>> = {
  hosts: 'in the hosts file',
  resolved: 'through a dnsmasq of their own, which systemd-resolved asks',
  delegate: 'through a dnsmasq of their own, which systemd-resolved asks',
  'network-manager': 'through the dnsmasq that NetworkManager runs',
  dnsmasq: 'through your own dnsmasq',
  resolver: 'through a dnsmasq of their own, which macOS asks',
};

const nameColours: Readonly<Record<NameView['state'], Colour>> = { right: 'green', absent: 'dim', wrong: 'red' };
const lanColours: Readonly<Record<LanView['state'], Colour>> = {
  off: 'dim',
  on: 'green',
  unguarded: 'red',
  closed: 'yellow',
};

export function previewText(preview: HostPreview, paint: Paint, isUndo = false): string {
  return [
    `${paint('bold', preview.title)}\n`,
    ...preview.files.map((file) => `\n${fileText(file, paint)}`),
    section('Commands, as root', preview.commands),
    preview.containers.length === 0 ? '' : `\nMade anew: ${listed(preview.containers)}\n`,
    section(isUndo ? 'What comes of it' : 'To undo it', preview.undo),
    ...preview.warnings.map((warning) => `\n${paint('yellow', 'Note:')} ${warning}\n`),
  ].join('');
}

function fileText({ path, action, diff, note }: FilePreview, paint: Paint): string {
  const head = `${paint('bold', action.padEnd(7))} ${path}${note === undefined ? '' : `: ${note}`}\n`;
  const lines = diff.split('\n').filter((line, index, all) => line !== '' || index < all.length - 1);
  return `${head}${lines.map((line) => `  ${diffLine(line, paint)}\n`).join('')}`;
}

function diffLine(line: string, paint: Paint): string {
  if (line.startsWith('@@')) return paint('cyan', line);
  if (line.startsWith('+')) return paint('green', line);
  return line.startsWith('-') ? paint('red', line) : line;
}

// What has several lines of its own, such as a table that is fed to a program, keeps them together.
function section(title: string, entries: readonly string[]): string {
  if (entries.length === 0) return '';
  const lines = entries.flatMap((entry) => entry.split('\n').filter((line) => line !== ''));
  return `\n${title}:\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

export function namesTable({ hosts }: NamesView, paint: Paint): string {
  const width = Math.max(0, ...hosts.map(({ host }) => host.length));
  return hosts
    .map(({ host, address, state, found }) => {
      const leads = state === 'wrong' ? `  leads to ${found.join(', ')}` : '';
      return `${host.padEnd(width)}  ${address}  ${paint(nameColours[state], state)}${leads}\n`;
    })
    .join('');
}

// What is published is known only where an engine says so.
export function hostStatusText(view: HostView, now: number, paint: Paint, isEngineKnown: boolean): string {
  const { names, lan } = view;
  const lanWords = isEngineKnown
    ? `${lan.summary}${timeLeft(lan, now)}`
    : 'not known while no container engine answers.';
  const notes = [
    ...(view.isInterrupted ? ['An earlier change was cut off: the next one puts that right first.'] : []),
    ...view.edited.map((path) => `${path} was edited since Macula wrote it.`),
  ];
  return [
    `${paint('bold', namesWords(names))}\n\n${namesTable(names, paint)}`,
    `\nWays to set them up:\n${names.choices.map((choice) => choiceText(choice, names, paint)).join('')}`,
    `\nLoopback addresses: ${view.loopback}\n`,
    ...view.firewall.map((words) => `Firewall: ${words}\n`),
    `LAN: ${lanWords}\n`,
    view.elevation.detail === '' ? '' : `Root: ${view.elevation.detail}\n`,
    ...notes.map((note) => `\n${paint('yellow', 'Note:')} ${note}\n`),
  ].join('');
}

function namesWords({ applied, isByUser, domain }: NamesView): string {
  if (applied !== undefined) return `Names below ${domain} are set up ${methodWords[applied.method]}`;
  if (isByUser) return `Names below ${domain} lead where they should without Macula, and are left alone`;
  return `Names below ${domain} are not set up`;
}

function choiceText(choice: NamesChoice, { applied }: NamesView, paint: Paint): string {
  const { backend, isUsable, isRecommended, reason, remedy } = choice;
  const state =
    applied?.backend === backend ? 'set up' : isRecommended ? 'proposed' : isUsable ? 'possible' : 'not here';
  const painted = paint(isUsable ? 'green' : 'dim', state);
  const first = `  ${backend.padEnd(9)}  ${painted}${' '.repeat(8 - state.length)}  ${reason}\n`;
  return remedy === undefined ? first : `${first}${' '.repeat(23)}${remedy}\n`;
}

// Why there is nothing to set up where nothing can be.
export function unusableText({ choices }: NamesView): string {
  return choices
    .filter(({ isUsable }) => !isUsable)
    .map(({ backend, reason, remedy }) => `${backend}: ${reason}${remedy === undefined ? '' : ` Next: ${remedy}`}\n`)
    .join('');
}

export function lanStatusText(lan: LanView, now: number, paint: Paint): string {
  const { network, problem, services, limit, state } = lan;
  const width = Math.max(0, ...services.map(({ id }) => id.length));
  const rows = services.map(({ id, ports, protection, isOpen, urls }) => {
    const open = paint(isOpen ? lanColours[state] : 'dim', isOpen ? 'open  ' : 'closed');
    const lock = protection === 'password' ? 'has a password' : 'no password';
    return `${id.padEnd(width)}  ${open}  ${lock.padEnd(14)}  ${urls.join('  ') || `port ${ports.join(', ')}`}\n`;
  });
  return [
    `${paint('bold', lan.summary)}\n\n${rows.join('')}`,
    network === undefined
      ? ''
      : `\nNetwork: ${network.ranges.join(', ')} on ${network.interface}, here ${network.address}\n`,
    problem === undefined ? '' : `\n${problem}\n`,
    limit === undefined || state === 'off' ? '' : `On ${lanLimitSentences[limit]}.${timeLeft(lan, now)}\n`,
  ].join('');
}

export function openText({ services }: LanView): string {
  const open = services.filter(({ isOpen }) => isOpen);
  if (open.length === 0) return '';
  const width = Math.max(...open.map(({ id }) => id.length));
  const rows = open.map(
    ({ id, urls, ports }) => `  ${id.padEnd(width)}  ${urls.join('  ') || `port ${ports.join(', ')}`}\n`,
  );
  return `\nFrom another machine:\n${rows.join('')}`;
}

export function timeLeft({ until, state }: LanView, now: number): string {
  if (until === undefined || state === 'off') return '';
  return until > now ? ` ${duration(until - now)} left.` : ' The time is over.';
}
