// Of the command table: what services use.
import type { CommandDefinition } from './invocation.ts';

export const figuresCommand: CommandDefinition = {
  name: 'figures',
  summary: 'Show what each service uses: processor, memory, network, disk',
  takes: 'services',
  options: {
    watch: { type: 'boolean', short: 'w', words: 'go on every two seconds until Ctrl-C', excludes: 'disk' },
    disk: { type: 'boolean', words: 'instead, what volumes and images take of the disk; measuring can take long' },
    json: { type: 'boolean', words: 'print JSON, for programs; with --watch one object a line' },
  },
  details: 'A hundred per cent is one whole processor. Looks twice, a second apart, since rates need both.',
  load: () => import('./commands/figures.ts'),
};
