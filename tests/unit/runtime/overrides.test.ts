// The folder of templates of the user's own, on a real disk.
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { overrideFolder } from '../../../electron/runtime/override-folder.ts';

const templates = ['loki/loki.yml', 'loki/overrides.yml', 'grafana/dashboards/red.json'];

let directory = '';
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'macula-templates-'))));
afterEach(() => {
  chmodSync(directory, 0o700);
  rmSync(directory, { recursive: true, force: true });
});

const at = (path: string): string => join(directory, 'templates', path);
const read = () => overrideFolder(directory).read(templates);

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), content);
}

// Root may read everything.
function asSomebody<T>(work: () => T): T {
  const { getuid, seteuid } = process;
  if (getuid?.() !== 0 || seteuid === undefined) return work();
  chownSync(directory, 65_534, 65_534);
  seteuid(65_534);
  try {
    return work();
  } finally {
    seteuid(0);
  }
}

describe('reading', () => {
  it('finds nothing where there is no folder, and makes none', () => {
    expect(read()).toEqual({ overrides: {}, strays: [] });
    expect(statSync(at(''), { throwIfNoEntry: false })).toBeUndefined();
  });

  it('takes files at the paths of templates, in deeper folders too, and reads them anew each time', () => {
    const source = overrideFolder(directory);
    put('loki/loki.yml', 'one: grüße\n');
    put('grafana/dashboards/red.json', '{}');
    const texts = { 'loki/loki.yml': { text: 'one: grüße\n' }, 'grafana/dashboards/red.json': { text: '{}' } };
    expect(source.read(templates)).toEqual({ overrides: texts, strays: [] });
    put('loki/loki.yml', 'two\n');
    expect(source.read(templates).overrides['loki/loki.yml']).toEqual({ text: 'two\n' });
  });

  it('follows a link that the whole folder is kept by', () => {
    mkdirSync(join(directory, 'elsewhere/loki'), { recursive: true });
    writeFileSync(join(directory, 'elsewhere/loki/loki.yml'), 'one');
    symlinkSync(join(directory, 'elsewhere'), at(''));
    expect(read().overrides).toEqual({ 'loki/loki.yml': { text: 'one' } });
  });

  it('names files that no template goes by, with the name that was probably meant', () => {
    put('loki/loki.yaml', '');
    put('loki.yml', '');
    put('notes/mine/deep.txt', '');
    const problem = 'No template has this name.';
    expect(read().strays.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual([
      { path: 'loki.yml', problem: `${problem} Did you mean "loki/loki.yml"?` },
      { path: 'loki/loki.yaml', problem: `${problem} Did you mean "loki/loki.yml"?` },
      { path: 'notes', problem },
    ]);
  });

  it('passes over what editors and version control leave behind', () => {
    put('.git/config', '');
    put('loki/.loki.yml.swp', '');
    put('loki/loki.yml~', '');
    expect(read()).toEqual({ overrides: {}, strays: [] });
  });

  it.each([
    ['a folder', () => mkdirSync(at('loki/loki.yml'), { recursive: true }), 'It is a folder where a file belongs.'],
    [
      'a link',
      () => {
        put('loki/real.txt', 'x');
        symlinkSync(at('loki/real.txt'), at('loki/loki.yml'));
      },
      'It is a symbolic link where a file belongs.',
    ],
    [
      'a pipe',
      () => {
        mkdirSync(at('loki'), { recursive: true });
        execFileSync('mkfifo', [at('loki/loki.yml')]);
      },
      'It is neither file nor folder, but something else, where a file belongs.',
    ],
    ['more than 1 MB', () => put('loki/loki.yml', 'x'.repeat(1_000_001)), 'It is larger than 1 MB.'],
    ['another encoding', () => put('loki/loki.yml', Uint8Array.of(0x67, 0xfc, 0xdf)), 'It is no text in UTF-8.'],
  ])('names what cannot be used: %s', (_name, make, problem) => {
    make();
    expect(read().overrides).toEqual({ 'loki/loki.yml': { text: '', problem } });
  });

  it('names a link or a file where a folder belongs', () => {
    put('loki', 'x');
    mkdirSync(join(directory, 'elsewhere'));
    symlinkSync(join(directory, 'elsewhere'), at('grafana'));
    expect(read().strays.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual([
      { path: 'grafana', problem: 'It is a symbolic link where a folder belongs.' },
      { path: 'loki', problem: 'It is a file where a folder belongs.' },
    ]);
  });

  it('names a file and a folder that may not be read', () => {
    put('loki/loki.yml', 'x');
    chmodSync(at('loki/loki.yml'), 0);
    expect(asSomebody(read).overrides['loki/loki.yml']).toEqual({ text: '', problem: 'It cannot be read: EACCES.' });
    chmodSync(at(''), 0);
    expect(asSomebody(read)).toEqual({ overrides: {}, strays: [{ path: '', problem: 'It cannot be read: EACCES.' }] });
    chmodSync(at(''), 0o700);
  });

  it('names a file where the folder itself belongs', () => {
    writeFileSync(at(''), 'x');
    expect(read()).toEqual({ overrides: {}, strays: [{ path: '', problem: 'It cannot be read: ENOTDIR.' }] });
  });
});

describe('exporting', () => {
  it('writes the template with its folders, and never over one that is there', () => {
    const source = overrideFolder(directory);
    const path = at('grafana/dashboards/red.json');
    expect(source.write('grafana/dashboards/red.json', '{}')).toEqual({ kind: 'written', path });
    expect(readFileSync(path, 'utf8')).toBe('{}');
    expect(source.write('grafana/dashboards/red.json', 'other')).toEqual({ kind: 'exists', path });
    expect(readFileSync(path, 'utf8')).toBe('{}');
  });

  it('says why it cannot write', () => {
    put('loki', 'a file in the place of the folder');
    const result = overrideFolder(directory).write('loki/loki.yml', '');
    expect(result).toMatchObject({ kind: 'failed', path: at('loki/loki.yml') });
  });

  it('leaves nothing behind on a full disk: half a file would count as the user’s own', (context) => {
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', directory], { stdio: 'ignore' });
    if (mounted.status !== 0) context.skip('only root may mount a disk that is small enough to be full');
    try {
      const result = overrideFolder(directory).write('loki/loki.yml', 'x'.repeat(20_000));
      expect(result).toEqual({ kind: 'failed', path: at('loki/loki.yml'), detail: 'ENOSPC' });
      expect(read()).toEqual({ overrides: {}, strays: [] });
      expect(overrideFolder(directory).write('loki/loki.yml', 'small').kind).toBe('written');
    } finally {
      spawnSync('umount', [directory]);
    }
  });
});

describe('remembering what was refused', () => {
  const refusal = { service: 'loki', key: 'k', words: 'no', kept: { running: 'a', own: 'b' } };

  it('is one file beside the settings, which another process reads', () => {
    overrideFolder(directory).remember([refusal]);
    expect(overrideFolder(directory).recall()).toEqual([refusal]);
    expect(statSync(join(directory, 'refused-templates.json')).mode & 0o777).toBe(0o600);
  });

  it('writes nothing where nothing was ever refused, and nothing when nothing changed', () => {
    const source = overrideFolder(directory);
    expect(source.recall()).toEqual([]);
    source.remember([]);
    const file = join(directory, 'refused-templates.json');
    expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined();
    source.remember([refusal]);
    const { ino } = statSync(file);
    source.remember([refusal]);
    expect(statSync(file).ino).toBe(ino);
    source.remember([]);
    expect(overrideFolder(directory).recall()).toEqual([]);
  });

  it.each([
    ['no JSON', '{'],
    ['something else', '{"a":1}'],
    ['entries of another shape', '[{"service":"loki"}, 3, null]'],
  ])('takes a file with %s for none', (_name, text) => {
    writeFileSync(join(directory, 'refused-templates.json'), text);
    expect(overrideFolder(directory).recall()).toEqual([]);
  });
});
