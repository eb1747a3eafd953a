// What runs when the engine is closed or goes away.
import { expect } from 'vitest';
import type { LogLine } from '../../electron/core/engine-port.ts';
import { expectFailure } from './expect-failure.ts';
import type { EngineCase } from './suite.ts';

export const lossCases: readonly EngineCase[] = [
  {
    obligation: 'when the engine goes away, events and calls say so and logs end with what they have',
    async verify(run) {
      const { engine, lose } = await run.under.losable();
      const id = await run.run(run.desired('orphaned', { kind: 'say', stdout: ['last words'] }));
      const events = engine.events(new AbortController().signal)[Symbol.asyncIterator]();
      await events.next();
      const query = { service: 'orphaned', containerId: id, follow: true, signal: new AbortController().signal };
      const log = engine.logs(query)[Symbol.asyncIterator]();
      const first = (await log.next()) as IteratorYieldResult<readonly LogLine[]>;
      expect(first.value.map((line) => line.text)).toEqual(['last words']);
      await lose();
      await expectFailure(drained(events), 'engine-lost');
      expect((await log.next()).done).toBe(true);
      await expectFailure(engine.observe(run.query()), 'engine-lost');
      engine.close();
    },
  },
];

async function drained(events: AsyncIterator<unknown>): Promise<void> {
  for (let next = await events.next(); next.done !== true; next = await events.next());
}
