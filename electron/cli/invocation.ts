// A command, and one call of it.
import type { Output } from './output.ts';

export interface OptionDefinition {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
  // How the value is called in the help.
  readonly value?: string;
  readonly words: string;
  // The only values there are.
  readonly choices?: readonly string[];
  // Options that make no sense beside it.
  readonly excludes?: string | readonly string[];
  // What is wrong with a value, after the option's name.
  readonly wrong?: (value: string) => string | undefined;
}

// What is done, where a command is about one subject and not about one deed: "status" of "macula host status".
export interface VerbDefinition {
  readonly name: string;
  readonly summary: string;
  readonly takes: 'nothing' | 'services' | 'one-template' | 'words';
  // Of a verb that takes words: what each is, all of them wanted.
  readonly words?: readonly string[];
  // Out of the command's options, those that go with it.
  readonly options: readonly string[];
}

export interface CommandDefinition {
  readonly name: string;
  readonly summary: string;
  // How many names may follow.
  readonly takes:
    | 'nothing'
    | 'one-service'
    | 'services'
    | 'one-signal'
    | 'signal-or-none'
    | 'one-command'
    | 'one-port'
    | 'verb';
  // Of a command that takes a verb.
  readonly verbs?: readonly VerbDefinition[];
  // The verb that is meant when none is given.
  readonly withoutVerb?: string;
  readonly options: Readonly<Record<string, OptionDefinition>>;
  readonly details: string;
  load(): Promise<{ readonly run: Run }>;
}

export interface Invocation {
  readonly command: CommandDefinition;
  readonly verb?: VerbDefinition;
  readonly names: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: Readonly<Record<string, string>>;
}

// As it was typed: 'up', 'host apply'.
export function invokedName({ command, verb }: Pick<Invocation, 'command' | 'verb'>): string {
  return verb === undefined ? command.name : `${command.name} ${verb.name}`;
}

// Returns the exit code.
export type Run = (invocation: Invocation, output: Output) => Promise<number>;
