// Cut off before any of its calls that change something, the root program leaves what one undo puts right to the byte.
import { expect, test } from 'vitest';
import { inParallel } from './support/in-parallel.ts';
import { namesBy } from './support/intents.ts';
import { obstacle } from './support/sandbox.ts';
import { isPending, type Scenario, scenarios, setStage, type Stage } from './support/scenarios.ts';
import { type CrashPoint, crashPoints, killAt } from './support/strace.ts';

const reason = obstacle();
// Of so many points one is looked at in more ways, and one is followed by every possible crash of the undo.
const closerLook = 6;
const crashInUndo = 40;

interface Count {
  points: number;
  pending: number;
  inUndo: number;
  readonly problems: string[];
}

// On a machine that has other things to do it takes long.
test('every crash point', { timeout: 900_000 }, async (context) => {
  if (reason !== undefined) return context.skip(reason);
  const count: Count = { points: 0, pending: 0, inUndo: 0, problems: [] };
  await inParallel(scenarios, async (scenario, sandbox) => {
    const stage = await setStage(sandbox, scenario);
    const points = await crashPoints(sandbox, stage.request);
    expect(points.length).toBeGreaterThan(5);
    for (const [index, point] of points.entries()) await crash({ scenario, stage, point, index, count });
  });
  console.log(
    `${count.points} crash points, ${count.pending} in the middle, ${count.inUndo} more in the undo after one`,
  );
  expect(count.problems).toEqual([]);
  expect(count.points).toBeGreaterThan(300);
});

interface Crash {
  readonly scenario: Scenario;
  readonly stage: Stage;
  readonly point: CrashPoint;
  readonly index: number;
  readonly count: Count;
}

async function crash({ scenario, stage, point, index, count }: Crash): Promise<void> {
  const { sandbox, request, wrong } = stage;
  const note = (what: string) =>
    count.problems.push(`${scenario.title}, ${index}: ${point.words.slice(0, 160)}: ${what}`);
  const cut = async (): Promise<void> => {
    sandbox.restore();
    if (!(await killAt(sandbox, request, point))) note('it was not killed');
  };
  await cut();
  count.points += 1;
  const wasPending = isPending(sandbox.tree(), sandbox);
  if (wasPending) count.pending += 1;
  if (index % closerLook === 0) {
    const status = await sandbox.ask({ verb: 'status' }, { isNobody: true });
    if (!status.ok || status.verb !== 'status' || status.state.interrupted !== wasPending)
      note(`status: ${JSON.stringify(status)}`);
    const other = await sandbox.apply(namesBy('hosts', 3)).catch(String);
    if (typeof other === 'string' || !other.ok) note(`then an apply: ${JSON.stringify(other)}`);
  }
  if (index % crashInUndo === 20) {
    const undo = { verb: 'undo' } as const;
    for (const second of await crashPoints(sandbox, undo)) {
      await cut();
      await killAt(sandbox, undo, second);
      count.inUndo += 1;
      await check(`cut off again at ${second.words.slice(0, 160)}`);
    }
    return;
  }
  await check('');

  async function check(when: string): Promise<void> {
    const answer = await sandbox.ask({ verb: 'undo' });
    const found = wrong();
    if (!answer.ok || found.length > 0) note([when, JSON.stringify(answer), ...found].join('\n  '));
  }
}
