import { describe, expect, it } from 'vitest';
import type { HostAnswer, HostRequest } from '../../../electron/core/host/host-request.ts';
import { parseAnswer, toText } from '../../../electron/host/helper-answer.ts';

const guard = { subnet: '172.23.0.0/16', ports: [3000], interface: 'eth0', ranges: ['192.168.1.0/24'], until: 5 };
const names = { method: 'hosts', names: [{ host: 'grafana.macula.local', address: '127.0.0.4' }] } as const;

const answers: readonly (readonly [HostRequest['verb'], HostAnswer])[] = [
  ['status', { ok: true, verb: 'status', state: { intent: {}, interrupted: false, edited: [] } }],
  [
    'status',
    {
      ok: true,
      verb: 'status',
      state: {
        intent: { names, guard },
        since: 3,
        interrupted: true,
        edited: ['/etc/hosts'],
        guard: { accepted: 1, refused: 2 },
      },
    },
  ],
  [
    'plan',
    {
      ok: true,
      verb: 'plan',
      plan: {
        changes: [
          { path: '/etc/hosts', action: 'change', before: 'a', after: 'b' },
          { path: '/etc/x', action: 'keep', note: 'edited' },
        ],
        commands: ['systemctl restart x'],
        hash: 'ab',
      },
    },
  ],
  ['apply', { ok: true, verb: 'apply', changed: ['/etc/hosts'], kept: [], recovered: false }],
  ['undo', { ok: true, verb: 'undo', changed: [], kept: [{ path: '/etc/hosts', why: 'edited' }], recovered: true }],
  [
    'port-owner',
    { ok: true, verb: 'port-owner', owners: [{ port: 80, inode: '1', process: 2, command: 'a', unit: 'b' }] },
  ],
  ['port-owner', { ok: true, verb: 'port-owner', owners: [] }],
  ['apply', { ok: false, code: 'stale', detail: 'changed' }],
];

describe('the answers of the root program', () => {
  it.each(answers)('%s (%#)', (verb, answer) => {
    expect(parseAnswer(`${JSON.stringify(answer)}\n`, verb)).toEqual(answer);
  });

  it('may hold more than is known of', () => {
    const answer = {
      ok: true,
      verb: 'status',
      state: { intent: {}, interrupted: false, edited: [], later: 1 },
      more: [],
    };
    expect(parseAnswer(`${JSON.stringify(answer)}\n`, 'status')).toMatchObject({ verb: 'status' });
  });

  const applied = { ok: true, verb: 'apply', changed: [], kept: [], recovered: false };
  it.each([
    ['nothing', ''],
    ['half a line', '{"ok":true'],
    ['a line without its end', JSON.stringify(applied)],
    ['two lines', `${JSON.stringify(applied)}\n\n`],
    ['words', 'Segmentation fault\n'],
    ['another answer', `${JSON.stringify({ ...applied, verb: 'undo' })}\n`],
    ['no object', '[]\n'],
    ['null', 'null\n'],
    ['an unknown refusal', '{"ok":false,"code":"whim","detail":"no"}\n'],
    ['a refusal without words', '{"ok":false,"code":"stale"}\n'],
    ['a field of another kind', `${JSON.stringify({ ...applied, changed: '/etc/hosts' })}\n`],
    ['a list of other things', `${JSON.stringify({ ...applied, changed: [1] })}\n`],
    ['a field that is missing', `${JSON.stringify({ ...applied, recovered: undefined })}\n`],
    ['a field of everybody', `${JSON.stringify({ ...applied, kept: undefined, __proto__: { kept: [] } })}\n`],
  ])('%s is none', (_name, text) => {
    expect(() => parseAnswer(text, 'apply')).toThrow(/root program/);
  });

  it('bytes of a file become what people read', () => {
    const bytes = Buffer.from('# Büro, 事務所\n').toString('latin1');
    expect(toText(bytes)).toBe('# Büro, 事務所\n');
    expect(toText('plain\n')).toBe('plain\n');
  });
});
