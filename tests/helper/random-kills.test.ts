// Killed at any moment, in a change and in its undo, the root program leaves what one undo puts right to the byte.
import { expect, test } from 'vitest';
import { inParallel } from './support/in-parallel.ts';
import { seededRandom } from './support/random.ts';
import { obstacle, type Sandbox } from './support/sandbox.ts';
import { isPending, type Scenario, scenarios, setStage, type Stage } from './support/scenarios.ts';

const reason = obstacle();
// Two minutes and more when all are wanted.
const kills = process.env['MACULA_LONG_TESTS'] === undefined ? 300 : 2000;
const titles = [
  'names from nothing',
  'names after an edit',
  'from hosts to dnsmasq',
  'guard on',
  'undo of names',
  'guard off',
];

interface Count {
  kills: number;
  landed: number;
  pending: number;
  readonly problems: string[];
}

test(`${kills} random kills`, { timeout: 900_000 }, async (context) => {
  if (reason !== undefined) return context.skip(reason);
  const count: Count = { kills: 0, landed: 0, pending: 0, problems: [] };
  await inParallel(
    scenarios.filter(({ title }) => titles.includes(title)),
    async (scenario, sandbox) => {
      const stage = await setStage(sandbox, scenario);
      const random = seededRandom(scenario.title.length);
      let milliseconds = 0;
      for (let left = Math.ceil(kills / titles.length); left > 0; left -= 1) {
        // What else the machine does changes by the minute. Node itself takes the first third to start.
        if (left % 40 === 0 || milliseconds === 0) milliseconds = await measure(stage);
        await kill(scenario, stage, milliseconds * (0.4 + 0.65 * random()), count);
      }
    },
  );
  console.log(`${count.kills} kills, ${count.landed} before the end, ${count.pending} in the middle of a change`);
  expect(count.problems).toEqual([]);
  expect(count.kills).toBeGreaterThanOrEqual(kills);
  expect(count.pending).toBeGreaterThan(kills / 20);
});

async function measure({ sandbox, request }: Stage): Promise<number> {
  const times: number[] = [];
  for (let left = 5; left > 0; left -= 1) {
    sandbox.restore();
    times.push((await sandbox.run(request)).milliseconds);
  }
  return times.sort((a, b) => a - b)[2] ?? 0;
}

async function kill({ title }: Scenario, stage: Stage, after: number, count: Count): Promise<void> {
  const { sandbox, request, wrong } = stage;
  sandbox.restore();
  const { signal } = await sandbox.run(request, { killAfterMilliseconds: after });
  count.kills += 1;
  if (signal === 'SIGKILL') count.landed += 1;
  if (isPending(sandbox.tree(), sandbox)) count.pending += 1;
  const answer = await undoneWhenFree(sandbox);
  const found = wrong();
  if (!answer.ok || found.length > 0) {
    count.problems.push([`${title}, after ${after} ms`, JSON.stringify(answer), ...found].join('\n  '));
  }
}

// What the killed one had started may still hold the lock.
async function undoneWhenFree(sandbox: Sandbox): ReturnType<Sandbox['ask']> {
  for (let left = 20; ; left -= 1) {
    const answer = await sandbox.ask({ verb: 'undo' });
    if (left === 0 || answer.ok || answer.code !== 'busy') return answer;
  }
}
