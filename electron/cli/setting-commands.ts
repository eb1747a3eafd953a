// Of the command table: the settings.
import { json, yes } from './common-options.ts';
import type { CommandDefinition } from './invocation.ts';

export const settingCommands: readonly CommandDefinition[] = [
  {
    name: 'settings',
    summary: 'Show the settings, or change one after telling what that would do',
    takes: 'verb',
    withoutVerb: 'list',
    verbs: [
      { name: 'list', summary: 'every setting with its value', takes: 'nothing', options: ['json'] },
      { name: 'get', summary: 'the value of one', takes: 'words', words: ['key'], options: ['json'] },
      {
        name: 'set',
        summary: 'tells what it would do to what runs, and writes it down',
        takes: 'words',
        words: ['key', 'value'],
        options: ['json'],
      },
      {
        name: 'preview',
        summary: 'tells the same and changes nothing',
        takes: 'words',
        words: ['key', 'value'],
        options: ['json'],
      },
      {
        name: 'password',
        summary: "gives Grafana another password, read from standard input, never from the command's words",
        takes: 'nothing',
        options: ['current', 'json'],
      },
      {
        name: 'reset',
        summary: 'all defaults, after asking; data, LAN mode and what is set up here stay',
        takes: 'nothing',
        options: ['yes', 'json'],
      },
    ],
    options: {
      current: { type: 'boolean', words: 'the current password comes first, on a line of its own' },
      yes,
      json,
    },
    details:
      'What was set takes effect with the next "macula up". LAN mode has a command of its own, and so have targets and retention. A password that the app keeps in the desktop\'s keychain is not known to the command: give it with --current.',
    load: () => import('./commands/settings.ts'),
  },
];
