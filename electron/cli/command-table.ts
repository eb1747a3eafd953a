// Every command with its words and options. Parsing, help and dispatch all read this one table.
import { namesBackends } from '../core/host/host-view.ts';
import { json, yes } from './common-options.ts';
import { figuresCommand } from './figures-command.ts';
import { imageCommands } from './image-commands.ts';
import type { CommandDefinition } from './invocation.ts';
import { keepingCommands } from './keeping-commands.ts';
import { lanLimitWords } from './lan-limits.ts';
import { settingCommands } from './setting-commands.ts';
import { logOptions } from './log-options.ts';
import { telemetryCommands } from './telemetry-commands.ts';

export const commandTable: readonly CommandDefinition[] = [
  {
    name: 'up',
    summary: 'Start the stack, or some services and all they need',
    takes: 'services',
    options: {
      follow: {
        type: 'boolean',
        short: 'f',
        words: 'stay, tell every change, and on Ctrl-C stop what was started',
        excludes: 'json',
      },
      json,
    },
    details:
      'Changes only what differs from what should be there, and returns when every service answers. Interrupted anywhere, the next run finishes the work.',
    load: () => import('./commands/up.ts'),
  },
  {
    name: 'stop',
    summary: 'Stop the stack or some services',
    takes: 'services',
    options: { json },
    details: 'Containers and data stay.',
    load: () => import('./commands/stop.ts'),
  },
  {
    name: 'down',
    summary: 'Stop the stack and remove its containers and network',
    takes: 'nothing',
    options: { volumes: { type: 'boolean', words: 'remove the data too; asks first' }, yes, json },
    details: 'The data stays unless --volumes is given.',
    load: () => import('./commands/down.ts'),
  },
  {
    name: 'restart',
    summary: 'Restart the stack or some services',
    takes: 'services',
    options: { json },
    details: 'Returns when they answer again.',
    load: () => import('./commands/restart.ts'),
  },
  {
    name: 'status',
    summary: 'Show every service with its state and links',
    takes: 'nothing',
    options: { json },
    details: '',
    load: () => import('./commands/status.ts'),
  },
  {
    name: 'plan',
    summary: 'Show what up would do and why, changing nothing',
    takes: 'services',
    options: { json },
    details: '',
    load: () => import('./commands/plan.ts'),
  },
  {
    name: 'logs',
    summary: 'Print the log lines of the stack or of some services',
    takes: 'services',
    options: logOptions,
    details:
      'Lines of several services come in order of time. What is asked for of their text is looked for in what --tail leaves.',
    load: () => import('./commands/logs.ts'),
  },
  figuresCommand,
  {
    name: 'timeline',
    summary: 'Show the last start step by step, and what changed since yesterday',
    takes: 'nothing',
    options: { changes: { type: 'boolean', words: 'and every change of state of the last day' }, json },
    details: 'With --json the changes are always there. Works without a container engine.',
    load: () => import('./commands/timeline.ts'),
  },
  {
    name: 'open',
    summary: "Open a service's page in the browser",
    takes: 'one-service',
    options: { print: { type: 'boolean', words: 'only print the address' }, json },
    details: '',
    load: () => import('./commands/open.ts'),
  },
  {
    name: 'compose',
    summary: 'Print the stack as a standard Compose file',
    takes: 'nothing',
    options: { json },
    details: 'The same names, addresses, volumes and configuration: docker compose and macula can take turns.',
    load: () => import('./commands/compose.ts'),
  },
  {
    name: 'doctor',
    summary: 'Check every step from the engine to each page, and name what is broken',
    takes: 'nothing',
    options: { json },
    details: 'Ends with 1 when something is broken.',
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'signal',
    summary: 'Send a metric, a log line and a trace, and find each again',
    takes: 'nothing',
    options: { json },
    details:
      'Tells the time of every hop, or which one failed and why. Takes up to a minute. Ends with 1 when a hop failed; one that was not run is no failure, and is named.',
    load: () => import('./commands/signal.ts'),
  },
  {
    name: 'host',
    summary: 'Set up names on this machine, or put it back as it was',
    takes: 'verb',
    verbs: [
      { name: 'status', summary: 'what is set up, and where each name leads', takes: 'nothing', options: ['json'] },
      {
        name: 'plan',
        summary: 'what apply would change, to the line; changes nothing',
        takes: 'nothing',
        options: ['names', 'json'],
      },
      {
        name: 'apply',
        summary: 'shows that, asks, and sets the names up',
        takes: 'nothing',
        options: ['names', 'yes', 'json'],
      },
      {
        name: 'undo',
        summary: 'puts every file back as it was, after asking; closes LAN mode too',
        takes: 'nothing',
        options: ['yes', 'json'],
      },
    ],
    options: {
      names: {
        type: 'string',
        choices: namesBackends,
        words: 'how: as it is set up already, or else what fits this machine',
      },
      yes,
      json,
    },
    details:
      'Works without a container engine. Asks for a password where root is needed, and for none where it is not.',
    load: () => import('./commands/host.ts'),
  },
  {
    name: 'lan',
    summary: 'Let the local network reach some services, behind a guard',
    takes: 'verb',
    verbs: [
      { name: 'status', summary: 'who reaches what now, and for how long', takes: 'nothing', options: ['json'] },
      {
        name: 'on',
        summary: 'opens these services to the network that this machine is on, and to no other',
        takes: 'services',
        options: ['for', 'allow-unprotected', 'yes', 'json'],
      },
      { name: 'off', summary: 'closes them again', takes: 'nothing', options: ['yes', 'json'] },
    ],
    options: {
      for: {
        type: 'string',
        choices: Object.keys(lanLimitWords),
        words: 'one hour (the rule), until this network is left, or until "lan off"',
      },
      'allow-unprotected': { type: 'boolean', words: 'also services that have no password of their own' },
      yes,
      json,
    },
    details: 'Shows what it changes and asks first. After it, other machines use addresses, not names.',
    load: () => import('./commands/lan.ts'),
  },
  {
    name: 'config',
    summary: 'Show the configuration templates, put your own in their place, check them',
    takes: 'verb',
    verbs: [
      {
        name: 'list',
        summary: 'every template, and which of yours are in use or ignored, and why',
        takes: 'nothing',
        options: ['json'],
      },
      {
        name: 'export',
        summary: "writes Macula's own template into your folder, to be edited",
        takes: 'one-template',
        options: ['json'],
      },
      {
        name: 'check',
        summary: "asks each service's own program about its configuration, changing nothing",
        takes: 'nothing',
        options: ['json'],
      },
    ],
    options: { json },
    details:
      'A template of yours takes effect with the next "macula up". "check" ends with 1 when something is refused.',
    load: () => import('./commands/config.ts'),
  },
  ...telemetryCommands,
  ...keepingCommands,
  ...settingCommands,
  {
    name: 'port',
    summary: 'Tell who holds a port of this machine',
    takes: 'one-port',
    options: { root: { type: 'boolean', words: 'ask as root, who sees the programs of others too' }, json },
    details: '',
    load: () => import('./commands/port.ts'),
  },
  ...imageCommands,
  {
    name: 'help',
    summary: 'Explain a command',
    takes: 'one-command',
    options: {},
    details: '',
    load: () => import('./commands/help.ts'),
  },
];

export function findCommand(name: string): CommandDefinition | undefined {
  return commandTable.find((command) => command.name === name);
}
