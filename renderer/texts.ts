// Every word the window says by itself. What main says (summaries, reasons, failures, notes) arrives in the snapshot.
import type { Page } from '../electron/contract/contract.ts';
import type { ServiceGroup } from '../electron/core/catalog/service.ts';
import type { ServiceState, StackState } from '../electron/core/snapshot.ts';
import type { Substitute } from '../electron/core/observed.ts';
import { firstRunTexts } from './first-run-texts.ts';
import { hostTexts } from './host-texts.ts';
import { paletteTexts } from './palette-texts.ts';
import { settingsTexts } from './settings-texts.ts';
import { imagesTexts } from './images-texts.ts';
import { logTexts } from './log-texts.ts';
import { telemetryTexts } from './telemetry-texts.ts';
import { listWords } from './words/lists.ts';

const pages: Readonly<Record<Page, string>> = {
  services: 'Services',
  logs: 'Logs',
  figures: 'Figures',
  timeline: 'Timeline',
  images: 'Images',
  telemetry: 'Telemetry',
  host: 'Host',
  settings: 'Settings',
};

const serviceState: Readonly<Record<ServiceState, string>> = {
  off: 'Off',
  pulling: 'Pulling',
  starting: 'Starting',
  ready: 'Ready',
  degraded: 'Degraded',
  failed: 'Failed',
  stopping: 'Stopping',
};

const stackState: Readonly<Record<StackState, string>> = {
  off: 'Off',
  working: 'Working',
  ready: 'Ready',
  degraded: 'Degraded',
  failed: 'Failed',
  unknown: 'Unknown',
};

const groups: Readonly<Record<ServiceGroup, string>> = {
  ingress: 'Ingress',
  observability: 'Observability',
  tools: 'Tools',
};

const substitute: Readonly<Record<Substitute, { readonly badge: string; readonly meaning: string }>> = {
  packaged: { badge: 'Packaged', meaning: 'Made from the distribution’s packages in place of the pinned image.' },
  built: { badge: 'Built here', meaning: 'Built from its sources in place of the pinned image.' },
  stub: {
    badge: 'Stub',
    meaning: 'This is a stub: it answers in place of the real program but does none of its work.',
  },
};

// Keys are the commands that main names in an activity.
const activities: Readonly<Record<string, string>> = {
  up: 'Starting services',
  stop: 'Stopping services',
  down: 'Removing containers',
  pull: 'Downloading images',
  restart: 'Restarting services',
  wipe: 'Throwing away what is kept',
};

export const texts = {
  app: {
    name: 'Macula',
    noBridge: 'This page is the window of Macula Desktop and shows something only inside of it.',
    loading: 'Asking the app for its state',
    skipLink: 'Skip to content',
    pages: 'Pages',
    title: (page: Page) => `${pages[page]} – Macula`,
  },
  pages,
  serviceState,
  stackState,
  groups,
  substitute,
  activity: (command: string) => activities[command] ?? 'Work is under way',
  announce: {
    service: (title: string, state: string, reason: string) =>
      `${title}: ${state.toLowerCase()}${reason === '' ? '' : `, ${reason.replace(/\.$/, '')}`}.`,
    copied: (what: string) => `Copied ${what}.`,
    saved: (what: string) => `${what} saved.`,
  },
  menu: {
    label: 'Menu',
    startAll: 'Start all services',
    stopAll: 'Stop all services',
    remove: 'Remove containers…',
    quit: 'Quit Macula',
    quitHint: 'Containers keep running.',
  },
  stack: {
    headings: {
      off: 'The stack is off',
      working: 'Services are starting',
      ready: 'Everything is ready',
      degraded: 'Something needs a look',
      failed: 'Something has failed',
      unknown: 'The state is not known',
    } satisfies Record<StackState, string>,
    start: 'Start',
    stop: 'Stop',
    cancel: 'Cancel',
    all: 'all services',
    offSummary: (titles: readonly string[]) =>
      titles.length > 12 ? `Start brings up ${titles.length} services` : `Start brings up ${listWords(titles)}`,
    whatRuns: 'what is under way',
    progress: (done: number, total: number) => `${done} of ${total} steps`,
    connecting: 'Looking for a container engine',
    engine: (product: string, version: string) => `${product} ${version}`,
    rootless: 'rootless',
    foundBy: (where: string) => `found by ${where}`,
  },
  engine: {
    tried: 'What was tried',
    endpoint: 'Address',
    foundBy: 'Known from',
    rejected: 'Why it was not taken',
    retry: 'Try again',
    retrying: 'Trying again by itself',
    settings: 'Choose an engine',
  },
  banner: {
    dismiss: 'Dismiss',
    dismissWhat: (title: string) => `: ${title}`,
    lastLines: (service: string) => `Last lines of ${service}`,
    problems: 'Problems',
    notes: 'Good to know',
    unexpectedTitle: 'Something unexpected happened',
    unexpectedDetail: 'This is a fault of the app, not of yours. Nothing was lost.',
    unexpectedNext: 'The app’s log has the details under this reference:',
    copyReference: 'the reference',
    noTray:
      'This desktop shows no tray icon. Closing the window keeps Macula running; start Macula again to see it. ' +
      'Everything the tray would offer is in this window and its menu.',
  },
  service: {
    open: 'Open',
    start: 'Start',
    stop: 'Stop',
    restart: 'Restart',
    logs: 'Logs',
    dashboard: 'Dashboard',
    dashboardTitle: (label: string) => `${label}, in Grafana`,
    image: 'Image',
    imageMissing: 'not on this machine yet',
    addresses: 'Addresses',
    network: 'Network',
    openAddress: (label: string) => `Open ${label}`,
    copy: 'Copy',
    needs: 'Needs',
    needed: (title: string, state: ServiceState | undefined) =>
      state === undefined || state === 'ready' ? title : `${title} (${serviceState[state].toLowerCase()})`,
    lines: 'Latest lines',
    noLines: 'No lines yet',
    pull: 'Pulling the image',
    pullBytes: (done: string, total: string | undefined) => (total === undefined ? done : `${done} of ${total}`),
    pullLayers: (done: number, total: number) => `${done} of ${total} layers`,
    cancelPull: 'Cancel',
  },
  logs: logTexts,
  settings: settingsTexts,
  palette: paletteTexts,
  host: hostTexts,
  images: imagesTexts,
  firstRun: firstRunTexts,
  telemetry: telemetryTexts,
  remove: {
    title: 'Remove containers',
    body: 'Stops the stack and removes its containers and network. Images stay, and the next Start makes everything again.',
    withData: 'Also delete the data',
    dataWarning: (titles: readonly string[]) => `This deletes the data of ${listWords(titles)} for good.`,
    volumes: (names: readonly string[]) => `Volumes: ${listWords(names)}`,
    keep: 'Keep everything',
    confirm: 'Remove containers',
    confirmWithData: 'Remove containers and data',
  },
} as const;
