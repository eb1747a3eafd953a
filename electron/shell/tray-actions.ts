// What a click in the tray does. A command that fails while no window is open is told by a notification.
import { type Failure, FailureError } from '../core/failure.ts';
import { failureText } from '../core/failure-text.ts';
import type { TrayAction } from '../core/tray-menu.ts';
import type { HostSection, Page } from '../contract/contract.ts';
import type { Command, Runtime } from '../runtime/runtime-api.ts';
import { execute, openLink } from './command-handlers.ts';

export interface TrayActionParts {
  readonly runtime: Runtime;
  readonly openWindow: (place?: {
    readonly page: Page;
    readonly service?: string;
    readonly section?: HostSection;
    readonly at?: number;
  }) => void;
  readonly openExternal: (url: string) => Promise<void>;
  readonly tell: (title: string, text: string, failure?: Failure) => void;
  readonly quit: () => void;
  readonly log: (line: string) => void;
}

export function performTrayAction(action: TrayAction, parts: TrayActionParts): void {
  perform(action, parts).catch((error: unknown) => {
    if (error instanceof FailureError) {
      const { title, nextStep } = failureText(error.failure);
      parts.tell(title, nextStep, error.failure);
    } else {
      parts.log(`tray ${action.kind}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  });
}

async function perform(action: TrayAction, parts: TrayActionParts): Promise<void> {
  const { runtime } = parts;
  switch (action.kind) {
    case 'open-dashboard':
      return parts.openWindow();
    case 'open-settings':
      return parts.openWindow({ page: 'settings' });
    case 'open-telemetry':
      return parts.openWindow({ page: 'telemetry' });
    case 'open-host':
      return parts.openWindow({ page: 'host', ...(action.section === undefined ? {} : { section: action.section }) });
    case 'lan-off': {
      const { hash } = await runtime.host.preview({ kind: 'lan-off' });
      const { summary } = await runtime.host.apply(hash);
      return parts.tell('LAN mode', summary);
    }
    case 'logs':
      return parts.openWindow({
        ...{ page: 'logs', service: action.service },
        ...(action.at === undefined ? {} : { at: action.at }),
      });
    case 'start':
      return execute(runtime, command('up', action.service));
    case 'stop':
      return execute(runtime, command('stop', action.service));
    case 'restart':
      return execute(runtime, command('restart', action.service));
    case 'cancel':
      return runtime.cancel();
    case 'open-link':
      return openLink(parts, action.link);
    case 'retry-engine':
      return runtime.reconnect();
    case 'quit':
      return parts.quit();
  }
}

function command(kind: 'up' | 'stop' | 'restart', service: string | undefined): Command {
  return { kind, ...(service === undefined ? {} : { services: [service] }) };
}
