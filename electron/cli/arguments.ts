// Words of the command line -> what is meant, or what is wrong with them. Pure.
import { parseArgs } from 'node:util';
import { commandTable, findCommand } from './command-table.ts';
import type { CommandDefinition, Invocation } from './invocation.ts';
import { nearest } from './nearest.ts';

export type ParsedArguments =
  | { readonly kind: 'run'; readonly invocation: Invocation }
  | { readonly kind: 'help'; readonly command: CommandDefinition | undefined }
  | { readonly kind: 'version' }
  | { readonly kind: 'usage'; readonly message: string; readonly command?: CommandDefinition };

const globalOptions: CommandDefinition['options'] = {
  help: { type: 'boolean', short: 'h', words: '' },
  version: { type: 'boolean', short: 'V', words: '' },
};

export function parseArguments(words: readonly string[], services: readonly string[]): ParsedArguments {
  const place = words.findIndex((word) => !word.startsWith('-'));
  const name = words[place];
  if (name === undefined) return withoutCommand(words);
  const command = findCommand(name);
  if (command === undefined) {
    const names = commandTable.map((known) => known.name);
    return { kind: 'usage', message: `There is no command "${name}".${suggestion(nearest(name, names))}` };
  }
  return withCommand(command, words.toSpliced(place, 1), services);
}

function withoutCommand(words: readonly string[]): ParsedArguments {
  for (const word of words) {
    if (word === '--version' || word === '-V') return { kind: 'version' };
    if (word === '--help' || word === '-h') return { kind: 'help', command: undefined };
    return { kind: 'usage', message: `There is no option "${word}" without a command.` };
  }
  return { kind: 'help', command: undefined };
}

function withCommand(
  command: CommandDefinition,
  words: readonly string[],
  services: readonly string[],
): ParsedArguments {
  const options: CommandDefinition['options'] = { ...globalOptions, ...command.options };
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true });
  const flags = new Set<string>();
  const values: Record<string, string> = {};
  const names: string[] = [];
  const wrong = (message: string): ParsedArguments => ({ kind: 'usage', message, command });
  for (const token of tokens) {
    if (token.kind === 'positional') names.push(token.value);
    if (token.kind !== 'option') continue;
    const option = options[token.name];
    if (option === undefined) {
      const known = Object.keys(options).map((each) => `--${each}`);
      return wrong(`${command.name} has no option "${token.rawName}".${suggestion(nearest(token.rawName, known))}`);
    }
    const takesValue = option.type === 'string';
    // "--tail --json" is a forgotten value, whatever a lenient parser makes of it.
    const hasValue = token.value !== undefined && (token.inlineValue || !token.value.startsWith('-'));
    if (takesValue && !hasValue) return wrong(`${token.rawName} wants a value.`);
    if (!takesValue && token.value !== undefined) return wrong(`${token.rawName} takes no value.`);
    if (token.value === undefined) flags.add(token.name);
    else values[token.name] = token.value;
  }
  if (flags.has('help')) return { kind: 'help', command };
  if (flags.has('version')) return { kind: 'version' };
  const mistake = wrongNames(command, names, services) ?? wrongValues(values) ?? wrongTogether(command, flags);
  return mistake === undefined ? { kind: 'run', invocation: { command, names, flags, values } } : wrong(mistake);
}

function wrongNames(
  command: CommandDefinition,
  names: readonly string[],
  services: readonly string[],
): string | undefined {
  const [first] = names;
  if (command.takes === 'nothing' && first !== undefined)
    return `${command.name} takes no names, but "${first}" was given.`;
  if (command.takes === 'one-service' && names.length !== 1) {
    return `${command.name} wants the name of one service: ${services.join(', ')}.`;
  }
  if (command.takes === 'one-command') {
    if (names.length > 1) return `${command.name} takes one name.`;
    const known = commandTable.map((each) => each.name);
    return first === undefined || known.includes(first)
      ? undefined
      : `There is no command "${first}".${suggestion(nearest(first, known))}`;
  }
  const unknown = names.find((name) => !services.includes(name));
  if (unknown === undefined) return undefined;
  return `There is no service "${unknown}".${suggestion(nearest(unknown, services)) || ` The services are ${services.join(', ')}.`}`;
}

function wrongValues(values: Readonly<Record<string, string>>): string | undefined {
  const tail = values['tail'];
  if (tail === undefined || /^\d{1,9}$/.test(tail)) return undefined;
  return `--tail wants a number, not "${tail}".`;
}

function wrongTogether(command: CommandDefinition, flags: ReadonlySet<string>): string | undefined {
  for (const [name, { excludes }] of Object.entries(command.options)) {
    if (excludes !== undefined && flags.has(name) && flags.has(excludes)) {
      return `${command.name} takes --${name} or --${excludes}, not both.`;
    }
  }
  return undefined;
}

function suggestion(name: string | undefined): string {
  return name === undefined ? '' : ` Did you mean "${name}"?`;
}
