// Every word that the Timeline page says by itself.
import type { StepKind, StepResult, UpTimeline } from '../electron/core/timeline.ts';
import { countWords, formatNumber } from './words/numbers.ts';

const stepName: Readonly<Record<StepKind, string>> = {
  pull: 'Pull',
  create: 'Create',
  start: 'Start',
  ready: 'Ready',
};

const stepMeaning: Readonly<Record<StepKind, string>> = {
  pull: 'its image is downloaded',
  create: 'its container is made, with its configuration',
  start: 'its program is started',
  ready: 'until it answers',
};

// After 'of which 9.1 s'.
const stepPurpose: Readonly<Record<StepKind, string>> = {
  pull: 'to download its image',
  create: 'to make its container',
  start: 'to start its program',
  ready: 'to become ready',
};

const outcome: Readonly<Record<UpTimeline['outcome'], (length: string) => string>> = {
  running: (length) => `Under way for ${length}`,
  done: (length) => `Ready after ${length}`,
  failed: (length) => `Ended after ${length}, with failures`,
  cancelled: (length) => `Interrupted after ${length}`,
};

const step: Readonly<Record<StepResult, (name: string, length: string) => string>> = {
  done: (name, length) => `${name} ${length}`,
  failed: (name, length) => `${name} failed after ${length}`,
  cancelled: (name, length) => `${name} interrupted after ${length}`,
  skipped: (name) => `${name} left out`,
  running: (name, length) => `${name} ${length} so far`,
};

export const timelineTexts = {
  loading: 'Reading what happened',
  unread: 'What happened could not be read',
  again: 'Try again',
  showLines: 'Show the lines around it',
  start: {
    title: 'The last start',
    none: 'Nothing was started yet. With the next Start its steps appear here, each with its time.',
    outcome,
    begun: (moment: string) => `Begun ${moment}`,
    slowest: (title: string, length: string, part: string, kind: StepKind) =>
      `${title} took longest: ${length}, of which ${part} ${stepPurpose[kind]}.`,
    legend: 'What the bars mean',
    stepName,
    stepMeaning,
    step,
    services: 'Services and their steps',
    total: (length: string) => `${length} in all`,
    failedMoment: (title: string) => `when ${title} failed`,
  },
  changes: {
    title: 'Changes of the last day',
    none: 'No service changed its state in the last day, or nobody looked: the app remembers what it sees while it runs.',
    noMatch: 'No change fits the filter.',
    service: 'Service',
    allServices: 'All services',
    onlyTrouble: 'Only failed and degraded',
    count: (shown: number, all: number) =>
      shown === all ? countWords(all, 'change') : `${formatNumber(shown)} of ${countWords(all, 'change')}`,
    hour: (from: string, to: string) => `${from} to ${to}`,
    fromTo: 'then',
    about: (title: string, moment: string) => `${title}, ${moment}`,
    more: (count: number) => `Show ${countWords(count, 'older change', 'older changes')}`,
    cut: (most: string) => `Only the newest ${most} are kept here: there were more.`,
  },
} as const;
