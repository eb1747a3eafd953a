// Events and logs.
import { expect } from 'vitest';
import type { EngineEvent, LogLine } from '../../electron/core/engine-port.ts';
import { until } from './engine-under-test.ts';
import type { EngineCase } from './suite.ts';

export const streamCases: readonly EngineCase[] = [
  {
    obligation: 'events arrive, of what happens after the subscription, with the service they are about',
    async verify(run) {
      const stop = new AbortController();
      const events = await run.listen(stop.signal);
      expect(events[0]).toMatchObject({ kind: 'engine', action: 'subscribed' });
      const began = Date.now();
      const id = await run.run(run.desired('eventful', { kind: 'say', stdout: [] }));
      await run.engine.stopContainer(id, 1);
      await run.engine.removeContainer(id);
      const ours = () => events.filter((event) => event.id === id);
      await until(ours, (found) => found.some((event) => event.action === 'destroy'));
      stop.abort();
      const actions = ours().map((event) => event.action);
      const expected = ['create', 'start', 'die', 'destroy'];
      expect(actions.filter((action) => expected.includes(action))).toEqual(expected);
      expect(ours().every((event) => event.service === 'eventful' && event.kind === 'container')).toBe(true);
      // Podman's clock here ticks in seconds.
      expect(Math.abs((ours()[0]?.at ?? 0) - began)).toBeLessThan(5000);
    },
  },
  {
    obligation: 'events of volumes arrive too',
    async verify(run) {
      const stop = new AbortController();
      const events = await run.listen(stop.signal);
      const name = run.volume('eventful');
      await run.engine.createVolume(name, run.labels());
      const isThere = (event: EngineEvent) => event.kind === 'volume' && event.id === name;
      await until(
        () => events,
        (found) => found.some(isThere),
      );
      expect(events.find(isThere)).toMatchObject({ action: 'create' });
      stop.abort();
    },
  },
  {
    obligation: 'a log is followed in order while it is written, and ends with the container',
    async verify(run) {
      const id = await run.run(run.desired('counting', { kind: 'count', to: 5000 }));
      const lines: LogLine[] = [];
      const query = { service: 'counting', containerId: id, follow: true, signal: AbortSignal.timeout(20_000) };
      for await (const batch of run.engine.logs(query)) {
        lines.push(...batch);
        if (lines.length === 5000) await run.engine.removeContainer(id);
      }
      expect(query.signal.aborted).toBe(false);
      expect(lines.map((line) => line.text)).toEqual(count(5000));
      expect(lines.every((line) => line.service === 'counting' && line.stream === 'stdout')).toBe(true);
      expect(lines[0]?.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/);
    },
  },
  {
    obligation: 'a log that is followed ends cleanly when it is no longer wanted',
    async verify(run) {
      const id = await run.run(run.desired('followed', { kind: 'say', stdout: ['first'] }));
      const stop = new AbortController();
      const seen: LogLine[] = [];
      const query = { service: 'followed', containerId: id, follow: true, signal: stop.signal };
      for await (const batch of run.engine.logs(query)) {
        seen.push(...batch);
        stop.abort();
      }
      expect(seen.map((line) => line.text)).toEqual(['first']);
    },
  },
  {
    obligation: 'a consumer that is slow makes the engine wait and loses nothing',
    async verify(run) {
      const total = 100_000;
      const id = await run.run(run.desired('many', { kind: 'count', to: total }));
      // Podman fails on a line that is only half written yet.
      const last = () => run.lines(id, { tail: 1 }).catch(() => []);
      await until(last, ([line]) => line?.text === String(total));
      const seen: string[] = [];
      let batches = 0;
      const query = { service: 'many', containerId: id, follow: false, signal: new AbortController().signal };
      for await (const batch of run.engine.logs(query)) {
        for (const line of batch) seen.push(line.text);
        batches += 1;
        if (batches % 10 === 0 && batches < 300) await new Promise((resolve) => setTimeout(resolve, 20));
      }
      expect(batches).toBeGreaterThan(10);
      expect(seen).toHaveLength(total);
      expect(seen).toEqual(count(total));
    },
  },
  {
    // Plain text: Docker's own log files lose a character of several bytes where they cut a line.
    obligation: 'a line of a megabyte arrives whole',
    realOnly: true,
    async verify(run) {
      const script = "i=0; while [ $i -lt 50000 ]; do echo -n 'unbroken-0123456789-'; i=$((i+1)); done; echo";
      const id = await run.run(run.desired('endless', { kind: 'script', script }));
      const [line] = (await run.output(id)).split('\n');
      expect(line).toBe('unbroken-0123456789-'.repeat(50_000));
    },
  },
  {
    obligation: 'the last lines of a log, and none for a container that is gone',
    async verify(run) {
      const id = await run.run(run.desired('tailed', { kind: 'say', stdout: ['a', 'b', 'c'] }));
      await until(
        () => run.lines(id),
        (lines) => lines.length === 3,
      );
      expect((await run.lines(id, { tail: 2 })).map((line) => line.text)).toEqual(['b', 'c']);
      await run.engine.removeContainer(id);
      expect(await run.lines(id)).toEqual([]);
    },
  },
  {
    obligation: 'lines from a moment on, none of them missing, and lines up to one',
    async verify(run) {
      const id = await run.run(run.desired('since', { kind: 'say', stdout: ['before'] }));
      const [before] = await until(
        () => run.lines(id),
        (lines) => lines.length === 1,
      );
      // Podman tells time by whole seconds.
      await new Promise((resolve) => setTimeout(resolve, 2100));
      await run.engine.restartContainer(id, 1);
      await until(
        () => run.lines(id),
        (lines) => lines.length === 2,
      );
      const from = Date.parse(before?.timestamp ?? '') / 1000 + 1;
      expect(await run.lines(id, { since: from })).toHaveLength(1);
      expect(await run.lines(id, { since: from - 1 })).toHaveLength(2);
      // Up to a moment: no line that is a second or more after it.
      const time = Date.parse(before?.timestamp ?? '') / 1000;
      expect(await run.lines(id, { until: time })).toEqual([before]);
      expect(await run.lines(id, { until: time - 2 })).toEqual([]);
      expect(await run.lines(id, { since: time, until: time + 60 })).toHaveLength(2);
    },
  },
];

function count(to: number): readonly string[] {
  return Array.from({ length: to }, (_unused, index) => String(index + 1));
}
