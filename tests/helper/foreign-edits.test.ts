// What others write into the same files is theirs: it is never lost, whatever comes before or after it.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { HostAnswer } from '../../electron/core/host/host-request.ts';
import { guarded, knownNames, namesBy } from './support/intents.ts';
import { obstacle, Sandbox } from './support/sandbox.ts';
import { differences } from './support/tree.ts';

const reason = obstacle();
const names = namesBy('hosts');
const [begin, end] = ['# BEGIN MACULA (managed; what is changed between these lines is lost)\n', '# END MACULA\n'];
let sandbox: Sandbox;

beforeAll(async () => {
  if (reason === undefined) sandbox = await new Sandbox().ready();
});
afterAll(async () => {
  if (reason === undefined) await sandbox.close();
});
beforeEach((context) => context.skip(reason !== undefined, reason));

const hosts = (): string => readFileSync(join(sandbox.etc, 'hosts'), 'latin1');
const write = (text: string): void => writeFileSync(join(sandbox.etc, 'hosts'), text, 'latin1');
const codeOf = (answer: HostAnswer): string => (answer.ok ? 'ok' : answer.code);

describe('whatever the hosts file is', () => {
  const files: Readonly<Record<string, string>> = {
    'with the line ends of Windows': '127.0.0.1\tlocalhost\r\n10.0.0.1\tmine\r\n',
    'without a last line end': '127.0.0.1\tlocalhost',
    empty: '',
    'of line ends only': '\n\n\n',
    'with UTF-8': '127.0.0.1\tlocalhost # gr\xc3\xbc\xc3\x9fe\n',
    'with bytes that are no UTF-8': '127.0.0.1\tlocalhost # gr\xfc\xdfe \xff\xfe\x80\n',
    'with bytes of nothing': '127.0.0.1\tlocalhost\n# \0\0\n',
    'with a mark inside a line': `127.0.0.1\tlocalhost\n# no ${begin}`,
  };
  test.each(Object.entries(files))('%s: exact undo', async (_, text) => {
    sandbox.reset({ hosts: text });
    const before = sandbox.tree();
    await sandbox.applied(names);
    expect(hosts()).toContain('127.0.0.3\tprometheus.macula.local\n');
    expect(hosts().startsWith(text)).toBe(true);
    await sandbox.undone();
    expect(differences(before, sandbox.tree())).toEqual([]);
  });

  test.each(Object.entries(files))('%s: with an edit since', async (_, text) => {
    sandbox.reset({ hosts: text });
    await sandbox.applied(names);
    write(`10.9.9.9\tfirst\n${hosts()}10.9.9.8\tlast\n`);
    await sandbox.undone();
    const lineEnd = text === '' || text.endsWith('\n') ? '' : '\n';
    expect(hosts()).toBe(`10.9.9.9\tfirst\n${text}${lineEnd}10.9.9.8\tlast\n`);
  });

  test.each(['\n', '\r\n'])('with lines of ours that no record knows: they go', async (lineEnd) => {
    const ours = `${begin}127.0.0.9\told.macula.local\n${end}`.replaceAll('\n', lineEnd);
    sandbox.reset({ hosts: `127.0.0.1\tlocalhost\n${ours}10.0.0.1\tmine\n` });
    await sandbox.applied(names);
    expect(hosts()).not.toContain('old.macula.local');
    await sandbox.undone();
    expect(hosts()).toBe('127.0.0.1\tlocalhost\n10.0.0.1\tmine\n');
  });

  test('absent: gone again', async () => {
    sandbox.reset();
    rmSync(join(sandbox.etc, 'hosts'));
    const before = sandbox.tree();
    await sandbox.applied(names);
    expect(hosts()).toContain('grafana.macula.local');
    await sandbox.undone();
    expect(differences(before, sandbox.tree())).toEqual([]);
  });

  test('absent, and lines of others since: they stay', async () => {
    sandbox.reset();
    rmSync(join(sandbox.etc, 'hosts'));
    await sandbox.applied(names);
    write(`${hosts()}10.0.0.1\tmine\n`);
    await sandbox.undone();
    expect(hosts()).toBe('10.0.0.1\tmine\n');
  });
});

describe('lines of others', () => {
  const edits: Readonly<Record<string, (text: string) => string>> = {
    before: (text) => `10.0.0.1\tmine\n${text}`,
    after: (text) => `${text}10.0.0.1\tmine\n`,
  };
  test.each(Object.entries(edits))('%s ours stay, also through another apply', async (_, edit) => {
    sandbox.reset();
    const text = hosts();
    await sandbox.applied(namesBy('hosts', 2));
    write(edit(hosts()));
    const again = await sandbox.applied(names);
    expect(again.changed).toEqual(['/etc/hosts']);
    expect(hosts()).toContain('10.0.0.1\tmine\n');
    await sandbox.undone();
    expect(hosts()).toBe(edit(text));
  });

  test('are told of', async () => {
    sandbox.reset();
    await sandbox.applied(names);
    write(`${hosts()}10.0.0.1\tmine\n`);
    const answer = await sandbox.ask({ verb: 'status' }, { isNobody: true });
    expect(answer).toMatchObject({ ok: true, state: { edited: ['/etc/hosts'], interrupted: false } });
  });

  test('among ours go with them, as the mark says', async () => {
    sandbox.reset();
    const text = hosts();
    await sandbox.applied(names);
    write(hosts().replace(begin, `${begin}10.0.0.1\tmine\n`));
    await sandbox.undone();
    expect(hosts()).toBe(text);
  });

  test('stay when ours were deleted by hand', async () => {
    sandbox.reset();
    await sandbox.applied(names);
    write('127.0.0.1\tlocalhost\n10.0.0.1\tmine\n');
    await sandbox.undone();
    expect(hosts()).toBe('127.0.0.1\tlocalhost\n10.0.0.1\tmine\n');
  });

  test('stay when they are all that is left: a deleted file stays deleted', async () => {
    sandbox.reset();
    await sandbox.applied(names);
    rmSync(join(sandbox.etc, 'hosts'));
    const { changed } = await sandbox.undone();
    expect(changed).toEqual([]);
    expect(sandbox.tree().has('/etc/hosts')).toBe(false);
  });
});

describe('marks that do not belong together', () => {
  const damaged: Readonly<Record<string, (text: string) => string>> = {
    'no end': (text) => text.replace(end, ''),
    'no begin': (text) => text.replace(begin, ''),
    'in the wrong order': (text) => text.replace(begin, '#\n').replace(end, begin).replace('#\n', end),
    'two begins': (text) => text.replace(begin, begin + begin),
    'two ends': (text) => `${text}${end}`,
    'two of each': (text) => `${text}${begin}${end}`,
  };
  test.each(Object.entries(damaged))('%s: apply refuses, undo leaves them', async (_, damage) => {
    sandbox.reset();
    await sandbox.applied(names);
    write(damage(hosts()));
    const before = sandbox.tree();
    const plan = await sandbox.ask({ verb: 'plan', intent: namesBy('hosts', 2) });
    expect(codeOf(plan)).toBe('damaged-block');
    expect(codeOf(await sandbox.ask({ verb: 'apply', intent: names, plan: '0'.repeat(64) }))).toBe('damaged-block');
    expect(differences(before, sandbox.tree())).toEqual([]);
    const undone = await sandbox.undone();
    expect(undone).toMatchObject({ changed: [], kept: [{ path: '/etc/hosts', why: expect.stringContaining('line') }] });
    const isHosts = (path: string): boolean => path === '/etc/hosts';
    expect(differences(before, sandbox.tree(), isHosts)).toEqual([]);
    expect([...sandbox.tree().keys()].filter((path) => path.includes('macula'))).toEqual([]);
  });
});

describe('between the preview and the change', () => {
  test('an edit makes the preview stale, and nothing is touched', async () => {
    sandbox.reset();
    const { hash } = await sandbox.plan(names);
    write(`${hosts()}10.0.0.1\tmine\n`);
    const before = sandbox.tree();
    expect(codeOf(await sandbox.ask({ verb: 'apply', intent: names, plan: hash }))).toBe('stale');
    expect(differences(before, sandbox.tree())).toEqual([]);
  });

  test('another intent is not what was shown', async () => {
    sandbox.reset();
    const { hash } = await sandbox.plan(names);
    const before = sandbox.tree();
    expect(codeOf(await sandbox.ask({ verb: 'apply', intent: namesBy('hosts', 2), plan: hash }))).toBe('stale');
    expect(differences(before, sandbox.tree())).toEqual([]);
  });

  test('the preview of an undo is the one of the empty intent', async () => {
    sandbox.reset();
    await sandbox.applied(names);
    const { hash } = await sandbox.plan({});
    write(`${hosts()}10.0.0.1\tmine\n`);
    expect(codeOf(await sandbox.ask({ verb: 'undo', plan: hash }))).toBe('stale');
    expect(codeOf(await sandbox.ask({ verb: 'undo', plan: (await sandbox.plan({})).hash }))).toBe('ok');
  });
});

describe('at the same moment', () => {
  const once = (line: string): string =>
    `[ -e /run/done ] || { touch /run/done; echo '${line}' >>/etc/hosts; }; exit 0`;
  afterEach(() => {
    for (const name of ['systemctl', 'dnsmasq'] as const) sandbox.standIn(name);
    rmSync(sandbox.runPath('done'), { force: true });
  });

  test('an edit before ours is in place is not written over', async () => {
    sandbox.reset(knownNames);
    const text = hosts();
    await sandbox.applied(names);
    sandbox.standIn('dnsmasq', once('10.0.0.1 mine'));
    expect(codeOf(await sandbox.apply(namesBy('dnsmasq')))).toBe('stale');
    expect(hosts()).toMatch(/10\.0\.0\.1 mine\n$/);
    await sandbox.undone();
    expect(hosts()).toBe(`${text}10.0.0.1 mine\n`);
  });

  test('an edit before the change is done is not taken for ours', async () => {
    sandbox.reset();
    const text = hosts();
    sandbox.standIn('systemctl', once('10.0.0.1 mine'));
    await sandbox.applied({ ...names, ...guarded() });
    expect(hosts()).toMatch(/10\.0\.0\.1 mine\n$/);
    await sandbox.undone();
    expect(hosts()).toBe(`${text}10.0.0.1 mine\n`);
  });
});

describe('a file of our own', () => {
  const path = '/etc/dnsmasq.d/60-macula-host.conf';
  const own = (): string => join(sandbox.etc, 'dnsmasq.d/60-macula-host.conf');

  test('that somebody edited is kept, and said', async () => {
    sandbox.reset(knownNames);
    await sandbox.applied(namesBy('dnsmasq'));
    writeFileSync(own(), `${readFileSync(own(), 'utf8')}address=/mine/10.0.0.1\n`);
    expect((await sandbox.undone()).kept).toEqual([{ path, why: expect.stringContaining('edited') }]);
    expect(readFileSync(own(), 'utf8')).toContain('address=/mine/10.0.0.1\n');
    expect([...sandbox.tree().keys()].filter((each) => each.startsWith('/var/lib/macula'))).toEqual([]);
  });

  test('that somebody edited is not written over', async () => {
    sandbox.reset(knownNames);
    await sandbox.applied(namesBy('dnsmasq', 2));
    writeFileSync(own(), 'address=/mine/10.0.0.1\n');
    const before = sandbox.tree();
    expect(codeOf(await sandbox.ask({ verb: 'plan', intent: namesBy('dnsmasq') }))).toBe('foreign-file');
    const answer = await sandbox.ask({ verb: 'apply', intent: namesBy('dnsmasq'), plan: '0'.repeat(64) });
    expect(codeOf(answer)).toBe('foreign-file');
    expect(differences(before, sandbox.tree())).toEqual([]);
  });

  test('that was there before us is not written over', async () => {
    sandbox.reset({ ...knownNames, 'dnsmasq.d/60-macula-host.conf': 'address=/mine/10.0.0.1\n' });
    const before = sandbox.tree();
    const answer = await sandbox.ask({ verb: 'apply', intent: namesBy('dnsmasq'), plan: '0'.repeat(64) });
    expect(codeOf(answer)).toBe('foreign-file');
    expect(differences(before, sandbox.tree())).toEqual([]);
  });

  test('whose folder was deleted is no obstacle', async () => {
    sandbox.reset(knownNames);
    const before = sandbox.tree();
    await sandbox.applied(namesBy('resolved'));
    rmSync(join(sandbox.etc, 'macula-host'), { recursive: true });
    await sandbox.applied(namesBy('resolved', 3));
    rmSync(join(sandbox.etc, 'macula-host'), { recursive: true });
    await sandbox.undone();
    expect(differences(before, sandbox.tree())).toEqual([]);
  });

  test('leaves its folder to what others put there', async () => {
    sandbox.reset(knownNames);
    await sandbox.applied(namesBy('dnsmasq'));
    writeFileSync(join(sandbox.etc, 'dnsmasq.d/mine.conf'), '');
    await sandbox.undone();
    const left = [...sandbox.tree().keys()].filter((each) => each.startsWith('/etc/dnsmasq.d'));
    expect(left).toEqual(['/etc/dnsmasq.d', '/etc/dnsmasq.d/mine.conf']);
  });
});

test('asked again, nothing changes', async () => {
  sandbox.reset();
  await sandbox.applied(names);
  const before = sandbox.tree();
  for (let left = 2; left > 0; left -= 1) expect((await sandbox.applied(names)).changed).toEqual([]);
  expect(differences(before, sandbox.tree())).toEqual([]);
  await sandbox.undone();
  expect((await sandbox.undone()).changed).toEqual([]);
});
