// What is rendered.
import type { Command } from './programs.ts';

export interface OwnFile {
  readonly path: string;
  readonly text: string;
  // Only these lines of the file are ours.
  readonly isBlock?: boolean;
}

// Files that belong together, with what makes the system see that they came, and that they went.
export interface Group {
  readonly files: readonly OwnFile[];
  // Have to succeed before anything is changed; they look at what is there without us.
  readonly checks?: readonly Command[];
  readonly up: readonly Command[];
  readonly down: readonly Command[];
}

export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');
}
