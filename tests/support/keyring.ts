// A real secret service on a session bus of a test's own, unlocked, with its files in the user's home.
import { once } from 'node:events';
import type { TestUser } from './run-as-user.ts';

export interface Keyring {
  stop(): Promise<void>;
}

export async function startKeyring(user: TestUser, busAddress: string): Promise<Keyring> {
  const args = ['--unlock', '--components=secrets', '--foreground'];
  const child = user.spawn('gnome-keyring-daemon', args, {
    env: { DBUS_SESSION_BUS_ADDRESS: busAddress },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const killAtExit = () => child.kill('SIGKILL');
  process.once('exit', killAtExit);
  // The password of the keyring itself.
  child.stdin?.end('keyring of a test');
  const ended = once(child, 'exit');
  await Promise.race([
    once(child.stdout ?? child, 'data'),
    ended.then(([code]) => Promise.reject(new Error(`gnome-keyring-daemon ended with code ${code}`))),
  ]);
  return {
    async stop() {
      process.off('exit', killAtExit);
      child.kill('SIGTERM');
      await ended;
    },
  };
}
