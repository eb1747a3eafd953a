// Words of the command line -> what is meant, or what is wrong with them. Pure.
import { parseArgs } from 'node:util';
import { commandTable, findCommand } from './command-table.ts';
import { type CommandDefinition, type Invocation, invokedName, type VerbDefinition } from './invocation.ts';
import { nearest } from '../core/nearest.ts';
import { signals } from '../core/settings.ts';

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
  const given = { command, names, flags, values };
  if (command.verbs !== undefined) return withVerb(given, command.verbs, services);
  const mistake =
    wrongNames(command, names, services) ??
    wrongValues(command, values) ??
    wrongTogether(command, [...flags, ...Object.keys(values)]);
  return mistake === undefined ? { kind: 'run', invocation: given } : wrong(mistake);
}

function withVerb(given: Invocation, verbs: readonly VerbDefinition[], services: readonly string[]): ParsedArguments {
  const { command, flags, values } = given;
  const [first = command.withoutVerb, ...names] = given.names;
  const known = verbs.map((verb) => verb.name);
  const wrong = (message: string): ParsedArguments => ({ kind: 'usage', message, command });
  if (first === undefined) return wrong(`${command.name} wants to be told what to do: ${known.join(', ')}.`);
  const verb = verbs.find((candidate) => candidate.name === first);
  if (verb === undefined) {
    const hint = suggestion(nearest(first, known)) || ` There are ${known.join(', ')}.`;
    return wrong(`There is no "${command.name} ${first}".${hint}`);
  }
  const invocation = { ...given, verb, names };
  const name = invokedName(invocation);
  const stray = [...flags, ...Object.keys(values)].find((option) => !verb.options.includes(option));
  const mistake =
    (stray === undefined ? undefined : `${name} has no option "--${stray}".`) ??
    (verb.takes === 'nothing' && names[0] !== undefined
      ? `${name} takes no names, but "${names[0]}" was given.`
      : verb.takes === 'one-template'
        ? notOne(name, names)
        : verb.takes === 'words'
          ? notThese(name, names, verb.words ?? [])
          : unknownService(names, services)) ??
    wrongValues(command, values);
  return mistake === undefined ? { kind: 'run', invocation } : wrong(mistake);
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
  if (command.takes === 'one-signal' || command.takes === 'signal-or-none') return wrongSignal(command, names);
  if (command.takes === 'one-command') {
    if (names.length > 1) return `${command.name} takes one name.`;
    const known = commandTable.map((each) => each.name);
    return first === undefined || known.includes(first)
      ? undefined
      : `There is no command "${first}".${suggestion(nearest(first, known))}`;
  }
  if (command.takes === 'one-port') {
    if (names.length !== 1) return `${command.name} wants the number of one port.`;
    const isPort = /^\d{1,5}$/.test(names[0] ?? '') && Number(first) >= 1 && Number(first) <= 65_535;
    return isPort ? undefined : `"${first}" is no port: they are numbers from 1 to 65535.`;
  }
  return unknownService(names, services);
}

function wrongSignal({ name, takes }: CommandDefinition, names: readonly string[]): string | undefined {
  const [first] = names;
  if (names.length > 1 || (first === undefined && takes === 'one-signal')) {
    return `${name} wants one signal: ${signals.join(', ')}.`;
  }
  if (first === undefined || (signals as readonly string[]).includes(first)) return undefined;
  return `There is no signal "${first}".${suggestion(nearest(first, signals)) || ` There are ${signals.join(', ')}.`}`;
}

// Which templates there are, the command knows.
function notOne(name: string, names: readonly string[]): string | undefined {
  return names.length === 1 ? undefined : `${name} wants the name of one template; macula config list shows them.`;
}

function notThese(name: string, given: readonly string[], wanted: readonly string[]): string | undefined {
  const words = wanted.map((word) => `<${word}>`).join(' ');
  return given.length === wanted.length ? undefined : `${name} wants ${words}, and nothing more.`;
}

function unknownService(names: readonly string[], services: readonly string[]): string | undefined {
  const unknown = names.find((name) => !services.includes(name));
  if (unknown === undefined) return undefined;
  return `There is no service "${unknown}".${suggestion(nearest(unknown, services)) || ` The services are ${services.join(', ')}.`}`;
}

function wrongValues(command: CommandDefinition, values: Readonly<Record<string, string>>): string | undefined {
  for (const [name, value] of Object.entries(values)) {
    const { choices, wrong } = command.options[name] ?? {};
    const mistake = wrong?.(value);
    if (mistake !== undefined) return `--${name} ${mistake}`;
    if (choices === undefined || choices.includes(value)) continue;
    const hint = suggestion(nearest(value, choices));
    return `--${name} wants ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}, not "${value}".${hint}`;
  }
  return undefined;
}

function wrongTogether(command: CommandDefinition, given: readonly string[]): string | undefined {
  for (const [name, { excludes }] of Object.entries(command.options)) {
    const other = [excludes ?? []].flat().find((excluded) => given.includes(excluded));
    if (other !== undefined && given.includes(name)) return `${command.name} takes --${name} or --${other}, not both.`;
  }
  return undefined;
}

function suggestion(name: string | undefined): string {
  return name === undefined ? '' : ` Did you mean "${name}"?`;
}
