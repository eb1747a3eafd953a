// Settings by the command line, without an engine and on a real one. Grafana's own interface is a stand-in behind the
// stub in the stack.
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { putBehindStub } from '../support/grafana-behind-stub.ts';
import { type GrafanaStandIn, startGrafanaStandIn } from '../support/grafana-stand-in.ts';
import { containersWith, filesWith, processesWith } from '../support/seek-secret.ts';
import { json, macula, settingsFolder, startInTerminal } from './support/macula.ts';
import { changedServices, containerRuns, useStack } from './support/stack.ts';

const nowhere = { environment: { DOCKER_HOST: 'unix:///nowhere/engine.sock' } };
const saved = () => JSON.parse(readFileSync(join(settingsFolder, 'settings.json'), 'utf8')) as Record<string, unknown>;

afterEach(() => rmSync(join(settingsFolder, 'settings.json'), { force: true }));

describe('without an engine, settings', () => {
  test('are listed, each with its value', async () => {
    const { code, stdout, stderr } = await macula(['settings'], nowhere);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^httpPort +8080$/m);
    expect(stdout).toMatch(/^retention\.logs\.days +7$/m);
    expect(await json(['settings', 'list'], nowhere)).toMatchObject({ settings: { httpPort: 8080 } });
  });

  test('are set, shown with their default beside them, and tried', async () => {
    const set = await macula(['settings', 'set', 'httpPort', '9080'], nowhere);
    expect(set).toMatchObject({ code: 0, stderr: '' });
    expect(set.stdout).toContain('what runs was not looked at');
    expect(saved()).toMatchObject({ httpPort: 9080 });
    expect((await macula(['settings', 'get', 'httpPort'], nowhere)).stdout).toBe('9080\n');
    expect((await macula(['settings'], nowhere)).stdout).toMatch(/^httpPort +9080 \(default: 8080\)$/m);
    const preview = await macula(['settings', 'preview', 'baseDomain', 'example.com'], nowhere);
    expect(preview.stdout).toContain('may belong to somebody on the Internet');
    expect(saved()).not.toHaveProperty('baseDomain');
  });

  test.each([
    [['settings', 'get', 'htpPort'], 'Did you mean "httpPort"?'],
    [['settings', 'set', 'httpPort', '80'], 'httpPort wants a port from 1024 to 65535, not "80".'],
    [['settings', 'set', 'httpPort'], 'wants <key> <value>'],
    [['settings', 'set', 'lan', 'on'], 'macula lan'],
    [['settings', 'password'], 'by standard input'],
  ])('that are no good are refused: %j', async (words, expected) => {
    const { code, stderr } = await macula(words, nowhere);
    expect(code).toBe(2);
    expect(stderr).toContain(expected);
  });

  test('that do not go together are refused, and nothing is saved', async () => {
    const { code, stderr } = await macula(['settings', 'set', 'httpPort', '3000'], nowhere);
    expect(code).toBe(1);
    expect(stderr).toContain('Port 3000 cannot be for the pages at 127.0.0.1 and for Grafana at once.');
    expect(() => saved()).toThrow('ENOENT');
  });

  test('a password that is typed is not shown, and has to be typed twice', async () => {
    for (const again of ['typed secret', 'another one']) {
      const command = startInTerminal(['settings', 'password'], nowhere);
      await command.until(/New password: /);
      command.process.stdin?.write('typed secret\r');
      await command.until(/New password again: /);
      command.process.stdin?.write(`${again}\r`);
      const { code } = await command.ended;
      expect(code).toBe(1);
      expect(command.text()).not.toMatch(/typed secret|another one/);
      expect(command.text()).toContain(again === 'typed secret' ? 'is not running' : 'The two are not the same.');
    }
  });

  test('are reset only on a yes', async () => {
    await macula(['settings', 'set', 'httpPort', '9080'], nowhere);
    expect(await macula(['settings', 'reset'], nowhere)).toMatchObject({ code: 1 });
    expect(saved()).toMatchObject({ httpPort: 9080 });
    expect(await macula(['settings', 'reset', '--yes'], nowhere)).toMatchObject({ code: 0 });
    expect(saved()).toMatchObject({ httpPort: 8080 });
  });
});

describe('with the stack', () => {
  const needsStack = useStack();
  const first = 'first secret 1';
  const second = 'second secret 2';
  let grafana: GrafanaStandIn;
  beforeAll(async () => {
    grafana = await startGrafanaStandIn('0.0.0.0');
  });
  afterAll(() => grafana?.close());

  test('a change tells what the next up does, touches nothing before, and the pages move', async (context) => {
    needsStack(context);
    expect(await macula(['up'])).toMatchObject({ code: 0 });
    const before = await containerRuns();
    const set = await macula(['settings', 'set', 'httpPort', '9080']);
    expect(set.stdout).toContain('Gets a new container with the next "macula up": Ingress, Grafana.\n');
    expect(await containerRuns(), 'nothing is touched by it').toEqual(before);
    // What waits for the next up makes nothing look broken meanwhile.
    expect(await json(['status'])).toMatchObject({ stack: { state: 'ready' } });
    expect(await macula(['up'])).toMatchObject({ code: 0 });
    expect(changedServices(before, await containerRuns())).toEqual(['grafana', 'ingress']);
    expect((await fetch('http://127.0.0.1:9080/healthz')).status).toBe(200);
    await expect(fetch('http://127.0.0.1:8080/healthz')).rejects.toThrow('fetch failed');
    expect((await macula(['open', 'grafana', '--print'])).stdout).toBe('http://grafana.macula.localhost:9080/\n');
    const { checks } = (await json(['doctor'])) as { checks: readonly { subject: string; result: string }[] };
    const page = checks.find(({ subject }) => subject === 'page http://grafana.macula.localhost:9080/');
    expect(page?.result).toBe('ok');
  });

  test('the password is changed in Grafana and is in nothing that others can read', async (context) => {
    needsStack(context);
    expect(await macula(['up'])).toMatchObject({ code: 0 });
    await putBehindStub(grafana);
    const changed = await macula(['settings', 'password'], { input: `${first}\n` });
    expect(changed).toMatchObject({ code: 0, stderr: '' });
    expect(changed.stdout).toContain('secrets.json beside the settings, which only you may read');
    expect(grafana.password).toBe(first);

    const wrong = await macula(['settings', 'password', '--current'], { input: `not it\n${second}\n` });
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('It was tried once');
    expect([grafana.refusals, grafana.password]).toEqual([1, first]);
    const again = await json(['settings', 'password'], { input: `${second}\n` });
    expect(again).toMatchObject({ outcome: 'done', password: { kept: 'file', grafana: 'accepted' } });

    expect(filesWith(settingsFolder, second)).toEqual(['secrets.json']);
    expect(filesWith(settingsFolder, first)).toEqual([]);
    expect(statSync(join(settingsFolder, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(await containersWith(second)).toEqual([]);
    expect(await containersWith('ADMIN_PASSWORD')).toEqual([]);
    expect(processesWith(second)).toEqual([]);
    for (const words of [['status'], ['compose'], ['settings'], ['logs'], ['doctor']]) {
      const { stdout, stderr } = await macula([...words, ...(words[0] === 'logs' ? [] : ['--json'])]);
      expect(`${stdout}${stderr}`, words.join(' ')).not.toContain(second);
    }
  });

  test('a Grafana that lost its volume gets the kept password again with the next up', async (context) => {
    needsStack(context);
    expect(await macula(['down', '--volumes', '--yes'])).toMatchObject({ code: 0 });
    grafana.password = 'admin';
    expect(await macula(['up'])).toMatchObject({ code: 0 });
    // The stub of now does not ask the stand-in yet: nobody said anything, and nothing was lost.
    expect(grafana.password).toBe('admin');
    await putBehindStub(grafana);
    expect(await macula(['up'])).toMatchObject({ code: 0 });
    expect(grafana.password).toBe(second);
    grafana.asked.length = 0;
    expect(await macula(['up'])).toMatchObject({ code: 0 });
    expect(grafana.asked, 'it is seen to once').toEqual([]);
  });
});
