// The words of the Settings page.
import type { PasswordView } from '../electron/core/settings-effects.ts';
import { countWords } from './words/numbers.ts';

export type SettingsGroupName =
  | 'engine'
  | 'services'
  | 'names'
  | 'ports'
  | 'kept'
  | 'password'
  | 'start'
  | 'notifications'
  | 'language'
  | 'reset';

// In the order of the page.
const groups: Readonly<Record<SettingsGroupName, string>> = {
  engine: 'Container engine',
  services: 'Services',
  names: 'Names',
  ports: 'Ports',
  kept: 'Kept data',
  password: 'Grafana password',
  start: 'Starting',
  notifications: 'Notifications',
  language: 'Dates and numbers',
  reset: 'Reset',
};

const kept: Readonly<Record<PasswordView['kept'], string>> = {
  nowhere: 'Grafana has the password it comes with: admin. Anybody who reaches its page can sign in with it.',
  keychain: 'The app keeps the password in this desktop’s keychain.',
  file: 'The app keeps the password in a file of its own that only you may read: there was no keychain, or it did not open, when it was changed.',
};

export const settingsTexts = {
  groupsLabel: 'Groups of settings',
  groups,
  saving: 'Saving',
  saved: 'Saved.',
  savedLater: 'Saved for the next Start.',
  savedApplying: 'Saved, and being applied.',
  unreadable: 'The settings could not be read in full',
  file: (path: string) => `Kept in ${path}. The command line reads the same file.`,
  waiting: 'Some changes wait for the next Start',
  applyNow: 'Apply now',
  sheet: {
    title: (what: string) => `Change: ${what}`,
    intro: 'This change reaches what runs:',
    unknown: 'What this would restart could not be found out',
    busy: 'Something is under way just now. It can be applied once that is done.',
    applyNow: 'Save and apply now',
    save: 'Save',
    later: 'Save for the next Start',
    leave: 'Leave it',
    away: 'What is replaced is away for some seconds. Data stays.',
    replaced: (titles: string) => `Replaces ${titles}.`,
    started: (titles: string) => `Starts ${titles}.`,
    stopped: (titles: string) => `Stops and removes ${titles}. The data stays.`,
    reconnects: 'Lets go of the engine in use and connects anew. Containers there keep running.',
    names: 'The names on this machine no longer fit: set them up again on the Host page, which asks for a password.',
  },
  engine: {
    hint: 'Where the containers run. The app connects to another one at once; containers on the one used before keep running there.',
    auto: 'Find it automatically',
    autoHint: 'Looks at DOCKER_HOST, the current Docker context and the usual sockets.',
    address: 'Another address',
    label: 'Engine address',
    addressHint: 'Such as unix:///run/user/1000/docker.sock or tcp://127.0.0.1:2375',
    invalid: 'This is no engine address. It begins with unix:/// and a path, or with tcp:// and host:port.',
    inUse: 'In use',
    none: 'No engine answers at present.',
    use: 'Use this engine',
    lookAgain: 'Look again',
    looking: 'Looking for engines',
    rejected: (count: number) =>
      `${count === 1 ? 'One other place was' : `${count} other places were`} tried, and why not taken`,
  },
  services: {
    hint: 'What is switched off is left out of Start. Its data stays.',
    what: (title: string, isOn: boolean) => `${title} ${isOn ? 'on' : 'off'}`,
  },
  names: {
    domain: 'Base domain',
    domainHint: 'Services answer as name.base-domain, such as grafana.macula.local.',
    domainInvalid: 'Two or more parts joined by dots, each of small letters, digits and hyphens: macula.local.',
    setUp: 'Names on this machine…',
  },
  ports: {
    port80: 'Publish port 80',
    port80Hint: 'On the loopback addresses only, never to the network. Then addresses need no port number.',
    httpPort: 'Port of all pages',
    httpPortHint: 'On 127.0.0.1, such as grafana.macula.localhost with this port. Usually 8080.',
    invalid: 'A whole number from 1024 to 65535.',
    lan: 'Ports for other machines',
    lanHint: 'What other machines on the network ask for while LAN mode is on.',
    lanUsual: (port: number) => `Usually ${port}`,
    lanInvalid: 'A whole number from 1024 to 65535 that no other service here has.',
    lanMode: 'LAN mode…',
  },
  kept: {
    hint: 'Whichever limit is reached first ends it. A smaller one deletes what is beyond it.',
    days: 'Days',
    daysInvalid: 'A whole number from 1 to 365.',
    gigabytes: 'GB at most',
    gigabytesInvalid: 'From 0.1 to 10000.',
    narrower: (signal: string) => `${signal} beyond the new limit are deleted for good.`,
    telemetry: 'What is kept at present…',
    logLines: 'Log lines in the window',
    logLinesHint: 'Each view of logs lets go of older ones. 1000 to 200000; more takes more memory.',
    logLinesInvalid: 'A whole number from 1000 to 200000.',
  },
  password: {
    kept,
    change: 'Change the password…',
    off: 'Grafana does not run. Start it to change its password.',
    refused:
      'Grafana takes another password than the one the app knows: it was changed elsewhere. Change it here once, and the app knows it again.',
    accepted: 'Grafana takes it.',
    unknown: 'Whether Grafana takes it could not be found out.',
    never: 'It is never shown, and never in a container’s environment.',
    loading: 'Asking Grafana',
    title: 'Change the password of Grafana',
    intro: 'For the user admin. Whoever is signed in stays so.',
    keeps: {
      keychain: 'The new one is kept in this desktop’s keychain.',
      file: 'The new one is kept in a file that only you may read: this desktop offers no keychain.',
    } satisfies Record<PasswordView['wouldKeep'], string>,
    current: 'Password that Grafana takes now',
    next: 'New password',
    nextHint: 'Five characters at least: Grafana takes none that is shorter.',
    repeat: 'New password once more',
    missing: 'Needed to change it.',
    tooShort: 'Five characters at least.',
    different: 'This is not the same as the new password.',
    confirm: 'Change password',
    changing: 'Grafana is told',
    leave: 'Leave it as it is',
    done: 'Password changed.',
  },
  start: {
    atLogin: 'Start Macula when you sign in',
    atLoginHint: 'It waits in the tray; no window opens.',
    withApp: 'Start the stack with the app',
    withAppHint: 'Otherwise the app shows what runs and waits for Start.',
  },
  notifications: {
    on: 'Tell the desktop what matters',
    onHint:
      'A service failed, the stack is ready after a long download, LAN mode ended. Nothing else, and nothing while you look at the window.',
  },
  language: {
    hint: 'How dates, times and numbers are written. The words stay English.',
    label: 'Written as in',
    system: (name: string) => `As this desktop has it: ${name}`,
    other: 'Another one…',
    tag: 'Language tag',
    tagHint: 'Such as pt-BR, en-ZA or de-AT-u-hc-h12.',
    tagInvalid: 'This is no language tag.',
    example: 'Example',
  },
  reset: {
    hint: 'Everything on this page goes back to what it was at first. Data, LAN mode, targets, the password and what was set up on this machine stay.',
    reset: 'Reset all settings…',
    what: 'all settings',
    title: 'Reset all settings',
    body: 'All settings go back to the defaults. Data, LAN mode, targets, the password and what was set up on this machine stay.',
    applyNow: 'Reset and apply now',
    save: 'Reset',
    later: 'Reset for the next Start',
    done: 'All settings are back to the defaults.',
  },
  examples: { bytes: 84_300_000, number: 1234.5, lines: (count: number) => countWords(count, 'line') },
} as const;
