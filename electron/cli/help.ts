// Help as text. Pure.
import { commandTable } from './command-table.ts';
import type { CommandDefinition, OptionDefinition } from './invocation.ts';

// Wider ones would leave no room for what the command is for.
const widestVerbs = 30;

export function overviewText(version: string): string {
  const width = Math.max(...commandTable.map((command) => shortUsageOf(command).length));
  return `macula ${version}: the developer infrastructure of the Macula platform on your own machine

Usage: macula <command> [names] [options]

${commandTable.map((command) => `  ${shortUsageOf(command).padEnd(width)}  ${command.summary}`).join('\n')}

Names are those of the services; without one a command is about the whole stack.
macula help <command> tells a command's options; macula --version prints the version.
Exit codes: 0 done, 1 failed, 2 not understood, 130 interrupted by Ctrl-C.
`;
}

export function commandText(command: CommandDefinition): string {
  const options: [string, OptionDefinition][] = [
    ...Object.entries(command.options),
    ['help', { type: 'boolean', short: 'h', words: 'this text' }],
  ];
  const lines = options.map(([name, option]) => [optionWords(name, option), option.words] as const);
  const width = Math.max(...lines.map(([left]) => left.length));
  const details = command.details === '' ? '' : `\n${command.details}\n`;
  const verbs = verbLines(command);
  return `${command.summary}.

Usage: macula ${usageOf(command)}
${verbs}${details}
${lines.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')}
`;
}

const verbNames = { nothing: '', services: ' [ids]', 'one-template': ' <template>', words: '' };

function verbLines({ name, verbs = [] }: CommandDefinition): string {
  if (verbs.length === 0) return '';
  const lines = verbs.map((verb) => [
    `${name} ${verb.name}${verbNames[verb.takes]}${(verb.words ?? []).map((word) => ` <${word}>`).join('')}`,
    verb.summary,
  ]);
  const width = Math.max(...lines.map(([left = '']) => left.length));
  return `\n${lines.map(([left = '', right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')}\n`;
}

function shortUsageOf(command: CommandDefinition): string {
  const usage = usageOf(command);
  const isWide = command.takes === 'verb' && usage.length - command.name.length > widestVerbs;
  return isWide ? `${command.name} ${bracketed('verb', command.withoutVerb !== undefined)}` : usage;
}

function usageOf(command: CommandDefinition): string {
  const { name, verbs = [] } = command;
  const takesNames = verbs.some((verb) => verb.takes === 'services');
  const names = {
    nothing: '',
    'one-service': ' <name>',
    services: ' [names]',
    'one-signal': ' <signal>',
    'signal-or-none': ' [signal]',
    'one-command': ' [command]',
    'one-port': ' <number>',
    verb: ` ${bracketed(verbs.map((verb) => verb.name).join('|'), command.withoutVerb !== undefined)}${takesNames ? ' [ids]' : ''}`,
  }[command.takes];
  return `${name}${names}`;
}

function bracketed(words: string, canBeLeftOut: boolean): string {
  return canBeLeftOut ? `[${words}]` : `<${words}>`;
}

function optionWords(name: string, option: OptionDefinition): string {
  const short = option.short === undefined ? '    ' : `-${option.short}, `;
  const value = option.choices?.join('|') ?? option.value;
  return `${short}--${name}${value === undefined ? '' : ` <${value}>`}`;
}
