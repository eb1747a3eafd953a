// Of the command table: what is sent, read and scraped.
import { json } from './common-options.ts';
import type { CommandDefinition, OptionDefinition } from './invocation.ts';

const onOff = (words: string): OptionDefinition => ({ type: 'string', choices: ['on', 'off'], words });

export const telemetryCommands: readonly CommandDefinition[] = [
  {
    name: 'telemetry',
    summary: 'Show where to send signals, what is scraped and kept, and what was lost',
    takes: 'verb',
    withoutVerb: 'status',
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
    details:
      'What was set takes effect with the next "macula up". KinD clusters are followed at once where the app runs.',
    load: () => import('./commands/telemetry.ts'),
  },
  {
    name: 'targets',
    summary: 'Show what Prometheus scrapes and how it fares, or change your own targets',
    takes: 'verb',
    withoutVerb: 'list',
    verbs: [
      { name: 'list', summary: 'every target with the word of Prometheus on it', takes: 'nothing', options: ['json'] },
      {
        name: 'add',
        summary: 'scrapes a program of yours; a name that is there already gets the new address',
        takes: 'words',
        words: ['name', 'address'],
        options: ['path', 'https', 'json'],
      },
      {
        name: 'remove',
        summary: 'scrapes it no more; what was collected stays',
        takes: 'words',
        words: ['name'],
        options: ['json'],
      },
    ],
    options: {
      path: { type: 'string', value: 'path', words: 'where it serves its metrics; /metrics unless given' },
      https: { type: 'boolean', words: 'ask it over https, with a certificate that Prometheus can check' },
      json,
    },
    details:
      'An address is a host and a port, as Prometheus reaches it from its container: a program on this machine is at host.docker.internal:8000. Takes effect within seconds.',
    load: () => import('./commands/targets.ts'),
  },
];
