// Every word that the Figures page says by itself.
import { bytesWords } from './words/bytes.ts';
import { listWords } from './words/lists.ts';
import { countWords, formatNumber } from './words/numbers.ts';

export const figuresTexts = {
  intro:
    'What each service uses, looked at every two seconds while this page is seen, and at no other time. ' +
    'Charts go back five minutes; 100 % is one whole processor.',
  loading: 'Taking the first look',
  connecting: 'Looking for a container engine',
  again: 'Try again',
  off: {
    title: 'Nothing runs now',
    body: 'Figures appear as soon as a service does.',
    start: 'Start',
    about: 'all services',
  },
  incomplete: 'Some figures are missing',
  total: 'All services',
  services: 'Each service',
  asTable: 'Show as a table',
  notRunning: (titles: readonly string[]) => `Not running: ${listWords(titles)}.`,
  stopped: 'not running',
  // A rate wants a second look.
  soon: 'in a moment',
  metrics: {
    processor: 'Processor',
    memory: 'Memory',
    network: 'Network',
    disk: 'Disk',
  },
  parts: { received: 'in', sent: 'out', read: 'read', written: 'written' },
  ofProcessors: (used: number, all: number) => `${formatNumber(used, 2)} of ${countWords(all, 'processor')}`,
  processors: (used: number) => (used === 1 ? '1 processor' : `${formatNumber(used, 2)} processors`),
  ofBytes: (used: number, all: number) => `${bytesWords(used)} of ${bytesWords(all)}`,
  most: (value: string) => `at most ${value}`,
  // What a chart says to who cannot see it.
  chart: (metric: string, title: string, parts: readonly string[]) =>
    `${metric} of ${title}, last five minutes: ${parts.join('; ')}`,
  chartPart: (part: string, now: string, most: string) => `${part === '' ? '' : `${part} `}${now}, at most ${most}`,
  dashboard: 'Dashboard',
  logs: 'Logs',
  logsTitle: (title: string) => `Log lines of ${title}`,
  table: {
    caption: 'What each service uses now',
    service: 'Service',
    processor: 'Processor',
    memory: 'Memory',
    received: 'Network in',
    sent: 'Network out',
    read: 'Disk read',
    written: 'Disk written',
    processes: 'Processes',
    total: 'All together',
    none: '–',
    order: (column: string) => `Order by ${column.toLowerCase()}`,
  },
  space: {
    title: 'Space on the engine’s disk',
    intro: 'Measuring goes through every file of the volumes, so it is done when this page opens and on your word.',
    measure: 'Measure',
    again: 'Measure again',
    measuring: 'Measuring',
    measured: (time: string) => `Measured on ${time}.`,
    done: (volumes: string, images: string) => `Measured: volumes ${volumes}, images ${images}.`,
    volumes: 'Volumes',
    images: 'Images',
    imagesHint: 'Layers that several images share are counted with each of them.',
    name: 'Name',
    service: 'Service',
    size: 'Size',
    total: 'Total',
    unknown: 'cannot be measured',
    nobody: 'no service any more',
    noVolumes: 'There are no volumes of the stack yet.',
    noImages: 'There are no images of the stack yet.',
  },
} as const;
