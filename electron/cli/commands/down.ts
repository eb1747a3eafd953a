import { createInterface } from 'node:readline/promises';
import { volumeNamesToRemove } from '../../core/reconcile-down.ts';
import type { Runtime } from '../../runtime/runtime-api.ts';
import { carryOut } from '../carry-out.ts';
import { exitFailed, exitInterrupted } from '../exit-codes.ts';
import type { Run } from '../invocation.ts';
import type { Output } from '../output.ts';
import { needEngine, openRuntime } from '../session.ts';
import { outcomeJson, printedJson } from '../snapshot-json.ts';
import { listed } from '../words.ts';

export const run: Run = async (invocation, output) => {
  const removeVolumes = invocation.flags.has('volumes');
  const asJson = invocation.flags.has('json');
  const runtime = openRuntime(output);
  if (!(await needEngine(runtime, invocation, output))) return exitFailed;
  const volumes = removeVolumes ? volumeNamesToRemove(runtime.observed() ?? { volumes: [] }) : [];
  if (volumes.length > 0 && !invocation.flags.has('yes')) {
    const answer = await askToDelete(volumes, output);
    if (answer !== 'yes') {
      if (asJson) output.print(printedJson(unansweredJson(answer, volumes, runtime)));
      return answer === 'interrupted' ? exitInterrupted : exitFailed;
    }
  }
  const command = { kind: 'down', removeVolumes } as const;
  return carryOut(runtime, command, { title: 'Taking down', asJson }, output);
};

type Answer = 'yes' | 'no' | 'interrupted' | 'nobody';

const nobody = {
  title: 'Nobody is here to be asked: nothing was done',
  nextStep: 'Say --yes if it shall go.',
};

function unansweredJson(answer: Exclude<Answer, 'yes'>, volumes: readonly string[], runtime: Runtime) {
  if (answer !== 'nobody') return outcomeJson('down', 'cancelled', runtime.snapshot(), []);
  const failure = { code: 'not-confirmed', volumes, ...nobody, detail: consequence(volumes) };
  return outcomeJson('down', 'failed', runtime.snapshot(), [failure]);
}

function consequence(volumes: readonly string[]): string {
  return `This deletes for good what is kept in ${listed(volumes)}.`;
}

async function askToDelete(volumes: readonly string[], output: Output): Promise<Answer> {
  const what = consequence(volumes);
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) {
    output.problem(`${what}\n${nobody.title}. ${nobody.nextStep}\n`);
    return 'nobody';
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
