import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstLine, type Started, start } from './child-process.ts';

/** A display and a session bus of a test's own: nothing on the real desktop is seen or touched. */
export interface DesktopSession {
  readonly environment: { readonly DISPLAY: string; readonly DBUS_SESSION_BUS_ADDRESS: string };
  stop(): Promise<void>;
}

// Open to every local user, since the application may run as another one than the test. It activates no services:
// nothing stays behind, and what answers on it is what the test put there.
const busConfiguration = (
  socket: string,
) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

async function startDisplay(size: string): Promise<{ display: string; server: Started }> {
  // The server itself picks a free number and tells it.
  const options = ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp', '-noreset', '-ac'];
  const server = start('Xvfb', options, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  return { display: `:${await firstLine(server, 3, 'Xvfb')}`, server };
}

async function startBus(folder: string): Promise<{ address: string; bus: Started }> {
  const configuration = join(folder, 'bus.conf');
  await writeFile(configuration, busConfiguration(join(folder, 'bus')));
  const args = [`--config-file=${configuration}`, '--nofork', '--nopidfile', '--print-address=1'];
  const bus = start('dbus-daemon', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  return { address: await firstLine(bus, 1, 'dbus-daemon'), bus };
}

export async function startDesktopSession(size = '1280x800'): Promise<DesktopSession> {
  const folder = await mkdtemp(join(tmpdir(), 'macula-desktop-'));
  // The other user has to reach the socket in it.
  await chmod(folder, 0o755);
  const { display, server } = await startDisplay(size);
  const { address, bus } = await startBus(folder);
  return {
    environment: { DISPLAY: display, DBUS_SESSION_BUS_ADDRESS: address },
    async stop() {
      await Promise.all([server.stop(), bus.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
