// A command, and one call of it.
import type { Output } from './output.ts';

export interface OptionDefinition {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
  // How the value is called in the help.
  readonly value?: string;
  readonly words: string;
  // The option that makes no sense beside it.
  readonly excludes?: string;
}

export interface CommandDefinition {
  readonly name: string;
  readonly summary: string;
  // How many names may follow.
  readonly takes: 'nothing' | 'one-service' | 'services' | 'one-command';
  readonly options: Readonly<Record<string, OptionDefinition>>;
  readonly details: string;
  load(): Promise<{ readonly run: Run }>;
}

export interface Invocation {
  readonly command: CommandDefinition;
  readonly names: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: Readonly<Record<string, string>>;
}

// Returns the exit code.
export type Run = (invocation: Invocation, output: Output) => Promise<number>;
