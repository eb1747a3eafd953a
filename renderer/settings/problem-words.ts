import type { CommandName, CommandResult } from '../../electron/contract/contract.ts';
import { texts } from '../texts.ts';

type Refused = Extract<CommandResult<CommandName>, { ok: false }>;

export function problemWords(result: Refused): string {
  if ('unexpected' in result) return `${texts.banner.unexpectedTitle}: ${result.unexpected}`;
  return `${result.text.title}. ${result.text.detail} ${result.text.nextStep}`;
}
