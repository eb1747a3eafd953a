// What needs no engine, and what is said when there is none.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { json, macula, settingsFolder, startMacula } from './support/macula.ts';

const nowhere = { environment: { DOCKER_HOST: 'unix:///nowhere/engine.sock' } };

describe('without an engine', () => {
  test.each([['--help'], ['help'], ['help', 'up'], ['up', '--help'], ['--version'], []])(
    'macula %s works',
    async (...args) => {
      const { code, stdout, stderr } = await macula(args, nowhere);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).not.toBe('');
    },
  );

  test.each([
    [['statsu'], 'Did you mean "status"?'],
    [['up', 'graphana'], 'Did you mean "grafana"?'],
    [['logs', '--tail', 'x'], '--tail wants a number'],
    [['open'], 'wants the name of one service'],
    [['down', 'grafana'], 'takes no names'],
    [['up', '--frobnicate'], 'has no option'],
    [['up', '--follow', '--json'], 'not both'],
  ])('macula %j is a mistake in the words: 2, and told on stderr', async (args, words) => {
    const { code, stdout, stderr } = await macula(args, nowhere);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr).toContain('macula help');
  });

  test.each([['status'], ['up'], ['stop'], ['down'], ['restart'], ['plan'], ['logs'], ['doctor']])(
    'macula %s fails with 1 and says what to do next',
    async (command) => {
      const { code, stdout, stderr } = await macula([command], nowhere);
      expect(code).toBe(1);
      expect(stdout + stderr).toContain('unix:///nowhere/engine.sock');
      expect(stdout + stderr).toContain('Next: ');
    },
  );

  test('status --json is whole', async () => {
    const status = await json(['status'], nowhere);
    expect(status['engine']).toMatchObject({
      state: 'unavailable',
      failure: { code: expect.stringMatching(/^engine-/), nextStep: expect.any(String) },
    });
    expect(status['services']).toHaveLength(7);
  });

  test.each([['up'], ['stop'], ['down'], ['restart'], ['images'], ['logs']])(
    '%s --json prints the outcome, with the failure',
    async (command) => {
      const { code, stdout, stderr } = await macula([command, '--json'], nowhere);
      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({
        command,
        outcome: 'failed',
        engine: { state: 'unavailable' },
        services: expect.any(Array),
        failures: [
          { code: expect.stringMatching(/^engine-/), title: expect.any(String), nextStep: expect.any(String) },
        ],
      });
      expect(stderr).toContain('Next: ');
      // What prints one object a line does so here too.
      if (command === 'logs') expect(stdout.trimEnd()).not.toContain('\n');
    },
  );

  test('open --json names the page', async () => {
    const { code, stdout } = await macula(['open', 'grafana', '--print', '--json'], nowhere);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ id: 'grafana', url: 'http://grafana.macula.localhost:8080/' });
  });

  test('compose prints the pinned stack', async () => {
    const file = await json(['compose'], nowhere);
    expect(file['name']).toBe('macula');
    const { services } = file as { services: Record<string, { image: string }> };
    for (const service of Object.values(services)) expect(service.image).toMatch(/^[^@]+:[^@]+@sha256:[0-9a-f]{64}$/);
  });
});

describe('a reader that goes away', () => {
  test('is no error', async () => {
    const command = startMacula(['help'], nowhere);
    command.process.stdout?.destroy();
    const { code, stderr } = await command.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('settings', () => {
  afterEach(() => rmSync(settingsFolder, { recursive: true, force: true }));

  test('that cannot be read are kept, and every command goes on with the defaults', async () => {
    mkdirSync(settingsFolder, { recursive: true });
    writeFileSync(join(settingsFolder, 'settings.json'), '{"baseDomain": "infra');
    const { stdout, stderr } = await macula(['open', 'grafana', '--print'], nowhere);
    expect(stdout).toBe('http://grafana.macula.localhost:8080/\n');
    expect(stderr).toContain('The settings file could not be read');
    expect(readdirSync(settingsFolder)).toEqual([expect.stringMatching(/^settings\.corrupt-.*\.json$/)]);
  });

  test('are those of the app', async () => {
    mkdirSync(settingsFolder, { recursive: true });
    writeFileSync(join(settingsFolder, 'settings.json'), '{"baseDomain": "infra.test", "disabledServices": ["loki"]}');
    expect((await macula(['open', 'grafana', '--print'], nowhere)).stdout).toBe(
      'http://grafana.infra.localhost:8080/\n',
    );
    const file = (await json(['compose'], nowhere)) as { services: Record<string, unknown> };
    expect(Object.keys(file.services)).not.toContain('loki');
  });
});
