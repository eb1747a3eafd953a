// What each command of the window does. All of it is the runtime's work; only links, the clipboard and the logs' way
// back are the shell's.
import type { WebContents } from 'electron';
import type { CommandInput, SettingsView } from '../contract/contract.ts';
import { FailureError } from '../core/failure.ts';
import { failureText } from '../core/failure-text.ts';
import type { Settings } from '../core/settings.ts';
import type { Command, Runtime } from '../runtime/runtime-api.ts';
import type { CommandHandlers } from './ipc.ts';
import { resolveLink } from './links.ts';
import type { LogPage, LogSessions } from './log-sessions.ts';

export interface HandlerParts {
  readonly runtime: Runtime;
  readonly logSessions: LogSessions;
  readonly settingsPath: string;
  readonly openExternal: (url: string) => Promise<void>;
  readonly writeClipboard: (text: string) => void | Promise<void>;
  readonly quit: () => void;
}

export function createCommandHandlers(parts: HandlerParts): CommandHandlers {
  const { runtime, logSessions } = parts;
  return {
    'snapshot:get': () => runtime.snapshot(),
    'stack:up': (input) => execute(runtime, { kind: 'up', ...chosen(input) }),
    'stack:stop': (input) => execute(runtime, { kind: 'stop', ...chosen(input) }),
    'stack:restart': (input) => execute(runtime, { kind: 'restart', ...chosen(input) }),
    'stack:down': ({ removeVolumes }) => execute(runtime, { kind: 'down', removeVolumes }),
    'stack:cancel': () => runtime.cancel(),
    'engine:retry': () => runtime.reconnect(),
    'link:open': ({ id }) => openLink(parts, id),
    'logs:open': (query, page) => ({ session: logSessions.open(logPage(page), query) }),
    'logs:acknowledge': ({ session, batch }, page) => logSessions.acknowledge(logPage(page), session, batch),
    'logs:close': ({ session }, page) => logSessions.close(logPage(page), session),
    'settings:get': () => settingsView(parts),
    'settings:change': async (patch) => {
      await runtime.changeSettings(withoutGaps(patch));
      return settingsView(parts);
    },
    'host:get': () => runtime.host.view(),
    'host:preview': (change) => runtime.host.preview(change),
    'host:apply': ({ hash }) => runtime.host.apply(hash),
    'host:port-owner': ({ port, asRoot }) => runtime.host.portHolders(port, asRoot),
    'telemetry:get': () => runtime.telemetry.view(),
    'telemetry:signal': () => runtime.telemetry.signal(),
    'telemetry:wipe': ({ signal }) => execute(runtime, { kind: 'wipe', signal }),
    'doctor:run': () => runtime.doctor(),
    'doctor:repair': ({ subject }) => repair(runtime, subject),
    'clipboard:write': ({ text }) => parts.writeClipboard(text),
    'app:quit': () => parts.quit(),
  };
}

// A command that was cancelled did what its user wanted; one that failed gives its first reason, the snapshot has all.
export async function execute(runtime: Runtime, command: Command): Promise<void> {
  const outcome = await runtime.run(command);
  const failure = outcome.kind === 'failed' ? outcome.failures[0] : undefined;
  if (failure !== undefined) throw new FailureError(failure);
}

// Looked for anew: what a page asks for is a subject, never an action.
async function repair(runtime: Runtime, subject: string): Promise<void> {
  const check = (await runtime.doctor()).find((candidate) => candidate.subject === subject);
  const action = check?.repair?.action;
  if (action === undefined || action.kind === 'host') return;
  await execute(runtime, {
    kind: action.kind,
    ...(action.service === undefined ? {} : { services: [action.service] }),
  });
}

export async function openLink(
  { runtime, openExternal }: Pick<HandlerParts, 'runtime' | 'openExternal'>,
  id: string,
): Promise<void> {
  const url = resolveLink(id, runtime.snapshot());
  if (url === undefined) throw new Error(`There is no link ${JSON.stringify(id)}`);
  await openExternal(url);
}

function chosen({ services }: CommandInput<'stack:up'>): { readonly services?: readonly string[] } {
  return services === undefined ? {} : { services };
}

function logPage(page: WebContents): LogPage {
  return {
    id: page.id,
    send: (batch) => {
      if (!page.isDestroyed()) page.send('logs', batch);
    },
  };
}

function settingsView({ runtime, settingsPath }: HandlerParts): SettingsView {
  const snapshot = runtime.snapshot();
  const warning = snapshot.failures
    .filter(({ failure }) => failure.code === 'settings-corrupt' || failure.code === 'settings-rejected')
    .map(({ failure }) => failureText(failure))
    .map(({ title, detail }) => `${title}. ${detail}`)[0];
  return {
    settings: runtime.settings(),
    path: settingsPath,
    rejectedEngines: runtime.rejectedEngines(),
    ...(warning === undefined ? {} : { warning }),
    services: snapshot.services.map(({ id, title, enabled }) => ({ id, title, enabled })),
  };
}

// A key that is there without a value means: leave it.
function withoutGaps(patch: CommandInput<'settings:change'>): Partial<Settings> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}
