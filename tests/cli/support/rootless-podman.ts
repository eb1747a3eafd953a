// Podman's API service as an ordinary user runs it, without root: it may not listen on ports below 1024.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from '../../engine/engine-under-test.ts';

const run = promisify(execFile);
const user = 'macula-rootless';
const tunnel = '/dev/net/tun';

export interface RootlessPodman {
  readonly socket: string;
  close(): Promise<void>;
}

export async function rootlessPodmanMissing(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'only root can make the user that a rootless engine is tried as';
  const programs = ['podman', 'runc', 'slirp4netns', 'newuidmap', 'useradd'];
  const absent = programs.filter((name) => !['/usr/bin', '/usr/sbin'].some((folder) => existsSync(join(folder, name))));
  if (absent.length > 0) return `not installed: ${absent.join(', ')}`;
  const lowest = Number(await readFile('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'));
  if (lowest <= 80) return 'on this machine everybody may listen on port 80';
  return existsSync(tunnel) ? undefined : `there is no ${tunnel}`;
}

export async function startRootlessPodman(): Promise<RootlessPodman> {
  await run('userdel', ['--remove', user]).catch(() => undefined);
  // With a home folder and a range of subordinate ids, as a person has them.
  await run('useradd', ['--create-home', user]);
  const uid = Number((await run('id', ['--user', user])).stdout);
  const gid = Number((await run('id', ['--group', user])).stdout);
  const runtime = `/run/user/${uid}`;
  const folder = await mkdtemp(join(tmpdir(), 'macula-rootless-'));
  await writeFile(
    join(folder, 'containers.conf'),
    `[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
`,
  );
  await mkdir(runtime, { recursive: true });
  for (const path of [runtime, folder]) await chown(path, uid, gid);
  await chmod(runtime, 0o700);
  // Ordinary machines let everybody open it.
  const tunnelMode = (await stat(tunnel)).mode & 0o777;
  await chmod(tunnel, 0o666);

  const socket = join(folder, 'podman.sock');
  const service = spawn('podman', ['--cgroup-manager=cgroupfs', 'system', 'service', '--time=0', `unix://${socket}`], {
    uid,
    gid,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: `/home/${user}`,
      USER: user,
      XDG_RUNTIME_DIR: runtime,
      CONTAINERS_CONF: join(folder, 'containers.conf'),
    },
  });
  let said = '';
  service.stderr.on('data', (chunk) => (said += String(chunk)));
  const ended = new Promise<void>((resolve) => service.once('exit', () => resolve()));
  await until(
    () => {
      if (service.exitCode !== null) throw new Error(`podman's service ended: ${said}`);
      return existsSync(socket);
    },
    (isThere) => isThere,
  );
  return {
    socket,
    async close() {
      service.kill('SIGKILL');
      await ended;
      // Forwarders and the pause process of the user's own namespace are left by it; the user is ours alone.
      await run('pkill', ['--signal', 'KILL', '--uid', String(uid)]).catch(() => undefined);
      await until(
        () =>
          run('userdel', ['--remove', user]).then(
            () => true,
            () => false,
          ),
        (isGone) => isGone,
      );
      await rm(runtime, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
      await chmod(tunnel, tunnelMode);
    },
  };
}
