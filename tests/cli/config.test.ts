// Templates of the user's own, by the command line; no engine is needed but to check.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { json, macula, settingsFolder } from './support/macula.ts';

const nowhere = { environment: { DOCKER_HOST: 'unix:///nowhere/engine.sock' } };
const folder = join(settingsFolder, 'templates');
const own = join(import.meta.dirname, '../../resources/templates');

afterEach(() => rmSync(settingsFolder, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const lineOf = (stdout: string, template: string) => stdout.split('\n').find((line) => line.startsWith(template)) ?? '';

describe('config list', () => {
  test('shows every template, where it goes, and the folder', async () => {
    const { code, stdout, stderr } = await macula(['config', 'list'], nowhere);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(lineOf(stdout, 'loki/loki.yml')).toMatch(/Macula's own +loki: \/etc\/loki\/loki.yml$/);
    expect(stdout).toContain(`Yours are in ${folder}\n`);
  });

  test('shows which are the user’s, which of them are ignored and why, and what is of no use', async () => {
    put('loki/loki.yml', 'auth_enabled: false\n');
    put('tempo/tempo.yml', '{{nonsense}}\n');
    put('nginx/ingress.cnf', '');
    const { code, stdout } = await macula(['config', 'list'], nowhere);
    expect(code).toBe(0);
    expect(lineOf(stdout, 'loki/loki.yml')).toMatch(/ yours +loki:/);
    expect(lineOf(stdout, 'tempo/tempo.yml')).toContain('yours, ignored');
    expect(stdout).toContain('  The template names "nonsense", which has no value\n');
    expect(stdout).toContain(
      'Of no use there: nginx/ingress.cnf. No template has this name. Did you mean "nginx/ingress.conf"?\n',
    );
    const data = await json(['config', 'list'], nowhere);
    expect(data).toMatchObject({ folder, strays: [{ path: 'nginx/ingress.cnf' }] });
    expect(data['templates']).toContainEqual({
      template: 'tempo/tempo.yml',
      service: 'tempo',
      path: '/etc/tempo.yml',
      state: 'ignored',
      problem: 'The template names "nonsense", which has no value',
    });
  });

  test('says of a template whose service is switched off that it is ignored', async () => {
    put('tempo/tempo.yml', 'x: 1\n');
    writeFileSync(join(settingsFolder, 'settings.json'), '{"disabledServices":["tempo"]}');
    const { stdout } = await macula(['config', 'list'], nowhere);
    expect(stdout).toContain('  Tempo is switched off.\n');
  });
});

describe('config export', () => {
  test('writes the app’s own template, which then counts as the user’s and changes nothing', async () => {
    const { code, stdout, stderr } = await macula(['config', 'export', 'loki/loki.yml'], nowhere);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const path = join(folder, 'loki/loki.yml');
    expect(stdout).toContain(`Written: ${path}`);
    expect(readFileSync(path, 'utf8')).toBe(readFileSync(join(own, 'loki/loki.yml'), 'utf8'));
  });

  test('never writes over one that is there', async () => {
    put('loki/loki.yml', 'mine');
    const { code, stdout, stderr } = await macula(['config', 'export', 'loki/loki.yml'], nowhere);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('is there already');
    expect(stderr).toContain('Next: ');
    expect(await json(['config', 'export', 'loki/loki.yml'], nowhere)).toMatchObject({ kind: 'exists' });
    expect(readFileSync(join(folder, 'loki/loki.yml'), 'utf8')).toBe('mine');
  });

  test.each(['loki/overrides.yml', 'tempo/overrides.yml', 'prometheus/targets.json', 'prometheus/observed.json'])(
    'refuses %s, as a file in its place is ignored: no program checks it',
    async (template) => {
      const words = 'It changes while the service runs, and no program checks it.';
      const { code, stdout, stderr } = await macula(['config', 'export', template], nowhere);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(`No file of yours can take the place of ${template}. ${words}\n  Next: `);
      expect(existsSync(join(folder, template))).toBe(false);
      put(template, 'broken');
      const list = await macula(['config', 'list'], nowhere);
      expect(lineOf(list.stdout, template)).toContain('yours, ignored');
      expect(list.stdout).toContain(`  ${words}\n`);
    },
  );

  test.each([
    [['loki.yml'], 'Did you mean "loki/loki.yml"?'],
    [['loki/loki.yaml'], 'Did you mean "loki/loki.yml"?'],
    [['something'], 'macula config list shows them.'],
    [['../settings.json'], 'There is no template'],
    [[], 'wants the name of one template'],
    [['loki/loki.yml', 'tempo/tempo.yml'], 'wants the name of one template'],
  ])('of %j is a mistake in the words', async (names, words) => {
    const { code, stdout, stderr } = await macula(['config', 'export', ...names], nowhere);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
  });
});

test('config check without an engine fails with 1 and says what to do next', async () => {
  const { code, stdout, stderr } = await macula(['config', 'check'], nowhere);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('Next: ');
  expect(await json(['config', 'check'], nowhere)).toMatchObject({ command: 'config check', outcome: 'failed' });
});
