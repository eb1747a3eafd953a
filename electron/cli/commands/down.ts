import { volumeNamesToRemove } from '../../core/reconcile-down.ts';
import type { Runtime } from '../../runtime/runtime-api.ts';
import { carryOut } from '../carry-out.ts';
import { exitFailed, exitInterrupted } from '../exit-codes.ts';
import type { Run } from '../invocation.ts';
import { type Answer, askToGoOn, notConfirmed, type Question } from '../question.ts';
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
    const question = questionAbout(volumes);
    const answer = await askToGoOn(question, output);
    if (answer !== 'yes') {
      if (asJson) output.print(printedJson(unansweredJson(answer, question, volumes, runtime)));
      return answer === 'interrupted' ? exitInterrupted : exitFailed;
    }
  }
  const command = { kind: 'down', removeVolumes } as const;
  return carryOut(runtime, command, { title: 'Taking down', asJson }, output);
};

function questionAbout(volumes: readonly string[]): Question {
  const what = `This deletes for good what is kept in ${listed(volumes)}.`;
  return { what, nextStep: 'Say --yes if it shall go.' };
}

function unansweredJson(
  answer: Exclude<Answer, 'yes'>,
  question: Question,
  volumes: readonly string[],
  runtime: Runtime,
) {
  if (answer !== 'nobody') return outcomeJson('down', 'cancelled', runtime.snapshot(), []);
  return outcomeJson('down', 'failed', runtime.snapshot(), [{ ...notConfirmed(question), volumes }]);
}
