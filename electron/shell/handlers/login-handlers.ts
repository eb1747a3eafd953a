// Starting with the desktop, and Grafana's password.
import type { Runtime } from '../../runtime/runtime-api.ts';
import type { CommandHandlers } from '../ipc.ts';
import type { LoginStart } from '../login-start.ts';

export interface LoginHandlerParts {
  readonly runtime: Runtime;
  readonly loginStart: LoginStart;
}

type LoginCommands = 'login:get' | 'login:set' | 'password:get' | 'password:change';

export function createLoginHandlers({ runtime, loginStart }: LoginHandlerParts): Pick<CommandHandlers, LoginCommands> {
  return {
    'login:get': () => loginStart.get(),
    'login:set': ({ startsAtLogin }) => loginStart.set(startsAtLogin),
    'password:get': async () => (await runtime.passwords()).view(),
    'password:change': async ({ current, next }) =>
      (await runtime.passwords()).change({ next, ...(current === undefined ? {} : { current }) }),
  };
}
