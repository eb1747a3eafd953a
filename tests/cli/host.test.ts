// macula host, lan, port and doctor on this very machine, of which nothing is changed: what they tell, in which shape.
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { json, macula } from './support/macula.ts';

const nowhere = { environment: { DOCKER_HOST: 'unix:///nowhere/engine.sock' } };

describe('without an engine', () => {
  test('host status tells where the names lead and which ways there are', async () => {
    const { code, stdout, stderr } = await macula(['host', 'status'], nowhere);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const label of ['prometheus', 'grafana', 'loki', 'tempo', 'draw'])
      expect(stdout).toContain(`${label}.macula.local`);
    expect(stdout).toContain('Ways to set them up:');
    expect(stdout).toContain('LAN: not known while no container engine answers.');
    expect(await json(['host', 'status'], nowhere)).toMatchObject({
      command: 'host status',
      outcome: 'done',
      failures: [],
      host: { names: { hosts: expect.any(Array), choices: expect.any(Array) }, lan: { services: expect.any(Array) } },
    });
  });

  test('host plan is whole', async () => {
    expect(await json(['host', 'plan', '--names', 'localhost'], nowhere)).toMatchObject({
      command: 'host plan',
      outcome: 'done',
      preview: { isEmpty: true, files: [], commands: [] },
    });
  });

  test.each([['status'], ['on']])('lan %s fails with 1, in JSON too', async (verb) => {
    const { code, stderr } = await macula(['lan', verb], nowhere);
    expect(code).toBe(1);
    expect(stderr).toContain('Next: ');
    expect(await json(['lan', verb], nowhere)).toMatchObject({
      command: `lan ${verb}`,
      outcome: 'failed',
      failures: [{ code: 'engine-not-running' }],
    });
  });

  test('the doctor looks at the rest', async () => {
    const { checks } = (await json(['doctor'], nowhere)) as { checks: { subject: string }[] };
    const subjects = checks.map(({ subject }) => subject);
    expect(subjects[0]).toBe('engine');
    expect(subjects.some((subject) => subject.startsWith('name'))).toBe(true);
    expect(subjects).toContain("the settings' disk");
  });
});

test('port tells who listens', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  try {
    const { code, stdout } = await macula(['port', `${port}`], nowhere);
    expect(code).toBe(0);
    expect(stdout).toContain(`127.0.0.1:${port}: `);
    expect(stdout).toContain(`process ${process.pid}`);
    expect(await json(['port', `${port}`], nowhere)).toMatchObject({
      command: 'port',
      port,
      holders: [{ address: '127.0.0.1', port }],
    });
  } finally {
    server.close();
  }
});
