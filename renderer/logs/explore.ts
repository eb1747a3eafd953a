// What Grafana is asked for: the same services, time and search.
import type { CommandInput } from '../../electron/contract/contract.ts';
import { choicesStore } from './log-choices.ts';
import type { LogLines } from './log-lines.ts';
import { aroundMoment } from './use-log-view.ts';

const hour = 60 * 60_000;

export function exploreRequest(
  lines: LogLines,
  services: readonly string[],
  moment: number | undefined,
  now: number,
): CommandInput<'logs:explore'> {
  const { words, isPattern, isCaseKept } = choicesStore.get().search;
  const search = words === '' ? {} : { search: { words, isPattern, isCaseKept } };
  return { services: [...services], span: spanOf(lines, moment, now), ...search };
}

function spanOf({ shown }: LogLines, moment: number | undefined, now: number) {
  if (moment !== undefined) return { from: Math.max(0, moment - aroundMoment), to: moment + aroundMoment };
  const first = shown.at(0)?.at ?? now - hour;
  return { from: Math.max(0, Math.floor(first)), to: Math.max(now, Math.ceil(first) + 1000) };
}
