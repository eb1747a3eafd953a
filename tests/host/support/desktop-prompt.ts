// A desktop's password prompt that somebody closes, as polkit sees it: an agent of a process in the machine.
import { connectToTestBus } from '../../e2e/message-bus.ts';
import type { Machine } from './machine.ts';

const path = '/prompt';
const interfaceName = 'org.freedesktop.PolicyKit1.AuthenticationAgent';
const authority = {
  destination: 'org.freedesktop.PolicyKit1',
  path: '/org/freedesktop/PolicyKit1/Authority',
  interface: 'org.freedesktop.PolicyKit1.Authority',
};

export interface ClosedPrompt {
  // The words of the prompts that came.
  readonly shown: readonly string[];
  close(): void;
}

// Root may be the agent of anybody's process.
export async function closePrompts(machine: Machine, process_: number): Promise<ClosedPrompt> {
  const bus = connectToTestBus(`unix:path=${machine.root}/run/dbus/system_bus_socket`);
  const shown: string[] = [];
  const agent = {
    BeginAuthentication(_action: string, message: string) {
      shown.push(message);
      throw Object.assign(new Error('closed'), { dbusName: 'org.freedesktop.PolicyKit1.Error.Cancelled' });
    },
    CancelAuthentication: () => undefined,
  };
  const methods = { BeginAuthentication: ['sssa{ss}sa(sa{sv})', ''], CancelAuthentication: ['s', ''] } as const;
  bus.serve(path, { name: interfaceName, methods, properties: {}, signals: {} }, agent);
  const stat = machine.readFile(`/proc/${process_}/stat`);
  const startTime = Number(stat.split(') ').at(-1)?.split(' ')[19]);
  const process = [
    ['pid', ['u', process_]],
    ['start-time', ['t', startTime]],
    ['uid', ['i', 1000]],
  ];
  const body = [['unix-process', process], 'C', path];
  await bus.call({ ...authority, member: 'RegisterAuthenticationAgent', signature: '(sa{sv})ss', body });
  return { shown, close: () => bus.close() };
}
