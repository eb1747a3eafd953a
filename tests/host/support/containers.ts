// The machine's own engine, with an image that needs no registry.
import type { Machine } from './machine.ts';
import { waitUntil } from './processes.ts';

const makeImage = `
set -e
mkdir -p /tmp/image/bin /tmp/image/page
cp /usr/bin/busybox /tmp/image/bin/
echo 'from the container' >/tmp/image/page/index.html
tar --create --directory=/tmp/image . | docker import - page
rm -r /tmp/image
`;

export async function startDocker(machine: Machine): Promise<void> {
  await machine.enable('docker');
  await machine.must(['sh', '-c', makeImage]);
}

export interface ContainerOptions {
  readonly name?: string;
  // As for `docker run --publish`.
  readonly publish: readonly string[];
  // Further arguments of `docker run`.
  readonly more?: readonly string[];
}

// A page at this port inside.
export const containerPort = 9090;

export async function runContainer(machine: Machine, { name = 'page', publish, more = [] }: ContainerOptions) {
  const published = publish.map((each) => `--publish=${each}`);
  const serve = ['page', '/bin/busybox', 'httpd', '-f', '-p', `${containerPort}`, '-h', '/page'];
  // It knows no other signal.
  const always = ['--restart=unless-stopped', '--stop-signal=KILL'];
  await machine.must(['docker', 'run', '--detach', `--name=${name}`, ...always, ...published, ...more, ...serve]);
}

export async function containerAddress(machine: Machine, name = 'page'): Promise<string> {
  const format = '--format={{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
  return (await machine.must(['docker', 'inspect', format, name])).trim();
}

export async function askInside(machine: Machine, address: string, port = containerPort): Promise<string> {
  const { stdout } = await machine.run(['curl', '--silent', '--max-time', '2', `http://${address}:${port}/`]);
  return stdout.trim();
}

export function waitForContainer(machine: Machine, address = '127.0.0.1', port = containerPort): Promise<void> {
  const answers = async () => (await askInside(machine, address, port)) === 'from the container';
  return waitUntil(answers, 'the container answers', { seconds: 60 });
}
