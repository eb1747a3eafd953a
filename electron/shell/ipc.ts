// Every command of the contract goes through here: who asks is checked first, then what, and what comes of it is data.
import { randomBytes } from 'node:crypto';
import type { IpcMainInvokeEvent, WebContents } from 'electron';
import {
  commands,
  parseInput,
  type CommandInput,
  type CommandName,
  type CommandOutput,
  type CommandResult,
} from '../contract/contract.ts';
import { FailureError } from '../core/failure.ts';
import { failureText } from '../core/failure-text.ts';

export type CommandHandlers = {
  readonly [Name in CommandName]: (
    input: CommandInput<Name>,
    page: WebContents,
  ) => CommandOutput<Name> | Promise<CommandOutput<Name>>;
};

export interface IpcParts {
  readonly handle: (
    channel: string,
    listener: (event: IpcMainInvokeEvent, ...input: unknown[]) => Promise<unknown>,
  ) => void;
  // The one page that may ask, while there is a window.
  readonly page: () => WebContents | undefined;
  readonly handlers: CommandHandlers;
  readonly log: (line: string) => void;
}

export const commandNames = Object.keys(commands) as readonly CommandName[];
const origin = 'app://ui';

export function serveCommands(parts: IpcParts): void {
  for (const name of commandNames) {
    parts.handle(name, async (event, input) => {
      const page = parts.page();
      if (page === undefined || !isFromPage(event, page)) {
        parts.log(`refused ${name} from ${event.senderFrame?.url ?? 'a frame that is gone'}`);
        throw new Error('Refused');
      }
      return answer(name, input, page, parts);
    });
  }
}

// Our window, its top frame, our own files in it.
function isFromPage(event: IpcMainInvokeEvent, page: WebContents): boolean {
  const frame = event.senderFrame;
  return event.sender === page && frame !== null && frame === page.mainFrame && frame.origin === origin;
}

async function answer<Name extends CommandName>(
  name: Name,
  input: unknown,
  page: WebContents,
  { handlers, log }: IpcParts,
): Promise<CommandResult<Name>> {
  const parsed = parseInput(name, input);
  if (parsed === undefined) return unexpected(`${name} was sent something else than agreed`, log);
  try {
    return { ok: true, value: await handlers[name](parsed.input, page) };
  } catch (error) {
    if (error instanceof FailureError) {
      return { ok: false, failure: error.failure, text: failureText(error.failure) };
    }
    return unexpected(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`, log);
  }
}

// A bug. The page shows the reference, the log says what it was.
function unexpected(what: string, log: (line: string) => void): { readonly ok: false; readonly unexpected: string } {
  const reference = randomBytes(3).toString('hex');
  log(`[${reference}] ${what}`);
  return { ok: false, unexpected: reference };
}
