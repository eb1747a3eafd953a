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
        name: 'reset',
        summary: 'all defaults, after asking; data, LAN mode and what is set up here stay',
        takes: 'nothing',
        options: ['yes', 'json'],
      },
    ],
    options: { yes, json },
    details:
      'What was set takes effect with the next "macula up". LAN mode has a command of its own, and so have targets and retention.',
    load: () => import('./commands/settings.ts'),
  },
];
