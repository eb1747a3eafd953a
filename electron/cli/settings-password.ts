// "macula settings password": Grafana's own password, changed in Grafana.
import type { PasswordView } from '../core/settings-effects.ts';
import { exitDone, exitFailed, exitInterrupted, exitUsage } from './exit-codes.ts';
import { type Call, printOutcome } from './host-change.ts';
import { askSecrets } from './secret-input.ts';
import { needEngine } from './session.ts';

export async function changePassword(call: Call): Promise<number> {
  const { runtime, invocation, output } = call;
  const isTyped = process.stdin.isTTY === true;
  const needsCurrent = invocation.flags.has('current');
  const questions = [
    ...(needsCurrent ? ['Current password'] : []),
    'New password',
    ...(isTyped ? ['New password again'] : []),
  ];
  const answers = await askSecrets(questions, output);
  if (answers === undefined) return tellMissing(call, questions, isTyped);
  const [current, next = '', again = next] = needsCurrent ? answers : [undefined, ...answers];
  if (next !== again) {
    output.problem('The two are not the same. Nothing was changed.\n');
    printOutcome(call, 'cancelled');
    return exitFailed;
  }
  if (!(await needEngine(runtime, invocation, output))) return exitFailed;
  const passwords = await runtime.passwords();
  const view = await passwords.change({ next, ...(current === undefined ? {} : { current }) });
  if (!invocation.flags.has('json')) output.print(`Grafana has the new password. ${keptText(view)}\n`);
  printOutcome(call, 'done', { password: view });
  return exitDone;
}

function tellMissing(call: Call, questions: readonly string[], isTyped: boolean): number {
  if (isTyped) {
    call.output.problem('Nothing was changed.\n');
    printOutcome(call, 'cancelled');
    return exitInterrupted;
  }
  const lines = questions.map((question) => question.toLowerCase()).join(', then the ');
  call.output.problem(`settings password wants the ${lines} by standard input, each on a line of its own.\n`);
  return exitUsage;
}

export function keptText({ kept }: Pick<PasswordView, 'kept'>): string {
  switch (kept) {
    case 'nowhere':
      return 'It is kept nowhere.';
    case 'keychain':
      return "It is kept in the desktop's keychain.";
    case 'file':
      return 'It is kept in secrets.json beside the settings, which only you may read: a command has no way into the keychain.';
  }
}
