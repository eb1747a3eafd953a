import { createInterface } from 'node:readline/promises';
import { volumeNamesToRemove } from '../../core/reconcile-down.ts';
import { carryOut } from '../carry-out.ts';
import { exitFailed, exitInterrupted } from '../exit-codes.ts';
import type { Run } from '../invocation.ts';
import type { Output } from '../output.ts';
import { connect, openRuntime } from '../session.ts';
import { listed } from '../words.ts';

export const run: Run = async (invocation, output) => {
  const removeVolumes = invocation.flags.has('volumes');
  const runtime = openRuntime(output);
  if (!(await connect(runtime, output))) return exitFailed;
  const volumes = removeVolumes ? volumeNamesToRemove(runtime.observed() ?? { volumes: [] }) : [];
  if (volumes.length > 0 && !invocation.flags.has('yes')) {
    const answer = await askToDelete(volumes, output);
    if (answer !== 'yes') return answer === 'no' ? exitFailed : exitInterrupted;
  }
  const command = { kind: 'down', removeVolumes } as const;
  return carryOut(runtime, command, { title: 'Taking down', asJson: invocation.flags.has('json') }, output);
};

async function askToDelete(volumes: readonly string[], output: Output): Promise<'yes' | 'no' | 'interrupted'> {
  const what = `This deletes for good what is kept in ${listed(volumes)}.`;
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) {
    output.problem(`${what}\nNobody is here to be asked: nothing was done. Say --yes if it shall go.\n`);
    return 'no';
  }
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C and Ctrl-D, while the question stands.
  const leaving = new AbortController();
  reader.on('close', () => leaving.abort());
  reader.on('SIGINT', () => reader.close());
  try {
    const answer = await reader.question(`${what} Go on? [y/N] `, { signal: leaving.signal });
    if (/^y(es)?$/i.test(answer.trim())) return 'yes';
    output.problem('Nothing was done.\n');
    return 'no';
  } catch {
    output.problem('\nNothing was done.\n');
    return 'interrupted';
  } finally {
    reader.close();
  }
}
