import type { OptionDefinition } from './invocation.ts';

export const json: OptionDefinition = { type: 'boolean', words: 'print JSON, for programs' };
export const yes: OptionDefinition = { type: 'boolean', short: 'y', words: 'do not ask' };
