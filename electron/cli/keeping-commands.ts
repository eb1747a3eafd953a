// Of the command table: what is kept of each signal, and what is not any more.
import { json, yes } from './common-options.ts';
import type { CommandDefinition } from './invocation.ts';

export const keepingCommands: readonly CommandDefinition[] = [
  {
    name: 'retention',
    summary: 'Show how long each signal is kept and what it takes of the disk, or change it',
    takes: 'signal-or-none',
    options: {
      days: { type: 'string', value: 'number', words: 'keep it so long: 1 to 365 days' },
      size: { type: 'string', value: 'size', words: 'let it take so much of the disk: 500MB, 4GB' },
      json,
    },
    details:
      'Signals are metrics, logs and traces. Whichever limit is reached first counts; what is beyond it is deleted within half an hour. What is within it stays.',
    load: () => import('./commands/retention.ts'),
  },
  {
    name: 'wipe',
    summary: 'Delete all that is kept of one signal, after asking',
    takes: 'one-signal',
    options: { yes, json },
    details: 'Signals are metrics, logs and traces. The others stay, and go on being taken in.',
    load: () => import('./commands/wipe.ts'),
  },
  {
    name: 'import',
    summary: 'Take over what an older set-up of a service has kept in its volume, after asking',
    takes: 'one-service',
    options: {
      from: { type: 'string', value: 'volume', words: 'the older volume; without it the only one that looks like it' },
      replace: { type: 'boolean', words: "also where the service's own volume holds data, which is lost" },
      yes,
      json,
    },
    details:
      'The older volume is only read, and stays. Interrupted anywhere, it is whole, and the same command begins again or goes on.',
    load: () => import('./commands/import.ts'),
  },
];
