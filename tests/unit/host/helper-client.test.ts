// The real root program where it only reads. sudo and pkexec are stand-ins here, small scripts; the real ones are asked
// in tests/host.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { HostRequest } from '../../../electron/core/host/host-request.ts';
import type { Surroundings } from '../../../electron/host/elevation.ts';
import { createHelperClient, type HelperOptions, refusalOf } from '../../../electron/host/helper-client.ts';
import type { HelperPlace } from '../../../electron/host/helper-place.ts';
import { runProgram } from '../../../electron/host/run-program.ts';
import { hostPort } from '../../../electron/host/system-host.ts';

const folder = mkdtempSync(join(tmpdir(), 'macula-client-'));
afterAll(() => rmSync(folder, { recursive: true }));

function script(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  return file;
}

const real: HelperPlace = {
  argv: [process.execPath, fileURLToPath(new URL('../../../dist/helper.js', import.meta.url))],
  isPackaged: false,
};
const sudo = script('sudo-stand-in', 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"');
const pkexec = script('pkexec-stand-in', '[ "$1" = --disable-internal-agent ] || exit 9; shift; exec "$@"');
const nobody: Surroundings = { isRoot: false, canGainRights: true, isTerminal: false, isDesktop: false };

function client(around: Partial<Surroundings>, change: Partial<HelperOptions> = {}) {
  return createHelperClient({ place: real, around: () => ({ ...nobody, ...around }), run: runProgram, ...change });
}

const refusal = (failure: object) => expect.objectContaining({ failure: expect.objectContaining(failure) });
const intent = {
  names: { method: 'dnsmasq', names: [{ host: 'grafana.macula.local', address: '127.0.0.4' }] },
} as const;
const nothing: HostRequest = { verb: 'port-owner', ports: [1] };

describe('the real root program, which only reads here', () => {
  it('shows what a change would do, and takes its hash for granted until then', async () => {
    const plan = await hostPort(client({})).plan(intent);
    expect(plan.changes).toEqual([
      {
        path: '/etc/dnsmasq.d/60-macula-host.conf',
        action: 'create',
        after: expect.stringContaining('host-record=grafana.macula.local,127.0.0.4'),
      },
    ]);
    expect(plan.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await hostPort(client({})).plan(intent)).toEqual(plan);
  });

  it('says what is set up, who holds a port, and why it refuses', async () => {
    const host = hostPort(client({ isRoot: true }));
    expect(await host.status()).toMatchObject({ interrupted: false });
    expect(await host.portOwners([1])).toEqual([]);
    const wrong = { names: { ...intent.names, names: [{ host: 'example.com', address: '127.0.0.4' }] } };
    await expect(host.plan(wrong)).rejects.toEqual(refusal({ code: 'host-refused', reason: 'bad-request' }));
    await expect(host.apply(intent, 'no hash')).rejects.toEqual(
      refusal({ code: 'host-refused', reason: 'bad-request' }),
    );
  });

  it.each([
    ['sudo', { sudo, isTerminal: true }],
    ['pkexec', { pkexec, isDesktop: true }],
  ])('is asked through %s in the same way', async (_name, around) => {
    expect(await hostPort(client(around)).portOwners([1])).toEqual([]);
  });

  it('gets nothing of the environment, and a folder that is always there', async () => {
    process.env['MACULA_TEST_SECRET'] = 'x';
    const spy = script('spy', "env | grep -vE '^(_|SHLVL|PWD|OLDPWD)=' | sort; pwd");
    const { stdout } = await runProgram([spy]);
    delete process.env['MACULA_TEST_SECRET'];
    expect(stdout).toBe('LC_ALL=C\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\n/\n');
  });

  it('observes this machine', async () => {
    const facts = await hostPort(client({ isRoot: true })).observe(intent.names.names);
    expect(facts.names).toHaveLength(1);
    expect(facts.elevation.kind).toBe('root');
    expect(facts.lan === undefined).toBe(facts.lanProblem !== undefined);
  });
});

describe('prompts that come to nothing', () => {
  it.each([
    ['pkexec, dismissed', 'pkexec', 'exit 126', { code: 'host-dismissed' }],
    [
      'pkexec, without an agent',
      'pkexec',
      'echo "No authentication agent found." >&2; exit 127',
      { code: 'host-by-hand' },
    ],
    [
      'pkexec that does not work',
      'pkexec',
      'echo odd >&2; exit 3',
      { code: 'host-unavailable', detail: 'pkexec ended with 3: odd' },
    ],
    [
      'sudo, given up with Ctrl-C',
      'sudo',
      'echo "sudo: a password is required" >&2; exit 1',
      { code: 'host-dismissed' },
    ],
    ['sudo, ended by Ctrl-C', 'sudo', 'kill -INT $$', { code: 'host-dismissed' }],
    [
      'sudo, three wrong passwords',
      'sudo',
      'echo "sudo: 3 incorrect password attempts" >&2; exit 1',
      { code: 'host-dismissed' },
    ],
    [
      'sudo, three wrong passwords on a machine that does not know its name',
      'sudo',
      'echo "sudo: unable to resolve host x" >&2; echo "sudo: 3 incorrect password attempts" >&2; exit 1',
      { code: 'host-dismissed' },
    ],
    [
      'sudo for one who may not',
      'sudo',
      'echo "dev is not in the sudoers file." >&2; exit 1',
      { code: 'host-unavailable', detail: 'dev is not in the sudoers file.' },
    ],
    [
      'sudo without a terminal',
      'sudo',
      'echo "sudo: a terminal is required to read the password" >&2; exit 1',
      { code: 'host-by-hand' },
    ],
    ['sudo that is not there', 'sudo', 'rm "$0"; exit 4', { code: 'host-unavailable' }],
  ] as const)('%s', async (_name, program, text, failure) => {
    const around = { [program]: script('prompt-stand-in', text), isTerminal: program === 'sudo', isDesktop: true };
    await expect(client(around).askAsRoot(nothing)).rejects.toEqual(refusal(failure));
  });

  it("the words of sudo reach the user while it waits, the root program's own do not", async () => {
    const said: string[] = [];
    const say = (words: string) => void said.push(words);
    const talking = script('talking-stand-in', 'echo "Sorry, try again." >&2; exit 1');
    await client({ sudo: talking, isTerminal: true }, { say })
      .askAsRoot(nothing)
      .catch(() => undefined);
    await client({ pkexec: talking, isDesktop: true }, { say })
      .askAsRoot(nothing)
      .catch(() => undefined);
    expect(said.join('')).toBe('Sorry, try again.\n');
  });

  it('pkexec that was ended is no dismissal', () => {
    const ended = { code: 128, stdout: '', stderr: 'ended by SIGKILL', isCut: false };
    expect(refusalOf('pkexec', ended)).toBe('pkexec ended with 128: ended by SIGKILL');
    expect(refusalOf('sudo', ended)).toBe('sudo ended with 128: ended by SIGKILL');
  });
});

describe('without a prompt', () => {
  it('there is a line to run by hand, which does the same', async () => {
    const request: HostRequest = { verb: 'apply', intent, plan: 'ab' };
    const line = `printf %s '${JSON.stringify(request)}' | sudo ${real.argv.join(' ')}`;
    const host = hostPort(client({ sudo }));
    await expect(host.apply(intent, 'ab')).rejects.toEqual(refusal({ code: 'host-by-hand', commandLine: line }));
    expect(await host.commandLine(intent, 'ab')).toBe(line);
    expect(await host.commandLine({}, 'ab')).toContain('{"verb":"undo","plan":"ab"}');
  });

  it('that line is one for a shell, wherever the program is', async () => {
    const odd = script("an odd folder's program", 'exec cat');
    const line = client({}, { place: { argv: [odd], isPackaged: false } }).commandLine(nothing);
    const { stdout } = await runProgram(['/bin/sh', '-c', line.replace('| sudo', '|')]);
    expect(JSON.parse(stdout)).toEqual(nothing);
    const quoted: HostRequest = { verb: 'undo', plan: "'; reboot; '" };
    expect(() => client({}).commandLine(quoted)).toThrow('quote');
  });

  it('nothing is asked where there is no root program, or no way to be root', async () => {
    const place = { ...real, problem: 'It is not installed.' };
    const detail = 'It is not installed.';
    await expect(client({ isRoot: true }, { place }).askAsRoot(nothing)).rejects.toEqual(
      refusal({ code: 'host-unavailable', detail }),
    );
    await expect(client({}, { place }).ask(nothing)).rejects.toEqual(refusal({ code: 'host-unavailable', detail }));
    await expect(client({ canGainRights: false }).askAsRoot(nothing)).rejects.toEqual(
      refusal({ code: 'host-unavailable' }),
    );
  });

  it('nothing is asked that the app itself does not take for a request', async () => {
    const asked: unknown[] = [];
    const check = (request: unknown) => {
      asked.push(request);
      return Promise.resolve(false);
    };
    await expect(client({ isRoot: true }, { check }).askAsRoot(nothing)).rejects.toEqual(
      refusal({ code: 'host-refused', reason: 'bad-request' }),
    );
    expect(asked).toEqual([nothing]);
  });

  it('a packaged root program that is another one is not run', async () => {
    const place = { argv: [script('another', 'exit 0')], isPackaged: true };
    await expect(client({ isRoot: true }, { place, sha256: 'ab' }).askAsRoot(nothing)).rejects.toEqual(
      refusal({ code: 'host-unavailable' }),
    );
  });
});

describe('a root program that fails', () => {
  it.each([
    ['says nothing', 'exit 70', /no answer/],
    ['says something else', 'echo hello', /JSON/],
    ['says too much', 'yes', /too much/],
  ])('%s', async (_name, text, message) => {
    const place = { argv: [script('failing', text)], isPackaged: false };
    await expect(client({ isRoot: true }, { place }).askAsRoot(nothing)).rejects.toThrow(message);
  });

  it('takes too long', async () => {
    const ended = await runProgram([script('slow', 'exec sleep 60')], { limitMilliseconds: 100 });
    expect(ended).toMatchObject({ isCut: true, stdout: '' });
  });

  it('is not there', async () => {
    expect(await runProgram([join(folder, 'nothing')])).toMatchObject({ code: 127, isCut: false });
  });
});
