// The test machine itself: that it is what it seems to be, and that nothing of it stays.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { runContainer, startDocker, waitForContainer } from './support/containers.ts';
import { must } from './support/commands.ts';
import { bootMachine, missingForMachine } from './support/machine.ts';
import {
  createNetwork,
  lanAddress,
  lanAddress6,
  linkLocalFromOutside,
  neighbourAddresses,
  wanAddress,
} from './support/network.ts';
import { controlGroupOf, folderOf, removePlaces, sweepLeftovers } from './support/places.ts';
import { identify, isAlive, waitUntil } from './support/processes.ts';
import { useMachine } from './support/use-machine.ts';

const useIt = useMachine();

test('its first process is a systemd with everything running', async (context) => {
  const { machine } = useIt(context);
  expect(machine.readFile('/proc/1/comm')).toBe('systemd\n');
  expect(await machine.must(['systemctl', 'is-system-running'])).toBe('running\n');
  expect(await machine.must(['systemctl', '--failed', '--no-legend'])).toBe('');
});

test('it has the running Node, the programs of the checkout and two ordinary users', async (context) => {
  const { machine } = useIt(context);
  expect(await machine.must(['/opt/node/bin/node', '--version'])).toBe(`${process.version}\n`);
  expect(machine.exists('/opt/macula/helper.js')).toBe(true);
  expect((await machine.run(['touch', '/opt/macula/x'])).stderr).toContain('Read-only file system');
  expect(await machine.must(['id'], { user: 'dev' })).toContain('groups=1000(dev),27(sudo)');
  expect(await machine.must(['id'], { user: 'other' })).toContain('groups=1001(other)');
  expect((await machine.run(['sudo', '-n', 'true'], { user: 'dev' })).stderr).toContain('a password is required');
  expect(await machine.must(['sudo', '-S', 'id', '-u'], { user: 'dev', input: 'dev\n' })).toBe('0\n');
});

test('no setting of the real kernel can be changed, but those of its network', async (context) => {
  const { machine } = useIt(context);
  expect((await machine.run(['sysctl', '-w', 'vm.swappiness=1'])).code).not.toBe(0);
  await machine.must(['sysctl', '-w', 'net.ipv4.ip_forward=1']);
});

test('a command that takes too long is ended, in the machine too', async (context) => {
  const { machine } = useIt(context);
  expect((await machine.run(['sleep', '987'], { timeoutSeconds: 1 })).code).toBe(124);
  expect((await machine.run(['pgrep', '--full', '--exact', 'sleep 987'])).stdout).toBe('');
});

test('names of the Internet come from the upstream', async (context) => {
  const { machine, network } = useIt(context);
  expect(await machine.must(['getent', 'ahosts', 'example.com'])).toContain('198.51.100.80');
  expect(network.upstream.questions()).toContain('A example.com');
  expect((await machine.run(['getent', 'ahosts', 'unknown.test'])).code).toBe(2);
});

test('the hosts around it reach a listener on it, and see when there is none', async (context) => {
  const { machine, network } = useIt(context);
  const serve = ['busybox', 'httpd', '-f', '-p', '[::]:7070', '-h', '/etc/ufw'];
  await machine.must(['systemd-run', '--unit=page', ...serve]);
  await waitUntil(async () => (await network.lan.reach(lanAddress, 7070)) === 'open', 'the listener is there');
  expect(await network.lan.reach(lanAddress6, 7070)).toBe('open');
  expect(await network.lan.reach(linkLocalFromOutside, 7070)).toBe('open');
  expect(await network.wan.reach(wanAddress, 7070)).toBe('open');
  expect(await network.wan.reach(linkLocalFromOutside, 7070)).toBe('open');
  expect(await network.wan.reach(wanAddress, 7071)).toBe('refused');
  expect(await network.wan.reach(lanAddress, 7070)).toBe('unreachable');
  await machine.must(['nft', 'add', 'table', 'inet', 'x']);
  await machine.must(['nft', 'add chain inet x in { type filter hook input priority 0; }']);
  await machine.must(['nft', 'add', 'rule', 'inet', 'x', 'in', 'tcp', 'dport', '7070', 'drop']);
  expect(await network.lan.reach(lanAddress, 7070)).toBe('silent');
  await machine.must(['nft', 'delete', 'table', 'inet', 'x']);
  await machine.must(['systemctl', 'stop', 'page']);
});

test.for(['ufw', 'firewalld'])('%s can be switched on and off again', async (firewall, context) => {
  const { machine, network } = useIt(context);
  const isOn = async () => (await machine.must(['nft', 'list', 'ruleset'])).length > 0;
  await machine.enable(firewall);
  if (firewall === 'ufw') await machine.must(['ufw', '--force', 'enable']);
  expect(await isOn()).toBe(true);
  expect(await network.lan.reach(lanAddress, 7070)).not.toBe('refused');
  if (firewall === 'ufw') await machine.must(['ufw', 'disable']);
  await machine.disable(firewall);
  expect(await network.lan.reach(lanAddress, 7070)).toBe('refused');
});

test('its engine runs a container on a published port, which is back after a restart of the machine', async (context) => {
  const { machine, network } = useIt(context);
  await startDocker(machine);
  expect(await machine.must(['docker', 'info', '--format={{.Driver}}'])).toBe('overlay2\n');
  await runContainer(machine, { publish: ['8088:9090'] });
  await waitForContainer(machine, lanAddress, 8088);
  expect(await network.lan.reach(lanAddress, 8088)).toBe('open');
  for (const how of ['orderly', 'power cut'] as const) {
    await machine.restart(how);
    await waitForContainer(machine, '127.0.0.1', 8088);
    expect(await network.lan.reach(lanAddress, 8088)).toBe('open');
    expect(await machine.must(['getent', 'ahosts', 'example.com'])).toContain('198.51.100.80');
  }
});

function leftOf(name: string): readonly string[] {
  const namespaces = readdirSync('/run/netns').filter((each) => each.startsWith(name));
  const mounts = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .filter((row) => row.includes(name));
  const processes = readdirSync('/proc')
    .filter((each) => /^\d+$/.test(each) && isAlive(identify(Number(each))))
    .filter((each) => ['cgroup', 'cmdline'].some((file) => readIfThere(`/proc/${each}/${file}`).includes(name)));
  const places = [folderOf(name), controlGroupOf(name)].filter((path) => existsSync(path));
  return [...namespaces, ...mounts, ...processes, ...places];
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

test('two at once do not meet, and of one that is stopped nothing stays', async (context) => {
  const { machine } = useIt(context);
  const second = await bootMachine();
  try {
    const { lan } = await createNetwork(second);
    expect((await lan.run(['ping', '-c', '1', '-W', '1', neighbourAddresses.wan])).code).not.toBe(0);
    machine.writeFile('/etc/only-here', '');
    expect(second.exists('/etc/only-here')).toBe(false);
    expect(second.readFile('/etc/machine-id')).not.toBe(machine.readFile('/etc/machine-id'));
    await startDocker(second);
    await runContainer(second, { publish: ['8089:9090'] });
    await waitForContainer(second, '127.0.0.1', 8089);
    expect(await machine.must(['ps', '-ef'])).not.toContain('8089');
    expect((await machine.run(['systemctl', 'status', 'docker'])).stdout).not.toContain('8089');
    expect(leftOf(second.name)).not.toEqual([]);
  } finally {
    await second.stop();
  }
  expect(leftOf(second.name)).toEqual([]);
  expect(await machine.must(['systemctl', 'is-system-running'])).toBe('running\n');
});

const killedRun = fileURLToPath(new URL('support/machine.ts', import.meta.url));

test('one whose run was killed is swept away by the next', async (context) => {
  context.skip(missingForMachine() !== undefined, missingForMachine());
  const script = `
    const { bootMachine } = await import(${JSON.stringify(killedRun)});
    console.log((await bootMachine()).name);
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const name = await new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => resolve(text.trim()));
  });
  afterAll(() => removePlaces(name));
  await sweepLeftovers();
  expect(leftOf(name)).not.toEqual([]);
  const gone = new Promise((resolve) => child.on('exit', resolve));
  child.kill('SIGKILL');
  await gone;
  await sweepLeftovers();
  expect(leftOf(name)).toEqual([]);
  expect(await must(['ip', 'netns', 'list'])).not.toContain(name);
});
