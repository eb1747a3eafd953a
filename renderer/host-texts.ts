// The words of the Host page, and what the rest of the window says of this machine. A part of texts.ts.
import type { Elevation } from '../electron/core/host/host-facts.ts';
import type { NamesMethod } from '../electron/core/host/host-request.ts';
import type {
  FilePreview,
  LanLimit,
  LanView,
  NamesBackend,
  NamesView,
  NameView,
} from '../electron/core/host/host-view.ts';
import type { DoctorCheck } from '../electron/core/doctor.ts';
import { listWords } from './words/lists.ts';
import { countWords, formatNumber } from './words/numbers.ts';

const backend: Readonly<Record<NamesBackend, { readonly title: string; readonly what: string }>> = {
  dnsmasq: { title: 'dnsmasq', what: 'A small name server answers for these names, and for nothing else.' },
  hosts: { title: 'Hosts file', what: 'A marked block in /etc/hosts, one line a name.' },
  localhost: {
    title: 'No set-up',
    what: 'Browsers find names below .localhost by themselves, at the port that Settings names.',
  },
};

const method: Readonly<Record<NamesMethod, string>> = {
  hosts: 'a marked block in /etc/hosts',
  resolved: 'a dnsmasq of its own that systemd-resolved asks',
  delegate: 'a dnsmasq of its own that systemd-resolved hands these names to',
  'network-manager': 'the dnsmasq that NetworkManager runs',
  dnsmasq: 'the dnsmasq that you run',
  resolver: 'a dnsmasq of its own that macOS asks',
};

const nameState: Readonly<Record<NameView['state'], string>> = { right: 'Right', absent: 'Absent', wrong: 'Wrong' };

function namesSummary({ hosts, applied }: NamesView): string {
  const off = hosts.filter((name) => name.state !== 'right').length;
  if (hosts.length === 0) return 'No service that is switched on has a name.';
  if (off === 0) return 'Every name leads where it should.';
  const isUntouched = applied === undefined && hosts.every((name) => name.state === 'absent');
  if (isUntouched) return 'The names lead nowhere yet.';
  return `${off} of ${hosts.length} names ${off === 1 ? 'does' : 'do'} not lead where ${off === 1 ? 'it' : 'they'} should.`;
}

function namesHow({ applied, isByUser }: NamesView): string {
  if (applied !== undefined) return `Set up through ${method[applied.method]}.`;
  if (isByUser) return 'You set them up yourself. Macula leaves that alone.';
  return 'Nothing is set up. Every page is reachable without it, at the addresses on the Services page.';
}

const lanState: Readonly<Record<LanView['state'], string>> = {
  off: 'LAN mode is off',
  on: 'LAN mode is on',
  unguarded: 'LAN mode is on without its guard',
  closed: 'LAN mode is closed',
};

const limit: Readonly<Record<LanLimit, { readonly title: string; readonly hint: string }>> = {
  hour: { title: 'For 1 hour', hint: 'Then nobody else is let in any more, whether Macula runs or not.' },
  network: { title: 'Until I leave this network', hint: 'It does not open on another one.' },
  off: { title: 'Until I turn it off', hint: 'Also after a restart of this machine.' },
};

const elevation: Readonly<Record<Elevation['kind'], string>> = {
  root: 'Macula runs as root: no password is asked for.',
  pkexec: 'A password prompt of this desktop appears before anything is changed.',
  sudo: 'The password is asked for in the terminal that Macula was started from.',
  'by-hand': 'This desktop has no password prompt: a preview shows a line to copy into a terminal.',
  none: 'This machine cannot be changed from here.',
};

const file: Readonly<Record<FilePreview['action'], string>> = {
  create: 'New file',
  change: 'Changed',
  restore: 'Put back as it was',
  delete: 'Deleted',
  keep: 'Left as it is',
};

const result: Readonly<Record<DoctorCheck['result'], { readonly one: string; readonly group: string }>> = {
  failed: { one: 'Failed', group: 'Failed' },
  note: { one: 'Note', group: 'Good to know' },
  skipped: { one: 'Skipped', group: 'Skipped' },
  ok: { one: 'In order', group: 'In order' },
};

const lines = (count: number) => countWords(count, 'line');

export const hostTexts = {
  intro: 'Names, network and health of this machine. Nothing is changed before you have seen a preview.',
  loading: 'Looking at this machine',
  unread: 'This machine could not be looked at',
  again: 'Try again',
  interrupted: 'An earlier change was cut off. The next change, or an undo, puts that right first.',
  edited: (paths: readonly string[]) =>
    `Edited since Macula wrote ${paths.length === 1 ? 'it' : 'them'}: ${listWords(paths)}. An undo takes away only Macula's own part.`,
  copyLine: 'the line for a terminal',
  names: {
    title: 'Names',
    summary: namesSummary,
    how: namesHow,
    name: 'Name',
    address: 'Address',
    state: 'State',
    states: nameState,
    found: (addresses: readonly string[]) => `leads to ${listWords(addresses)}`,
    nowhere: 'leads nowhere',
    choices: 'How to set them up',
    backend,
    recommended: 'Recommended',
    inUse: 'In use',
    unusable: 'Cannot be used here.',
    remedy: 'This would make it usable:',
    preview: 'Preview…',
    previewAbout: 'of the names',
    undo: 'Undo everything…',
    undoHint: 'Takes away all that Macula set up on this machine, LAN mode too.',
  },
  lan: {
    title: 'LAN mode',
    states: lanState,
    alarm: 'The guard is gone',
    turnOffNow: 'Turn LAN mode off',
    turnOff: 'Turn off…',
    guardAgain: 'Put the guard back…',
    turnOn: 'Preview and turn on…',
    openAgain: 'Open it again',
    change: 'Change what is open',
    services: 'What other machines may reach',
    ports: (ports: readonly number[]) => `${ports.length === 1 ? 'port' : 'ports'} ${ports.join(', ')}`,
    protection: { password: 'asks for a password', none: 'no password of its own' },
    consent: (titles: readonly string[]) =>
      `Anybody on this network may read and write ${titles.length === 1 ? 'it' : 'them'}: ${listWords(titles)}.`,
    limit: 'For how long',
    limits: limit,
    network: 'Who may reach them',
    networkIs: (name: string, address: string) => `The network at ${name}, where this machine is ${address}:`,
    networkNote: 'Everybody else is refused by a guard of Macula’s own, before Docker’s rules.',
    noNetwork: 'No network of your own was found.',
    chooseService: 'Choose a service first.',
    consentNeeded: 'Tick first that anybody may read and write.',
    addresses: 'For other machines on this network',
    noAddress: 'No address yet',
    // The names lead to the loopback addresses of whoever asks.
    addressesNote: 'Names do not work from there; these addresses do.',
    qr: 'QR code',
    qrAbout: (title: string) => `of ${title}`,
    qrTitle: (title: string) => `${title} on another device`,
    qrHint: 'Scan it with a device on the same network.',
    limitIs: { network: 'Until this network is left', off: 'Until it is turned off' },
    until: (time: string) => `Until ${time}`,
    over: 'The time is over',
    onUntil: (time: string) => `LAN mode is on until ${time}`,
    show: 'Show',
    showAbout: 'LAN mode',
  },
  doctor: {
    title: 'Check',
    intro: 'Tries every hop: the engine, each container, each port, each page, the names and the guard.',
    run: 'Check everything',
    running: 'Checking',
    lastRun: (time: string) => `Last checked at ${time}`,
    never: 'Not checked yet.',
    summary: (failed: number, total: number) =>
      failed === 0 ? `Nothing is broken: ${total} checks.` : `${failed} of ${total} checks failed.`,
    results: result,
    group: (name: string, count: number) => `${name} (${count})`,
    next: 'Next:',
    repairing: 'Repairing',
    copy: 'Copy as text',
    copyWhat: 'the checks',
  },
  ports: {
    title: 'Who holds a port',
    label: 'Port',
    ask: 'Who holds it?',
    invalid: 'A port is a whole number from 1 to 65535.',
    nobody: (port: number) => `Nobody listens on port ${port}.`,
    found: (port: number, count: number) =>
      count === 1 ? `One listener holds port ${port}.` : `${count} listeners hold port ${port}.`,
    address: 'Address',
    owner: 'Held by',
    covers: 'Covers of Macula’s addresses',
    coversNone: 'none',
    every: (address: string) => (address === '::' ? 'every address' : 'every IPv4 address'),
    partial: 'Only root can tell more.',
    asRoot: 'Ask with root’s eyes (password)',
    asRootFree: 'Ask with root’s eyes',
    dismissed: 'The password prompt was dismissed. This is what can be seen without it.',
  },
  machine: {
    title: 'This machine',
    loopback: 'Loopback addresses',
    firewall: 'Firewall',
    password: 'Password',
    elevation,
  },
  sheet: {
    looking: 'Looking at what would change',
    nothing: 'Nothing to change: this machine is already so.',
    files: 'Files',
    file,
    commands: 'Commands that run',
    containers: 'Containers that are made anew',
    containersNote: 'Their data stays. For a few seconds they do not answer.',
    undo: 'How it is undone',
    warnings: 'Before you go on',
    apply: 'Apply',
    applyWithPassword: 'Apply (asks for your password)',
    applying: 'Making the change',
    applyingWithPassword: 'Making the change. A password prompt may be waiting behind this window.',
    hide: 'Hide',
    underWay: 'A change of this machine is under way.',
    showAgain: 'Show it',
    cancel: 'Cancel',
    close: 'Close',
    copyCommand: 'Copy as a command',
    byHand: 'In a terminal',
    byHandNote: 'Run this line; it does what is shown here, and refuses if anything changed since.',
    done: 'Done',
    changed: 'Changed',
    kept: 'Left as they are',
    tryAgain: 'Try again',
    newPreview: 'Look at the new preview',
    details: 'Details',
  },
  diff: {
    added: 'added:',
    removed: 'removed:',
    counts: (added: number, removed: number) => `${lines(added)} added, ${lines(removed)} removed`,
    fold: (count: number) => `Show ${formatNumber(count)} unchanged ${count === 1 ? 'line' : 'lines'}`,
    more: (count: number, left: number) => `Show ${formatNumber(count)} of ${lines(left)} more`,
    place: (line: number) => `… from line ${formatNumber(line)}`,
    noNewline: 'No line end after the last line',
    cut: (length: string) => ` … cut here, ${length} in all`,
    copyWhat: (path: string) => `the changes of ${path}`,
    label: (path: string) => `Changes of ${path}`,
  },
} as const;
