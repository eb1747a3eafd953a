// From words to an exit code. What fails as expected is told; what is a bug is told with its stack.
import { FailureError } from '../core/failure.ts';
import { catalog } from '../core/catalog/index.ts';
import { parseArguments } from './arguments.ts';
import { exitDone, exitFailed, exitUsage } from './exit-codes.ts';
import { commandText, overviewText } from './help.ts';
import type { Invocation } from './invocation.ts';
import { type Output, processOutput } from './output.ts';
import { version } from './version.ts';

export async function runCommandLine(words: readonly string[]): Promise<void> {
  const output = processOutput();
  const code = await run(words, output);
  await output.flush();
  // Connections to the engine that are kept for reuse must not keep the program.
  process.exit(code);
}

async function run(words: readonly string[], output: Output): Promise<number> {
  const parsed = parseArguments(
    words,
    catalog.map((service) => service.id),
  );
  switch (parsed.kind) {
    case 'version':
      output.print(`${version}\n`);
      return exitDone;
    case 'help':
      output.print(parsed.command === undefined ? overviewText(version) : commandText(parsed.command));
      return exitDone;
    case 'usage':
      output.problem(
        `${parsed.message}\nmacula help${parsed.command === undefined ? '' : ` ${parsed.command.name}`} tells more.\n`,
      );
      return exitUsage;
    case 'run':
      return runCommand(parsed.invocation, output);
  }
}

async function runCommand(invocation: Invocation, output: Output): Promise<number> {
  try {
    const command = await invocation.command.load();
    return await command.run(invocation, output);
  } catch (error) {
    if (error instanceof FailureError) {
      const { failureLines } = await import('./failure-lines.ts');
      output.problem(failureLines([error.failure], output.problemPaint));
    } else {
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
      output.problem(`This is a mistake in Macula. Please report it with these lines:\n${stack}\n`);
    }
    return exitFailed;
  }
}
