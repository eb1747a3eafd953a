// What the Logs page asks for.
import type { WebContents } from 'electron';
import type { CommandHandlers } from '../ipc.ts';
import type { LogPage, LogSessions } from '../log-sessions.ts';

type LogCommands = 'logs:open' | 'logs:acknowledge' | 'logs:close' | 'logs:save' | 'logs:explore';

export interface LogHandlerParts {
  readonly logSessions: LogSessions;
}

export function createLogHandlers({ logSessions }: LogHandlerParts): Pick<CommandHandlers, LogCommands> {
  return {
    'logs:open': (query, page) => ({ session: logSessions.open(logPage(page), query) }),
    'logs:acknowledge': ({ session, batch }, page) => logSessions.acknowledge(logPage(page), session, batch),
    'logs:close': ({ session }, page) => logSessions.close(logPage(page), session),
    'logs:save': () => {
      throw new Error('Not built yet');
    },
    'logs:explore': () => {
      throw new Error('Not built yet');
    },
  };
}

function logPage(page: WebContents): LogPage {
  return {
    id: page.id,
    send: (batch) => {
      if (!page.isDestroyed()) page.send('logs', batch);
    },
  };
}
