import { findCommand } from '../command-table.ts';
import { exitDone } from '../exit-codes.ts';
import { commandText, overviewText } from '../help.ts';
import type { Run } from '../invocation.ts';
import { version } from '../version.ts';

export const run: Run = async (invocation, output) => {
  const command = findCommand(invocation.names[0] ?? '');
  output.print(command === undefined ? overviewText(version) : commandText(command));
  return exitDone;
};
