import { describe, expect, it } from 'vitest';
import {
  chooseElevation,
  elevatedArgv,
  hasNoNewPrivileges,
  lookAround,
  type Surroundings,
} from '../../../electron/host/elevation.ts';
import type { HelperPlace } from '../../../electron/host/helper-place.ts';

const packaged: HelperPlace = { argv: ['/usr/lib/macula-host/macula-host'], isPackaged: true };
const nothing: Surroundings = { isRoot: false, canGainRights: true, isTerminal: false, isDesktop: false };
const programs = { sudo: '/usr/bin/sudo', pkexec: '/usr/bin/pkexec' };
const prompt = '[Macula] Password of %p, to change this machine: ';

const cases: readonly (readonly [string, Partial<Surroundings>, string, readonly string[] | undefined])[] = [
  ['root', { isRoot: true, canGainRights: false }, 'root', ['/usr/lib/macula-host/macula-host']],
  [
    'a terminal',
    { ...programs, isTerminal: true, isDesktop: true },
    'sudo',
    ['/usr/bin/sudo', '-p', prompt, '--', '/usr/lib/macula-host/macula-host'],
  ],
  [
    'a desktop',
    { ...programs, isDesktop: true },
    'pkexec',
    ['/usr/bin/pkexec', '--disable-internal-agent', '/usr/lib/macula-host/macula-host'],
  ],
  [
    'a terminal on a desktop without sudo',
    { pkexec: '/usr/bin/pkexec', isTerminal: true, isDesktop: true },
    'pkexec',
    ['/usr/bin/pkexec', '--disable-internal-agent', '/usr/lib/macula-host/macula-host'],
  ],
  ['a desktop without pkexec', { sudo: '/usr/bin/sudo', isDesktop: true }, 'by-hand', undefined],
  ['neither, as in a script', programs, 'by-hand', undefined],
  ['a terminal without sudo', { pkexec: '/usr/bin/pkexec', isTerminal: true }, 'by-hand', undefined],
  ['neither sudo nor pkexec', { isTerminal: true }, 'by-hand', undefined],
  [
    'no way to more rights',
    { ...programs, canGainRights: false, isTerminal: true, isDesktop: true },
    'none',
    undefined,
  ],
];

describe('how to become root', () => {
  it.each(cases)('%s', (_name, change, kind, argv) => {
    const around = { ...nothing, ...change };
    const elevation = chooseElevation(around, packaged);
    expect(elevation.kind).toBe(kind);
    expect(elevation.detail).toMatch(/\.$/);
    expect(elevatedArgv(elevation, around, packaged.argv)).toEqual(argv);
  });

  it('not at all with a root program that is not safe, even as root', () => {
    const unsafe = { ...packaged, problem: 'It is not safe.' };
    expect(chooseElevation({ ...nothing, isRoot: true }, unsafe)).toEqual({ kind: 'none', detail: 'It is not safe.' });
  });

  it('where the kernel says that no rights can be gained', () => {
    expect(hasNoNewPrivileges('Name:\tnode\nNoNewPrivs:\t1\nSeccomp:\t2\n')).toBe(true);
    expect(hasNoNewPrivileges('Name:\tnode\nNoNewPrivs:\t0\n')).toBe(false);
    expect(hasNoNewPrivileges('')).toBe(false);
  });

  it('the tests themselves can be looked at', () => {
    expect(lookAround().isRoot).toBe(process.getuid?.() === 0);
  });
});
