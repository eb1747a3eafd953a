// The command on a real machine with a real engine: names from the first preview to the last undo, each hop broken and
// repaired as the doctor says, and the LAN as another host on it sees it.
import { existsSync } from 'node:fs';
import { describe, expect, it, type TestContext } from 'vitest';
import type { DoctorCheck } from '../../electron/core/doctor.ts';
import { json, loadImages, macula, maculaOnTerminal, type User } from './support/command-line.ts';
import type { Machine } from './support/machine.ts';
import { lanAddress, wanAddress } from './support/network.ts';
import { waitUntil } from './support/processes.ts';
import { differences, snapshot, type Tree } from '../helper/support/tree.ts';
import { type Setting, useMachine } from './support/use-machine.ts';

let missing: string | undefined;
const useIt = useMachine(async ({ machine }) => {
  await machine.must(['usermod', '--append', '--groups', 'docker', 'dev']);
  await machine.enable('docker');
  missing = await loadImages(machine);
  if (missing !== undefined) return;
  const { code, stdout, stderr } = await macula(machine, 'up');
  if (code !== 0) throw new Error(`${stdout}${stderr}`);
});

function useStack(context: TestContext): Setting {
  const setting = useIt(context);
  context.skip(missing !== undefined, missing);
  return setting;
}

const pages = {
  'prometheus.macula.local': '/-/healthy',
  'grafana.macula.local': '/api/health',
  'loki.macula.local': '/ready',
  'tempo.macula.local': '/ready',
  'draw.macula.local': '/',
};

// The images of the engine are no part of it.
function treeOf({ root }: Machine): Tree {
  const own = `${root}/var/lib/macula-host`;
  return snapshot({ '/etc': `${root}/etc`, ...(existsSync(own) ? { '/var/lib/macula-host': own } : {}) });
}

function changedSince(machine: Machine, before: Tree): readonly string[] {
  return differences(before, treeOf(machine));
}

async function statusOfPages(machine: Machine): Promise<Readonly<Record<string, string>>> {
  const asked = Object.entries(pages).map(async ([host, path]) => {
    const curl = ['curl', '--silent', '--max-time', '5', '--output', '/dev/null', '--write-out', '%{http_code}'];
    const { stdout } = await machine.run([...curl, `http://${host}${path}`], { user: 'dev' });
    return [host, stdout] as const;
  });
  return Object.fromEntries(await Promise.all(asked));
}

const all = (status: string) => Object.fromEntries(Object.keys(pages).map((host) => [host, status]));

async function checksOf(machine: Machine, user: User = 'root'): Promise<readonly DoctorCheck[]> {
  return (await json(machine, 'doctor', user))['checks'] as readonly DoctorCheck[];
}

async function failedOf(machine: Machine): Promise<readonly DoctorCheck[]> {
  return (await checksOf(machine)).filter(({ result }) => result === 'failed');
}

// What the window's button would do.
function repairCommand({ subject, repair }: DoctorCheck): string {
  const action = repair?.action;
  if (action === undefined) throw new Error(`${subject} has no repair`);
  if (action.kind !== 'host') return [action.kind, action.service].filter((word) => word !== undefined).join(' ');
  const { change } = action;
  switch (change.kind) {
    case 'names':
      return `host apply --names ${change.backend} --yes`;
    case 'undo':
      return 'host undo --yes';
    case 'lan-off':
      return 'lan off --yes';
    case 'lan-on':
      return `lan on ${change.services.join(' ')} --for ${change.limit === 'off' ? 'ever' : change.limit} --allow-unprotected --yes`;
  }
}

async function repair(machine: Machine, check: DoctorCheck): Promise<void> {
  const command = repairCommand(check);
  const { code, stdout, stderr } = await macula(machine, command);
  expect(code, `macula ${command}:\n${stdout}${stderr}`).toBe(0);
}

async function expectAllOk(machine: Machine): Promise<void> {
  expect((await checksOf(machine)).filter(({ result }) => result !== 'ok')).toEqual([]);
}

describe('names, for an ordinary user', () => {
  it('are shown before they are set up, and nothing is changed by that', async (context) => {
    const { machine } = useStack(context);
    const before = treeOf(machine);
    const { code, stdout } = await macula(machine, 'host plan', 'dev');
    expect(code).toBe(0);
    expect(stdout).toContain('Set up names through dnsmasq');
    expect(stdout).toContain('+host-record=grafana.macula.local,127.0.0.4');
    expect(stdout).toContain('systemctl restart systemd-resolved.service');
    expect(await json(machine, 'host plan', 'dev')).toMatchObject({
      command: 'host plan',
      outcome: 'done',
      preview: { isEmpty: false, needsRoot: true },
    });
    expect(changedSince(machine, before)).toEqual([]);
    expect(await statusOfPages(machine)).toEqual(all('000'));
    expect((await checksOf(machine, 'dev')).filter(({ result }) => result !== 'ok')).toMatchObject([
      { subject: 'names', result: 'note', repair: { action: { kind: 'host', change: { backend: 'dnsmasq' } } } },
    ]);
  });

  it('are not set up where nobody can be asked: neither the question nor the password', async (context) => {
    const { machine } = useStack(context);
    const before = treeOf(machine);
    const unasked = await macula(machine, 'host apply', 'dev');
    expect(unasked.code).toBe(1);
    expect(unasked.stderr).toContain('Nobody is here to be asked: nothing was done. Say --yes');
    const { code, stderr } = await macula(machine, 'host apply --yes', 'dev');
    expect(code).toBe(1);
    expect(stderr).toContain('In a terminal, this line does the same:');
    expect(await json(machine, 'host apply --yes', 'dev')).toMatchObject({
      outcome: 'failed',
      failures: [{ code: 'host-by-hand' }],
    });
    expect(changedSince(machine, before)).toEqual([]);
    // The line is good for what it says.
    const line = stderr.split('\n').find((each) => each.includes('| sudo')) ?? '';
    await machine.must(['sh', '-c', line]);
    expect(await statusOfPages(machine)).toEqual(all('200'));
    expect((await macula(machine, 'host undo --yes')).code).toBe(0);
    expect(changedSince(machine, before)).toEqual([]);
  });

  it('are not set up for who may not become root', async (context) => {
    const { machine } = useStack(context);
    const before = treeOf(machine);
    const { code, stdout } = await maculaOnTerminal(machine, 'host apply --yes', 'other', [
      ['assword of other', 'other\\r'],
    ]);
    expect(stdout).toContain('This machine cannot be changed from here');
    expect(code).toBe(1);
    expect(changedSince(machine, before)).toEqual([]);
  });

  it('are not set up after a no, nor after Ctrl-C at the question or at the password', async (context) => {
    const { machine } = useStack(context);
    const before = treeOf(machine);
    const no = await maculaOnTerminal(machine, 'host apply', 'dev', [['Go on', 'n\\r']]);
    expect(no.stdout).toContain('Nothing was done.');
    expect(no.code).toBe(1);
    const away = await maculaOnTerminal(machine, 'host apply', 'dev', [['Go on', '\\003']]);
    expect(away.code).toBe(130);
    const dismissed = await maculaOnTerminal(machine, 'host apply', 'dev', [
      ['Go on', 'y\\r'],
      ['assword of dev', '\\003'],
    ]);
    expect(dismissed.stdout).toContain('Nothing was changed.');
    expect(dismissed.code).toBe(130);
    expect(changedSince(machine, before)).toEqual([]);
  });

  it('are set up after a yes and the password; each page answers under its name', async (context) => {
    const { machine } = useStack(context);
    const { code, stdout } = await maculaOnTerminal(machine, 'host apply', 'dev', [
      ['Go on', 'y\\r'],
      ['assword of dev', 'dev\\r'],
    ]);
    expect(stdout).toContain('The names lead to this machine.');
    expect(stdout).toMatch(/grafana\.macula\.local +127\.0\.0\.4 +\S*right/);
    expect(code).toBe(0);
    expect(await statusOfPages(machine)).toEqual(all('200'));
    expect((await checksOf(machine, 'dev')).filter(({ result }) => result !== 'ok')).toEqual([]);
    expect((await macula(machine, 'status', 'dev')).stdout).toContain('http://grafana.macula.local/');
  });

  it('have nothing to change then, and nobody is asked', async (context) => {
    const { machine } = useStack(context);
    expect(await macula(machine, 'host apply', 'dev')).toEqual({ code: 0, stdout: 'Nothing to change.\n', stderr: '' });
    expect((await macula(machine, 'host status', 'dev')).stdout).toContain('are set up through a dnsmasq');
  });
});

describe('the doctor names the hop that was broken, and its repair works:', () => {
  it.for([
    ['the ingress is stopped', 'docker stop --time 1 macula-nginx-ingress', ['container macula-nginx-ingress']],
    ['a service is stopped', 'docker stop --time 1 macula-loki', ['container macula-loki']],
    ['a service is killed', 'docker kill macula-prometheus', ['container macula-prometheus']],
    ['a service is removed', 'docker rm --force macula-grafana', ['container macula-grafana']],
    ['a service hangs', 'docker pause macula-tempo', ['tempo is ready']],
    ['the ingress hangs', 'docker pause macula-nginx-ingress', ['ingress is ready']],
    [
      'the resolver of the names is gone',
      'systemctl stop macula-dns',
      Object.keys(pages).map((host) => `name ${host}`),
    ],
    [
      'a file of the names is gone',
      'rm /etc/systemd/resolved.conf.d/60-macula-host.conf',
      ['file /etc/systemd/resolved.conf.d/60-macula-host.conf'],
    ],
  ] as const)('%s', async ([, command, expected], context) => {
    const { machine } = useStack(context);
    await machine.must(command.split(' '));
    const failed = await failedOf(machine);
    expect(failed.map(({ subject }) => subject)).toEqual(expected);
    for (const { nextStep } of failed) expect(nextStep).toMatch(/macula|sudo/);
    await repair(machine, failed[0]!);
    await expectAllOk(machine);
    expect(await statusOfPages(machine)).toEqual(all('200'));
  });

  it('a line of the hosts file leads a name elsewhere', async (context) => {
    const { machine } = useStack(context);
    const before = machine.readFile('/etc/hosts');
    machine.writeFile('/etc/hosts', `${before}127.0.0.99 grafana.macula.local\n`);
    const [check, ...others] = await failedOf(machine);
    expect(others).toEqual([]);
    const number = before.split('\n').length;
    expect(check).toMatchObject({
      subject: 'name grafana.macula.local',
      detail: `It leads to 127.0.0.99, not to 127.0.0.4. Line ${number} of the hosts file says so, and is not Macula's.`,
    });
    await machine.must(['sed', '-i', `${number}d`, '/etc/hosts']);
    expect(machine.readFile('/etc/hosts')).toBe(before);
    await expectAllOk(machine);
  });

  it('a file of the names was edited', async (context) => {
    const { machine } = useStack(context);
    const path = '/etc/macula-host/dnsmasq.conf';
    machine.writeFile(path, `${machine.readFile(path)}# mine\n`);
    const [check, ...others] = await failedOf(machine);
    expect(others).toEqual([]);
    expect(check?.subject).toBe(`file ${path}`);
    // As its next step says.
    await machine.must(['mv', path, `${path}.edited`]);
    expect((await macula(machine, 'host apply --yes')).code).toBe(0);
    await machine.must(['rm', `${path}.edited`]);
    await expectAllOk(machine);
  });

  it('port 80 was switched off for a while', async (context) => {
    const { machine } = useStack(context);
    const settings = '/root/.config/macula-desktop/settings.json';
    machine.writeFile(settings, '{ "publishPort80": false }');
    expect((await macula(machine, 'up')).code).toBe(0);
    expect((await checksOf(machine)).filter(({ result }) => result !== 'ok')).toMatchObject([
      { subject: 'pages on port 80', result: 'note' },
    ]);
    machine.writeFile(settings, '{}');
    const failed = await failedOf(machine);
    expect(failed.map(({ subject }) => subject)).toEqual([3, 4, 5, 6, 7].map((last) => `port 127.0.0.${last}:80`));
    await repair(machine, failed[0]!);
    await expectAllOk(machine);
  });

  it('a change was cut off', async (context) => {
    const { machine } = useStack(context);
    const record = '/var/lib/macula-host/state.json';
    const state = JSON.parse(machine.readFile(record)) as { intent: object };
    machine.writeFile(record, JSON.stringify({ ...state, pending: [state.intent] }));
    const failed = await failedOf(machine);
    expect(failed.map(({ subject }) => subject)).toEqual(['changes of this machine']);
    expect((await macula(machine, 'host status')).stdout).toContain('An earlier change was cut off');
    await repair(machine, failed[0]!);
    await expectAllOk(machine);
  });

  it('somebody took a port', async (context) => {
    const { machine } = useStack(context);
    await machine.must(['docker', 'stop', '--time', '1', 'macula-loki']);
    await machine.must(['systemd-run', '--unit=taker', 'nc', '-lk', '127.0.0.5', '3100']);
    await waitUntil(async () => (await macula(machine, 'port 3100')).stdout.includes('127.0.0.5'), 'it listens');
    const [check, ...others] = await failedOf(machine);
    expect(others).toEqual([]);
    expect(check).toMatchObject({ subject: 'port 127.0.0.5:3100', detail: expect.stringMatching(/taken: nc/) });
    expect((await macula(machine, 'port 3100 --root')).stdout).toContain('taker.service');
    expect((await macula(machine, 'port 3100', 'dev')).stdout).toContain('--root tells more');
    await machine.must(['systemctl', 'stop', 'taker']);
    await repair(machine, check!);
    await expectAllOk(machine);
    expect(await macula(machine, 'port 3101')).toEqual({
      code: 0,
      stdout: 'Nobody listens on port 3101.\n',
      stderr: '',
    });
  });

  it.for([
    ["the engine's disk", '/small', '64m'],
    ["the settings' disk", '/root/.config/macula-desktop', '1m'],
  ])('%s is full', async ([subject = '', folder = '', size], context) => {
    const { machine } = useStack(context);
    const configuration = '/etc/docker/daemon.json';
    await machine.must(['mkdir', '--parents', folder]);
    await machine.must(['mount', '-t', 'tmpfs', '-o', `size=${size}`, 'none', folder]);
    try {
      // What it says counts for the engine from its next start on, and for the doctor now.
      if (folder === '/small') machine.writeFile(configuration, '{ "data-root": "/small/docker" }');
      const failed = await failedOf(machine);
      expect(failed).toMatchObject([{ subject, detail: expect.stringContaining('Only ') }]);
    } finally {
      await machine.must(['umount', folder]);
      await machine.must(['rm', '--force', configuration]);
    }
    await expectAllOk(machine);
  });

  it('there is no engine: it is named, and names are still looked at', async (context) => {
    const { machine } = useStack(context);
    const away = ['env', 'DOCKER_HOST=unix:///nowhere', '/opt/node/bin/node', '/opt/macula/cli.js'];
    const { stdout } = await machine.run([...away, 'doctor', '--json']);
    const { checks } = JSON.parse(stdout) as { checks: readonly DoctorCheck[] };
    expect(checks.filter(({ result }) => result === 'failed').map(({ subject }) => subject)).toEqual(['engine']);
    expect(checks.map(({ subject }) => subject)).toContain('name grafana.macula.local');
  });
});

describe('the LAN', () => {
  it('is not let in by halves: no word for what has no password, no service, no such service', async (context) => {
    const { machine } = useStack(context);
    expect(await macula(machine, 'lan on prometheus --yes')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--allow-unprotected'),
    });
    expect(await macula(machine, 'lan on')).toMatchObject({ code: 2, stderr: expect.stringContaining('grafana') });
    expect(await macula(machine, 'lan on ingress --yes')).toMatchObject({ code: 2 });
    expect((await macula(machine, 'lan status')).stdout).toContain('Only this machine reaches the services.');
  });

  it('reaches what was opened, and nobody else does', async (context) => {
    const { machine, network } = useStack(context);
    expect(await network.lan.reach(lanAddress, 9090)).toBe('refused');
    const { code, stdout } = await macula(machine, 'lan on prometheus --allow-unprotected --yes');
    expect(code).toBe(0);
    expect(stdout).toContain('Made anew: Prometheus');
    expect(stdout).toContain(`http://${lanAddress}:9090/`);
    expect(await network.lan.reach(lanAddress, 9090)).toBe('open');
    expect(await network.wan.reach(wanAddress, 9090)).toBe('silent');
    expect(await network.lan.reach(lanAddress, 3100)).toBe('refused');
    expect((await macula(machine, 'lan status')).stdout).toMatch(/59 min \d+ s left/);
    const page = await network.lan.run(['curl', '--silent', '--max-time', '5', `http://${lanAddress}:9090/-/ready`]);
    expect(page.stdout).toContain('Ready');
    const checks = await checksOf(machine);
    expect(checks.filter(({ result }) => result !== 'ok')).toEqual([]);
    expect(checks.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(['LAN guard', `LAN ${lanAddress}:9090`]),
    );
    expect(await statusOfPages(machine)).toEqual(all('200'));
  });

  it('has a guard that the doctor misses when it is gone, and puts back', async (context) => {
    const { machine, network } = useStack(context);
    await machine.must(['nft', 'delete', 'table', 'inet', 'macula']);
    expect(await network.wan.reach(wanAddress, 9090)).toBe('open');
    const failed = await failedOf(machine);
    expect(failed.map(({ subject }) => subject)).toEqual(['LAN guard']);
    await repair(machine, failed[0]!);
    expect(await network.wan.reach(wanAddress, 9090)).toBe('silent');
    expect(await network.lan.reach(lanAddress, 9090)).toBe('open');
    await expectAllOk(machine);
  });

  it('is no surprise to another user of the machine', async (context) => {
    const { machine } = useStack(context);
    const checks = await checksOf(machine, 'dev');
    expect(checks.filter(({ result }) => result === 'failed')).toEqual([]);
    expect(checks.find(({ subject }) => subject === 'LAN guard')).toMatchObject({ result: 'note' });
  });

  it('mode that is off, with a port still open, is closed by its repair', async (context) => {
    const { machine, network } = useStack(context);
    machine.writeFile('/root/.config/macula-desktop/settings.json', '{}');
    await machine.must(['nft', 'delete', 'table', 'inet', 'macula']);
    const failed = await failedOf(machine);
    expect(failed).toMatchObject([{ subject: 'LAN', detail: expect.stringContaining('LAN mode is off.') }]);
    await repair(machine, failed[0]!);
    expect(await network.lan.reach(lanAddress, 9090)).toBe('refused');
    await expectAllOk(machine);
  });

  it('is shut out again', async (context) => {
    const { machine, network } = useStack(context);
    expect((await macula(machine, 'lan on prometheus --for ever --allow-unprotected --yes')).code).toBe(0);
    expect(await network.lan.reach(lanAddress, 9090)).toBe('open');
    const { code, stdout } = await macula(machine, 'lan off --yes');
    expect(code).toBe(0);
    expect(stdout).toContain('Nothing is published to the LAN any more.');
    expect(await network.lan.reach(lanAddress, 9090)).toBe('refused');
    expect(await macula(machine, 'lan off')).toEqual({ code: 0, stdout: 'Nothing to change.\n', stderr: '' });
    await expectAllOk(machine);
  });
});

describe('an undo', () => {
  it('puts everything back to the byte, without an engine too', async (context) => {
    const { machine } = useStack(context);
    expect((await macula(machine, 'host undo --yes')).code).toBe(0);
    const before = treeOf(machine);
    expect((await macula(machine, 'host apply --names hosts --yes')).code).toBe(0);
    expect(await statusOfPages(machine)).toEqual(all('200'));
    await expectAllOk(machine);
    await machine.must(['systemctl', 'stop', 'docker', 'docker.socket']);
    const { code, stdout } = await macula(machine, 'host undo --yes');
    expect(stdout).toContain('This machine is as it was before.');
    expect(code).toBe(0);
    expect(changedSince(machine, before)).toEqual([]);
    expect(await macula(machine, 'host undo')).toEqual({ code: 0, stdout: 'Nothing to change.\n', stderr: '' });
  });
});
