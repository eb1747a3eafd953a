// What the Logs page asks for.
import type { WebContents } from 'electron';
import type { CommandInput } from '../../contract/contract.ts';
import { exploreAddress } from '../../core/explore-address.ts';
import { FailureError } from '../../core/failure.ts';
import type { Runtime } from '../../runtime/runtime-api.ts';
import type { CommandHandlers } from '../ipc.ts';
import { stackAddress } from '../links.ts';
import type { LogPage, LogSessions } from '../log-sessions.ts';

type LogCommands = 'logs:open' | 'logs:acknowledge' | 'logs:close' | 'logs:save' | 'logs:explore';

export interface LogHandlerParts {
  readonly runtime: Runtime;
  readonly logSessions: LogSessions;
  // undefined: the user changed their mind.
  readonly askWhereToSave: (page: WebContents, name: string) => Promise<string | undefined>;
  readonly openExternal: (url: string) => Promise<void>;
}

export function createLogHandlers(parts: LogHandlerParts): Pick<CommandHandlers, LogCommands> {
  const { logSessions } = parts;
  return {
    'logs:open': (query, page) => ({ session: logSessions.open(logPage(page), query) }),
    'logs:acknowledge': ({ session, batch }, page) => logSessions.acknowledge(logPage(page), session, batch),
    'logs:close': ({ session }, page) => logSessions.close(logPage(page), session),
    'logs:save': (input, page) => save(parts, input, page),
    'logs:explore': (query) => explore(parts, query),
  };
}

async function save(
  { askWhereToSave }: LogHandlerParts,
  { name, text }: CommandInput<'logs:save'>,
  page: WebContents,
): Promise<{ readonly path?: string }> {
  const path = await askWhereToSave(page, name);
  if (path === undefined) return {};
  const { writePrivately } = await import('../write-privately.ts');
  await writePrivately(path, text);
  return { path };
}

async function explore({ runtime, openExternal }: LogHandlerParts, query: CommandInput<'logs:explore'>): Promise<void> {
  const snapshot = runtime.snapshot();
  const grafana = snapshot.services.find(({ id }) => id === 'grafana');
  const [best] = grafana?.actions.open === true ? grafana.urls : [];
  const address = best && stackAddress(exploreAddress(best.url, query), snapshot);
  if (address === undefined) throw new FailureError({ code: 'grafana-off' });
  await openExternal(address);
}

function logPage(page: WebContents): LogPage {
  return {
    id: page.id,
    send: (batch) => {
      if (!page.isDestroyed()) page.send('logs', batch);
    },
  };
}
