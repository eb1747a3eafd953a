// The package as people meet it: installed with its dependencies on a Debian, run, upgraded and removed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { HostIntent, HostPlan } from '../../electron/host/protocol.ts';
import type { Machine } from '../host/support/machine.ts';
import { allowDev, ask, everything, forbidDev, rootProgram, setUp, whileBusy } from './support/ask-root.ts';
import {
  asVersion,
  bootPackageMachine,
  bring,
  difference,
  forget,
  missingForPackageMachine,
  snapshot,
} from './support/package-machine.ts';
import { madePackage } from './support/package-under-test.ts';

const appSession = readFileSync(fileURLToPath(new URL('support/app-session.sh', import.meta.url)), 'utf8');

// One story on one machine: each test goes on from where the one before it ended.
const missing = missingForPackageMachine();
beforeEach((context) => context.skip(missing !== undefined, missing));

let machine: Machine;
let file: string;
let before: readonly string[];

beforeAll(async () => {
  if (missing !== undefined) return;
  machine = await bootPackageMachine();
  file = bring(machine, madePackage().file);
  before = await snapshot(machine);
});

afterAll(() => machine?.stop());

const apt = (...words: string[]) =>
  machine.run(['apt-get', '-q', '-y', '-o', 'Dpkg::Use-Pty=0', ...words], { timeoutSeconds: 120 });

test('apt installs it', async () => {
  const { code, stdout, stderr } = await apt('install', file);
  expect(code, stderr + stdout).toBe(0);
  // The machine keeps no documentation.
  const wrong = (await machine.must(['dpkg', '--verify', 'macula-desktop'])).split('\n');
  expect(wrong.filter((line) => !/^(missing +\/usr\/share\/doc\/.*)?$/.test(line))).toEqual([]);
  expect(await machine.must(['dpkg', '--audit'])).toBe('');
});

test('polkit knows the action as it should be', async () => {
  const told = await machine.must(['pkaction', '--verbose', '--action-id', 'local.macula.host']);
  expect(told).toContain(`org.freedesktop.policykit.exec.path -> ${rootProgram}`);
  expect(told).toMatch(/implicit any: +no\n/);
  expect(told).toMatch(/implicit inactive: +no\n/);
  expect(told).toMatch(/implicit active: +auth_admin_keep\n/);
});

test('an ordinary user has the command, which needs no Node', async () => {
  expect((await machine.run(['node', '--version'], { user: 'other' })).code).not.toBe(0);
  const { stdout } = await machine.run(['macula', 'status', '--json'], { user: 'other' });
  expect(JSON.parse(stdout)).toMatchObject({ engine: { state: 'unavailable' } });
});

test('the app opens its window, sandboxed and deaf to foreign code, and leaves in order', async () => {
  const folder = (await machine.must(['mktemp', '-d'], { user: 'dev' })).trim();
  const session = ['dbus-run-session', 'sh', '-s', folder];
  const { stdout, stderr } = await machine.run(session, { user: 'dev', input: appSession });
  const said = (start: string) => stdout.split('\n').filter((line) => line.startsWith(start));
  expect(said('window: '), stdout + stderr).toHaveLength(1);
  expect(said('process: main')).toHaveLength(1);
  // Filtered system calls, and rights in a namespace of their own instead of the user's.
  const [main = ''] = said('process: main');
  const renderers = said('process: renderer');
  expect(renderers).not.toEqual([]);
  expect(renderers.filter((line) => !line.includes(' seccomp 2 '))).toEqual([]);
  expect(renderers.filter((line) => line.endsWith(main.split(' ').at(-1) ?? ''))).toEqual([]);
  expect(stdout).not.toMatch(/without sandbox|foreign code|debugger/);
  expect(said('exit: ')).toEqual(['exit: 0']);
  expect(machine.exists('/home/dev/.config/macula-desktop')).toBe(true);
});

// Run once more by hand after the machine was made to look like another one.
const postinst = ['/var/lib/dpkg/info/macula-desktop.postinst', 'configure'];
const modeOfHelper = () => machine.must(['stat', '--format=%a', '/opt/Macula/chrome-sandbox']);

test('where programs may make no namespaces Chromium’s helper gets the rights of root, and only there', async () => {
  expect(await modeOfHelper()).toBe('755\n');
  const setting = '/proc/sys/user/max_user_namespaces';
  machine.writeFile('/run/none', '0\n');
  await machine.must(['mount', '--bind', '/run/none', setting]);
  await machine.must(postinst);
  expect(await modeOfHelper()).toBe('4755\n');
  await machine.must(['umount', setting]);
  await machine.must(postinst);
  expect(await modeOfHelper()).toBe('755\n');
});

test('where AppArmor rules, its own tools accept the profile, and it is put in force', async () => {
  const profile = '/etc/apparmor.d/macula-desktop';
  expect(machine.exists(profile)).toBe(false);
  machine.writeFile('/usr/local/bin/aa-enabled', '#!/bin/sh\n');
  await machine.must(['chmod', '755', '/usr/local/bin/aa-enabled']);
  // There is no AppArmor in this kernel: that it cannot be loaded must not fail an installation.
  await machine.must(postinst);
  expect(machine.readFile(profile)).toContain('profile "macula-desktop" "/opt/Macula/macula-desktop"');
  expect(await machine.must(['stat', '--format=%a %U', profile])).toBe('644 root\n');
  await machine.must(['rm', '/usr/local/bin/aa-enabled']);
});

test('without anybody to give a password nothing is changed', async () => {
  const hosts = machine.readFile('/etc/hosts');
  const refused = await setUp(machine);
  expect(refused).toMatchObject({ code: 127, stdout: '' });
  expect(machine.readFile('/etc/hosts')).toBe(hosts);
  expect(machine.exists('/var/lib/macula-host')).toBe(false);
});

test('through pkexec and polkit names and guard are set up', async () => {
  allowDev(machine);
  const done = await setUp(machine);
  expect(done, done.stderr).toMatchObject({ code: 0 });
  expect(await machine.must(['getent', 'hosts', 'grafana.macula.local'], { user: 'other' })).toMatch(/^127\.0\.0\.4 /);
  expect(await machine.must(['nft', 'list', 'ruleset'])).toContain('table inet macula');
});

test('polkit lets the root program be called only as it is, and not by another user', async () => {
  const status = JSON.stringify({ verb: 'status' });
  expect(await machine.run(['pkexec', rootProgram], { user: 'other', input: status })).toMatchObject({ code: 127 });
  const withArguments = await machine.run(['pkexec', rootProgram, '--eval', '1'], { user: 'dev', input: status });
  expect(withArguments).toMatchObject({ code: 64 });
  expect(await machine.run(['pkexec', '/usr/lib/macula/macula', 'status'], { user: 'dev' })).toMatchObject({
    code: 127,
  });
});

test('what the caller has in the environment reaches the root program neither through pkexec nor through sudo', async () => {
  const folder = (await machine.must(['mktemp', '-d'], { user: 'dev' })).trim();
  machine.writeFile(join(folder, 'openssl.cnf'), '[[[');
  // Node itself looks at these before any program of ours runs.
  const levers = [
    `OPENSSL_CONF=${folder}/openssl.cnf`,
    `NODE_V8_COVERAGE=${folder}/coverage`,
    `NODE_COMPILE_CACHE=${folder}/cache`,
  ];
  const input = JSON.stringify({ verb: 'status' });
  const sudo = ['sh', '-c', 'echo dev | sudo --stdin --validate --prompt= && echo "$0" | sudo "$@"', input];
  for (const through of [['pkexec'], sudo]) {
    const answer = await machine.run(['env', ...levers, ...through, rootProgram], { user: 'dev', input });
    expect(answer, answer.stderr).toMatchObject({ code: 0 });
    expect(JSON.parse(answer.stdout)).toMatchObject({ ok: true, verb: 'status' });
  }
  expect((await machine.must(['ls', folder])).trim()).toBe('openssl.cnf');
  // Called plainly they do reach it, so that this means something.
  const plain = await machine.run(['env', ...levers, rootProgram], { user: 'dev', input });
  expect(plain.code).not.toBe(0);
});

test('an upgrade keeps what is set up', async () => {
  const made = await asVersion(madePackage().file, '9.0.0');
  const record = machine.readFile('/var/lib/macula-host/state.json');
  const hosts = machine.readFile('/etc/hosts');
  const { code, stdout, stderr } = await apt('install', bring(machine, made));
  forget(made);
  expect(code, stderr + stdout).toBe(0);
  expect(await machine.must(['dpkg-query', '--show', '--showformat=${Version}', 'macula-desktop'])).toBe('9.0.0');
  expect(machine.readFile('/etc/hosts')).toBe(hosts);
  expect(machine.readFile('/var/lib/macula-host/state.json')).toBe(record);
  const { stdout: status } = await ask(machine, { verb: 'status' }, 'plainly');
  expect(JSON.parse(status)).toMatchObject({ ok: true, state: { intent: everything, edited: [] } });
});

test.each(['remove', 'purge'])(
  'with a guard set up apt’s %s is stopped, says what to do and changes nothing',
  async (verb) => {
    const withGuard = await snapshot(machine);
    const stopped = await apt(verb, 'macula-desktop');
    expect(stopped.code).toBe(100);
    const said = stopped.stderr + stopped.stdout;
    expect(said).toMatch(/LAN mode is on, or its guard.*\n.*as the user who turned LAN mode on:\n +macula lan off\n/);
    expect(said).toContain('sudo env MACULA_REMOVE_ANYWAY=1 dpkg --remove macula-desktop');
    expect(await statusOfPackage()).toBe('install ok installed');
    expect(withGuard).toContain('table inet macula {');
    expect(difference(withGuard, await snapshot(machine))).toEqual([]);
  },
);

test('the guard can be taken away alone', async () => {
  await takeGuardAway();
  expect(await machine.must(['nft', 'list', 'ruleset'])).not.toContain('macula');
  expect(machine.readFile('/var/lib/macula-host/state.json')).toContain('grafana.macula.local');
});

test('an undo that is refused keeps the package, and says why', async () => {
  const record = machine.readFile('/var/lib/macula-host/state.json');
  const refused = await whileBusy(machine, () => apt('remove', 'macula-desktop'));
  expect(refused.code).toBe(100);
  const said = refused.stderr + refused.stdout;
  expect(said).toMatch(/could not put back what it set up on this machine:\n +Another change is under way/);
  expect(said).toContain('sudo env MACULA_REMOVE_ANYWAY=1 dpkg --remove macula-desktop');
  expect(await statusOfPackage()).toBe('install ok installed');
  expect(machine.readFile('/var/lib/macula-host/state.json')).toBe(record);
  expect((await ask(machine, { verb: 'status' }, 'plainly')).code).toBe(0);
});

test('removing it first puts everything back: only the user’s data is left', async () => {
  const { code, stdout, stderr } = await apt('remove', 'macula-desktop');
  expect(code, stderr + stdout).toBe(0);
  await forbidDev(machine);
  expect(difference(before, await snapshot(machine))).toEqual([]);
  expect(machine.exists('/home/dev/.config/macula-desktop')).toBe(true);
});

const removeAnyway = ['env', 'MACULA_REMOVE_ANYWAY=1', 'dpkg', '--remove', 'macula-desktop'];

test('an administrator can remove it all the same with a guard set up: the guard stays in force', async () => {
  await installAndSetUp();
  const record = machine.readFile('/var/lib/macula-host/state.json');
  const forced = await machine.run(removeAnyway);
  expect(forced.code, forced.stderr).toBe(0);
  expect(forced.stderr).toMatch(/LAN mode is on(.*\n)*.*its record stays in \/var\/lib\/macula-host/);
  expect(await machine.must(['nft', 'list', 'ruleset'])).toContain('table inet macula');
  expect(machine.readFile('/var/lib/macula-host/state.json')).toBe(record);
});

test('an administrator can remove it all the same when the undo is refused, and undo with the next installation', async () => {
  expect((await apt('install', file)).code).toBe(0);
  await takeGuardAway();
  const forced = await whileBusy(machine, () => machine.run(removeAnyway));
  expect(forced.code, forced.stderr).toBe(0);
  expect(forced.stderr).toMatch(/could not put back(.*\n)*.*its record stays in \/var\/lib\/macula-host/);
  expect(machine.readFile('/etc/hosts')).toContain('grafana.macula.local');
  await apt('install', file);
  expect((await apt('purge', 'macula-desktop')).code).toBe(0);
  await forbidDev(machine);
  expect(difference(before, await snapshot(machine))).toEqual([]);
});

test('the command works with an engine', async () => {
  // Last but one, because an engine leaves much behind.
  expect((await apt('install', file)).code).toBe(0);
  await machine.must(['systemctl', 'start', 'docker']);
  const status = JSON.parse(await machine.must(['macula', 'status', '--json'])) as { engine: unknown };
  expect(status.engine).toMatchObject({ state: 'connected' });
  expect(await machine.must(['macula', 'plan'])).toContain('grafana');
});

test('what somebody changed since is left to them, and named', async () => {
  await installAndSetUp();
  await takeGuardAway();
  const hosts = machine.readFile('/etc/hosts').replace('# END MACULA\n', '');
  machine.writeFile('/etc/hosts', hosts);
  const { code, stderr, stdout } = await apt('remove', 'macula-desktop');
  expect(code, stderr + stdout).toBe(0);
  expect(stderr + stdout).toMatch(/left these files as they are.*\n {2}\/etc\/hosts: The marks of Macula's lines/);
  expect(machine.readFile('/etc/hosts')).toBe(hosts);
  expect(machine.exists('/var/lib/macula-host')).toBe(false);
});

async function installAndSetUp(): Promise<void> {
  expect((await apt('install', file)).code).toBe(0);
  allowDev(machine);
  expect((await setUp(machine)).code).toBe(0);
}

// What `macula lan off` asks of the root program once nothing is published any more: the names without the guard.
async function takeGuardAway(): Promise<void> {
  const { names } = everything;
  const intent: HostIntent = names === undefined ? {} : { names };
  const { stdout: shown } = await ask(machine, { verb: 'plan', intent }, 'plainly');
  const { plan } = JSON.parse(shown) as { plan: HostPlan };
  const { code, stdout, stderr } = await ask(machine, { verb: 'apply', intent, plan: plan.hash }, 'pkexec');
  expect(code, stderr + stdout).toBe(0);
}

function statusOfPackage(): Promise<string> {
  return machine.must(['dpkg-query', '--show', '--showformat=${Status}', 'macula-desktop']);
}
