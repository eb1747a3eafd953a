// Ended at any moment, in order or not: nothing is lost, and the next run finishes the work.
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { catalog } from '../../electron/core/catalog/index.ts';
import { runningServices, stackContainers } from '../e2e/engine-api.ts';
import { waitUntil } from '../e2e/wait-until.ts';
import { startCountingProxy } from './support/counting-proxy.ts';
import { json, macula, startInTerminal, startMacula } from './support/macula.ts';
import { containerRuns, useStack } from './support/stack.ts';

const all = catalog.map((service) => service.id).toSorted();
const needsStack = useStack();

describe('Ctrl-C', () => {
  test('during up ends it in order with 130, says what was left, and up goes on from there', async (context) => {
    needsStack(context);
    const up = startMacula(['up']);
    await up.until(/starting/);
    up.interrupt();
    const { code, stderr } = await up.ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/^Interrupted\. (Left as it is: |Nothing runs\.)/);
    expect(await json(['up'])).toMatchObject({ outcome: 'done', stack: { state: 'ready' } });
    expect(await runningServices()).toEqual(all);
  });

  test('during up --json is told in JSON', async (context) => {
    needsStack(context);
    await macula(['down']);
    const up = startMacula(['up', '--json']);
    await waitUntil('a container is made', async () => ((await stackContainers()).length > 0 ? true : undefined), 20);
    up.interrupt();
    const { code, stdout } = await up.ended;
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ command: 'up', outcome: 'cancelled' });
  });

  test('ends up --follow by stopping the stack; changes are told until then', async (context) => {
    needsStack(context);
    await macula(['stop']);
    const up = startMacula(['up', '--follow']);
    await up.until(/Ctrl-C stops the stack/);
    expect(up.text()).toContain('http://grafana.macula.localhost:8080/');
    await macula(['stop', 'excalidraw']);
    await up.until(/^\d\d:\d\d:\d\d excalidraw: off/m);
    up.interrupt();
    expect((await up.ended).code).toBe(0);
    expect(await runningServices()).toEqual([]);
  });

  test('while up --follow is still starting stops what it had started', async (context) => {
    needsStack(context);
    const up = startMacula(['up', '--follow']);
    await waitUntil('a service runs', async () => ((await runningServices()).length > 0 ? true : undefined), 20);
    up.interrupt();
    const { code, stderr } = await up.ended;
    expect({ code, stderr }).toEqual({ code: 130, stderr: 'Interrupted.\n' });
    expect(await runningServices()).toEqual([]);
  });

  test('at the end of up --follow leaves what ran before it', async (context) => {
    needsStack(context);
    await macula(['up', 'excalidraw']);
    const before = await containerRuns();
    const running = await runningServices();
    const up = startMacula(['up', '--follow']);
    await up.until(/Ctrl-C stops .*; what ran before goes on/);
    expect(await runningServices()).toEqual(all);
    up.interrupt();
    expect((await up.ended).code).toBe(0);
    expect(await runningServices()).toEqual(running);
    const after = await containerRuns();
    for (const id of running) expect(after[id]).toBe(before[id]);

    const again = startMacula(['up', 'excalidraw', '--follow']);
    await again.until(/all of it ran before/);
    again.interrupt();
    expect((await again.ended).code).toBe(0);
    expect(await runningServices()).toEqual(running);
    await macula(['stop']);
  });

  test('twice leaves at once', async (context) => {
    needsStack(context);
    const up = startMacula(['up', '--follow']);
    await waitUntil('a service runs', async () => ((await runningServices()).length > 0 ? true : undefined), 20);
    up.interrupt();
    await up.until(/Interrupted/);
    up.interrupt();
    expect((await up.ended).code).toBe(130);
    await macula(['stop']);
  });

  test('ends up --follow although a service failed: the others are followed and then stopped', async (context) => {
    needsStack(context);
    await macula(['down']);
    const proxy = await startCountingProxy({
      answers: (call) =>
        call.includes('name=macula-excalidraw') ? { status: 500, body: { message: 'refused by the test' } } : undefined,
    });
    try {
      const up = startMacula(['up', '--follow'], { environment: { DOCKER_HOST: proxy.endpoint } });
      await up.until(/Ctrl-C stops the stack/);
      // On the other stream, so it may be read a moment later.
      await up.until(/Next: /);
      expect(await runningServices()).toEqual(all.filter((id) => id !== 'excalidraw'));
      up.interrupt();
      expect((await up.ended).code).toBe(1);
      expect(await runningServices()).toEqual([]);
    } finally {
      await proxy.close();
    }
  });

  test('ends logs --follow, which goes on over a restart', async (context) => {
    needsStack(context);
    await macula(['up', 'ingress']);
    const logs = startMacula(['logs', 'ingress', '--follow', '--tail', '0']);
    await sleep(500);
    await macula(['restart', 'ingress']);
    await logs.until(/^ingress \| /m);
    logs.interrupt();
    expect((await logs.ended).code).toBe(0);
  });

  test('at the question of down --volumes changes nothing', async (context) => {
    needsStack(context);
    const down = startInTerminal(['down', '--volumes']);
    await down.until(/Go on\? \[y\/N\]/);
    down.process.stdin?.write('\u0003');
    expect((await down.ended).code).toBe(130);
    expect(await runningServices()).toEqual(['ingress']);
  });
});

describe('killed', () => {
  // A fixed sequence: what fails once can be looked at again.
  const moments = [150, 300, 450, 600, 900, 1300, 1800, 2500];

  test.for(moments)('%d ms after its start, up is finished by the next up', async (milliseconds, context) => {
    needsStack(context);
    await macula(['down', '--volumes', '--yes']);
    const up = startMacula(['up']);
    await sleep(milliseconds);
    up.process.kill('SIGKILL');
    await up.ended;
    expect(await json(['up'])).toMatchObject({ outcome: 'done', failures: [], stack: { state: 'ready' } });
    expect(await runningServices()).toEqual(all);
    expect((await macula(['plan'])).stdout).toBe('nothing to do\n');
  });

  test('in the middle of down, down is finished by the next down', async (context) => {
    needsStack(context);
    await macula(['up']);
    const down = startMacula(['down']);
    await down.until(/off/);
    down.process.kill('SIGKILL');
    await down.ended;
    expect((await macula(['down'])).code).toBe(0);
    expect(await stackContainers()).toEqual([]);
  });
});
