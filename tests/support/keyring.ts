// A real secret service on a session bus of a test's own, unlocked, with its files in the user's home.
import { once } from 'node:events';
import { connectToTestBus } from '../e2e/message-bus.ts';
import { waitUntil } from '../e2e/wait-until.ts';
import type { TestUser } from './run-as-user.ts';

export interface Keyring {
  stop(): Promise<void>;
}

export async function startKeyring(user: TestUser, busAddress: string): Promise<Keyring> {
  const args = ['--unlock', '--components=secrets', '--foreground'];
  const child = user.spawn('gnome-keyring-daemon', args, {
    env: { DBUS_SESSION_BUS_ADDRESS: busAddress },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const killAtExit = () => child.kill('SIGKILL');
  process.once('exit', killAtExit);
  // The password of the keyring itself.
  child.stdin?.end('keyring of a test');
  const ended = once(child, 'exit');
  const bus = connectToTestBus(busAddress);
  const isThere = async () => {
    const asked = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus' };
    const member = { interface: 'org.freedesktop.DBus', member: 'NameHasOwner', signature: 's' };
    const [answer] = await bus.call({ ...asked, ...member, body: ['org.freedesktop.secrets'] });
    return answer === true || answer === 1 ? true : undefined;
  };
  try {
    await waitUntil('the keyring is on the bus', isThere, 20);
  } finally {
    bus.close();
  }
  return {
    async stop() {
      process.off('exit', killAtExit);
      child.kill('SIGTERM');
      await ended;
    },
  };
}
