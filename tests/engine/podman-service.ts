// Podman's API service with a storage, a network folder and a socket of its own: nothing of the machine's is touched.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from './engine-under-test.ts';

const run = promisify(execFile);

export interface PodmanService {
  readonly socket: string;
  readonly stop: () => Promise<void>;
  readonly cleanUp: () => Promise<void>;
}

export async function podmanMissing(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return "Podman's service is tried as root only: its storage here is made for that";
  for (const program of ['podman', 'runc']) {
    const isThere = await run(program, ['--version']).then(
      () => true,
      () => false,
    );
    if (!isThere) return `${program} is not installed`;
  }
  const helpers = ['netavark', 'aardvark-dns'];
  const folders = ['/usr/lib/podman', '/usr/libexec/podman'];
  const absent = helpers.find((helper) => !folders.some((folder) => existsSync(join(folder, helper))));
  return absent === undefined ? undefined : `${absent} is not installed, which names on Podman's networks need`;
}

export async function startPodmanService(registryHost: string): Promise<PodmanService> {
  const folder = await mkdtemp(join(tmpdir(), 'macula-podman-'));
  const socket = join(folder, 'podman.sock');
  await writeFile(join(folder, 'containers.conf'), containersConfiguration(folder));
  await writeFile(join(folder, 'registries.conf'), `[[registry]]\nlocation = "${registryHost}"\ninsecure = true\n`);
  const environment = {
    ...process.env,
    CONTAINERS_CONF: join(folder, 'containers.conf'),
    CONTAINERS_REGISTRIES_CONF: join(folder, 'registries.conf'),
  };
  const storage = ['--root', join(folder, 'root'), '--runroot', join(folder, 'run')];
  const service = spawn('podman', [...storage, 'system', 'service', '--time=0', `unix://${socket}`], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  service.stderr.on('data', (text) => (said += String(text)));
  const ended = new Promise<void>((resolve) => service.once('exit', () => resolve()));

  async function stop(): Promise<void> {
    service.kill('SIGKILL');
    await ended;
  }

  await until(
    () => {
      if (service.exitCode !== null) throw new Error(`podman's service ended: ${said}`);
      return existsSync(socket);
    },
    (isThere) => isThere,
  );
  return {
    socket,
    stop,
    async cleanUp() {
      await stop();
      const podman = (...words: readonly string[]) => run('podman', [...storage, ...words], { env: environment });
      await podman('rm', '--all', '--force', '--time=0').catch(() => undefined);
      await podman('network', 'prune', '--force').catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

// What a bare machine (a container, a virtual machine without systemd) allows. Names on networks need netavark and
// aardvark-dns.
function containersConfiguration(folder: string): string {
  return `[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
log_driver = "k8s-file"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_backend = "netavark"
network_config_dir = "${join(folder, 'networks')}"
`;
}
