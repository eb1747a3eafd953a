// Of the command table: the images of the stack.
import { json, yes } from './common-options.ts';
import type { CommandDefinition } from './invocation.ts';

export const imageCommands: readonly CommandDefinition[] = [
  {
    name: 'images',
    summary: 'Show which images are here, missing or unused',
    takes: 'nothing',
    options: {
      probe: { type: 'boolean', words: 'try whether the registry can be reached' },
      'remove-unused': { type: 'boolean', words: 'remove those that nothing needs; asks first', excludes: 'probe' },
      yes,
      json,
    },
    details:
      'Unused are images of the stack that no service would run and no container has, whoever made it. One that was built here is left alone.',
    load: () => import('./commands/images.ts'),
  },
  {
    name: 'pull',
    summary: 'Download the images that are missing, and start nothing',
    takes: 'services',
    options: { json },
    details:
      'Says first how much it is, where the registries tell. Interrupted, what came whole stays with the engine: the next one goes on from there.',
    load: () => import('./commands/pull.ts'),
  },
  {
    name: 'bundle',
    summary: 'Carry the images to a machine that reaches no registry, in one file',
    takes: 'verb',
    verbs: [
      {
        name: 'export',
        summary: 'writes all images that are here into a file; one that is there is replaced after asking',
        takes: 'words',
        words: ['file'],
        options: ['yes', 'json'],
      },
      {
        name: 'import',
        summary: 'checks the images in such a file, and loads them',
        takes: 'words',
        words: ['file'],
        options: ['trust', 'json'],
      },
    ],
    options: {
      trust: { type: 'boolean', words: 'also images that nothing but the file vouches for; asks without it' },
      yes,
      json,
    },
    details:
      'An image counts as verified when its pinned digest leads to it by the own words of its registry. Nothing is loaded out of a file that is damaged or not what it says.',
    load: () => import('./commands/bundle.ts'),
  },
];
