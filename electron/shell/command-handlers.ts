// What each command of the window does. All of it is the runtime's work; only links, files, the clipboard and the
// streams' way back are the shell's.
import type { CommandInput } from '../contract/contract.ts';
import { FailureError } from '../core/failure.ts';
import type { Command, Runtime } from '../runtime/runtime-api.ts';
import type { FigureHandlers } from './handlers/figure-handlers.ts';
import type { ImageHandlers } from './handlers/image-handlers.ts';
import { createLoginHandlers, type LoginHandlerParts } from './handlers/login-handlers.ts';
import { createLogHandlers, type LogHandlerParts } from './handlers/log-handlers.ts';
import { createSettingHandlers, type SettingHandlerParts } from './handlers/setting-handlers.ts';
import type { CommandHandlers } from './ipc.ts';
import { resolveLink } from './links.ts';

export interface HandlerParts extends LogHandlerParts, SettingHandlerParts, LoginHandlerParts {
  readonly figures: FigureHandlers;
  readonly images: ImageHandlers;
  readonly openExternal: (url: string) => Promise<void>;
  readonly writeClipboard: (text: string) => void | Promise<void>;
  readonly quit: () => void;
}

export function createCommandHandlers(parts: HandlerParts): CommandHandlers {
  const { runtime } = parts;
  return {
    'snapshot:get': () => runtime.snapshot(),
    'stack:up': (input) => execute(runtime, { kind: 'up', ...chosen(input) }),
    'stack:stop': (input) => execute(runtime, { kind: 'stop', ...chosen(input) }),
    'stack:restart': (input) => execute(runtime, { kind: 'restart', ...chosen(input) }),
    'stack:down': ({ removeVolumes }) => execute(runtime, { kind: 'down', removeVolumes }),
    'stack:cancel': () => runtime.cancel(),
    'engine:retry': () => runtime.reconnect(),
    'link:open': ({ id }) => openLink(parts, id),
    ...createLogHandlers(parts),
    ...parts.figures.handlers,
    'timeline:get': () => runtime.timeline(),
    ...parts.images.handlers,
    ...createSettingHandlers(parts),
    ...createLoginHandlers(parts),
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
