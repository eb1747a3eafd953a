// Asks a service's own program about its configuration.
import type { ConfigCheck } from '../core/catalog/service.ts';
import { checkSeconds, refusalWords } from '../core/config-check.ts';
import type { DesiredContainer } from '../core/desired.ts';
import { desiredFiles } from '../core/desired-files.ts';
import type { EnginePort } from '../core/engine-port.ts';

// Resolves with the program's words when it refuses. Throws FailureError operation-failed when it cannot be asked.
export async function runCheck(
  engine: EnginePort,
  imageId: string,
  container: DesiredContainer,
  { entrypoint, command }: ConfigCheck,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { service } = container;
  const run = { service, imageId, entrypoint, command, files: desiredFiles(container), seconds: checkSeconds };
  const result = await engine.runProgram(run, signal);
  return result.exitCode === 0 ? undefined : refusalWords(result);
}
