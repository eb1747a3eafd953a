// What is written and run for each intent, word for word, and that the programs it is for understand it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GuardIntent, HostIntent, NamesMethod } from '../../electron/core/host/host-request.ts';
import type { Group } from '../../electron/host/helper/group.ts';
import { macAliases, macResolver } from '../../electron/host/helper/render-mac.ts';
import { render, timed } from '../../electron/host/helper/render.ts';
import { findCommand } from '../../build/bootstrap/system.mjs';
import { guarded, namesBy } from './support/intents.ts';
import { obstacle } from './support/sandbox.ts';

const reason = obstacle();
const methods: readonly NamesMethod[] = ['hosts', 'resolved', 'delegate', 'network-manager', 'dnsmasq'];
const until = Date.UTC(2030, 0, 2, 3, 4, 5);
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'macula-rendering-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function shown(groups: Iterable<readonly [string, Group]>): string {
  return [...groups]
    .flatMap(([name, { files, up, down }]) => [
      `== ${name}`,
      ...files.map(({ path, text, isBlock }) => `-- ${path}${isBlock === true ? ' (lines in it)' : ''}\n${text}`),
      ...[...up.map((command) => ['up', command] as const), ...down.map((command) => ['down', command] as const)].map(
        ([when, { program, args, input, mayFail }]) =>
          `-- ${when}: ${[program, ...args].join(' ')}${mayFail === true ? ' (may fail)' : ''}${input === undefined ? '' : ` <\n${input}`}`,
      ),
    ])
    .join('\n');
}

describe('word for word', () => {
  test.each(methods)('names by %s', async (method) => {
    await expect(shown(render(namesBy(method, 2)))).toMatchFileSnapshot(`golden/${method}.txt`);
  });

  test('nothing', () => {
    expect(shown(render({}))).toBe('');
  });

  test.for([
    ['guard', guarded()],
    ['guard-until', guarded({ until })],
  ] as const)('%s', async ([name, intent], context) => {
    context.skip(findCommand('nft') === undefined, 'without nft nothing is left to be done with it');
    await expect(shown(render(intent))).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  test('on macOS', async () => {
    const { names } = namesBy('resolver', 2);
    const groups = [
      ...macAliases(['127.0.0.3', '127.0.0.4']),
      ['names by resolver', macResolver(names?.names ?? [], 'CONFIGURATION\n')],
    ] as const;
    await expect(shown(groups)).toMatchFileSnapshot('golden/mac.txt');
  });
});

function filesOf(intent: HostIntent): readonly { readonly path: string; readonly text: string }[] {
  return [...render(intent).values()].flatMap((group) => group.files);
}

function textOf(intent: HostIntent, path: string): string {
  const file = filesOf(intent).find((each) => each.path === path);
  if (file === undefined) throw new Error(`${path} is not rendered`);
  return file.text;
}

function written(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

describe('the packet filter understands', () => {
  const guards: Readonly<Record<string, Partial<GuardIntent>>> = {
    'both families': {},
    'IPv4 only': { ranges: ['192.168.1.0/24', '10.0.0.0/16', '169.254.0.0/16'] },
    'IPv6 only': { ranges: ['fe80::/64', '2001:db8::1/128', 'fd00:1:2:3::7/64'] },
    'ranges within each other': { ranges: ['192.168.0.0/16', '192.168.1.0/24', 'fd00::/48', 'fd00::/64'] },
    'all ports': { ports: [3000, 3100, 3200, 4317, 4318, 8888, 9090] },
    'an interface with marks': { interface: 'enp0s31f6.10_-a' },
  };
  const cases = Object.entries(guards).flatMap(([title, more]) => [
    [title, guarded(more)] as const,
    [`${title}, for a time`, guarded({ ...more, until: Date.now() + 3_600_000 })] as const,
  ]);
  test.for(cases)('%s', ([, intent], context) => {
    context.skip(reason !== undefined, reason);
    const group = render(intent).get('guard');
    const commands = [...(group?.up ?? []), ...(group?.down ?? [])].map((command) => timed(command, intent));
    const inputs = commands.flatMap(({ input }) => (input === undefined ? [] : [input]));
    expect(inputs.length).toBe(2);
    for (const input of [...inputs, ...inputs, textOf(intent, '/etc/macula-host/guard.nft')]) {
      execFileSync('unshare', ['--net', 'nft', '-f', '-'], { input, stdio: ['pipe', 'ignore', 'pipe'] });
    }
  });
});

describe('dnsmasq understands', () => {
  const paths = {
    dnsmasq: '/etc/dnsmasq.d/60-macula-host.conf',
    'network-manager': '/etc/NetworkManager/dnsmasq.d/60-macula-host.conf',
    resolved: '/etc/macula-host/dnsmasq.conf',
    delegate: '/etc/macula-host/dnsmasq.conf',
  } as const;
  test.for(Object.entries(paths))('%s', ([method, path], context) => {
    context.skip(findCommand('dnsmasq') === undefined, 'dnsmasq is not installed');
    const file = written('dnsmasq.conf', textOf(namesBy(method as NamesMethod), path));
    const said = execFileSync('dnsmasq', ['--test', `--conf-file=${file}`], { stdio: 'pipe' });
    expect(said.toString()).toBe('');
  });
});

describe('systemd understands', () => {
  test.for([
    ['macula-dns', namesBy('resolved')],
    ['macula-guard', guarded()],
  ] as const)('%s', ([unit, intent], context) => {
    context.skip(findCommand('systemd-analyze') === undefined, 'systemd is not installed');
    const file = written(`units/${unit}.service`, textOf(intent, `/etc/systemd/system/${unit}.service`));
    expect(execFileSync('systemd-analyze', ['verify', '--man=no', file], { stdio: 'pipe' }).toString()).toBe('');
  });
});

test('a limit is in seconds, and never none', () => {
  const input = 'x timeout (the seconds that are left)';
  const command = { program: 'nft', args: [], input };
  const timeOf = (moment: number): string | undefined => timed(command, guarded({ until: moment })).input;
  expect(timeOf(Date.now() + 10_500)).toBe('x timeout 11s');
  expect(timeOf(Date.now() - 10_500)).toBe('x timeout 1s');
});

test('what launchd reads is whole XML', () => {
  const { names } = namesBy('resolver', 2);
  const groups = [...macAliases(['127.0.0.3']), ['', macResolver(names?.names ?? [], '')] as const];
  const lists = groups.flatMap(([, { files }]) => files).filter(({ path }) => path.endsWith('.plist'));
  expect(lists.length).toBe(2);
  for (const { text } of lists) {
    const open: string[] = [];
    for (const [, slash = '', name = '', end = ''] of text.matchAll(/<(\/?)([a-zA-Z]+)[^<>]*?(\/?)>/g)) {
      if (slash === '/') expect(open.pop()).toBe(name);
      else if (end !== '/') open.push(name);
    }
    expect(open).toEqual([]);
    expect(text.replaceAll(/<[^<>]*>/g, '')).not.toMatch(/[<>&]/);
  }
});
