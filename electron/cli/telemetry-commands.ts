// Of the command table: what is sent, read and scraped.
import { json } from './common-options.ts';
import type { CommandDefinition, OptionDefinition } from './invocation.ts';

const onOff = (words: string): OptionDefinition => ({ type: 'string', choices: ['on', 'off'], words });

export const telemetryCommands: readonly CommandDefinition[] = [
  {
    name: 'telemetry',
    summary: 'Show where to send signals, what is scraped and kept, and what was lost',
    takes: 'verb',
    verbs: [
      { name: 'status', summary: 'all of it at a glance', takes: 'nothing', options: ['json'] },
      {
        name: 'set',
        summary: 'who reads the logs of containers, and what else is scraped',
        takes: 'nothing',
        options: ['logs', 'engine', 'kind', 'json'],
      },
    ],
    options: {
      logs: {
        type: 'string',
        choices: ['collector', 'app', 'off'],
        words: "who reads containers' logs: Alloy, with the engine's socket; the app, while it runs; nobody",
      },
      engine: onOff("scrape the engine's own metrics"),
      kind: onOff('scrape KinD clusters on this engine'),
      json,
    },
    details: 'What was set takes effect with the next "macula up"; KinD clusters are followed at once.',
    load: () => import('./commands/telemetry.ts'),
  },
];
