// LAN mode cut off: whenever "macula lan on" or "lan off" is killed, no port is ever open to others without its guard.
import { describe, expect, it } from 'vitest';
import { type Tries, watchDoor } from './support/door-watch.ts';
import type { Machine } from './support/machine.ts';
import { lanAddress, lanAddress6, linkLocalFromOutside, type Network, wanAddress } from './support/network.ts';
import { waitUntil } from './support/processes.ts';
import { done, hasGuard, publishedAt, useStackMachine } from './support/stack.ts';

const useIt = useStackMachine(({ network }) => network.wan.routeToMachine(lanAddress));

const on = 'lan on prometheus --allow-unprotected --for ever --yes';
const off = 'lan off --yes';
// Alone: what it has started goes on, as it would when somebody kills it.
const runAndKill = `
  "$@" >/dev/null 2>&1 &
  sleep "$0"
  kill -KILL $! 2>/dev/null && echo killed
  wait
`;

async function isKilledAfter(machine: Machine, line: string, milliseconds: number): Promise<boolean> {
  const program = ['/opt/node/bin/node', '/opt/macula/cli.js', ...line.split(' ')];
  const seconds = (milliseconds / 1000).toFixed(3);
  return (await machine.must(['sh', '-c', runAndKill, seconds, ...program])).includes('killed');
}

interface State {
  readonly isGuarded: boolean;
  readonly addresses: readonly string[];
}

async function stateOf(machine: Machine): Promise<State> {
  const [addresses, isGuarded] = await Promise.all([publishedAt(machine, 9090), hasGuard(machine)]);
  return { addresses, isGuarded };
}

// What it takes to begin again, after whatever was cut off; the next "up" makes a container that was just taken away.
async function goBackTo(machine: Machine, wanted: State, line: string): Promise<void> {
  // The root program is not killed with whoever asked it, and lets nobody else begin.
  // Written so that the search does not find itself.
  const isDone = async () => (await machine.run(['pgrep', '--full', '[/]opt/macula/helper.js'])).code === 1;
  await waitUntil(isDone, 'the root program has ended');
  if (isEqual(await stateOf(machine), wanted)) return;
  await done(machine, line);
  if (!isEqual(await stateOf(machine), wanted)) await done(machine, 'up prometheus');
  expect(await stateOf(machine)).toEqual(wanted);
}

const isEqual = (one: State, other: State) => JSON.stringify(one) === JSON.stringify(other);

const whenOff: State = { isGuarded: false, addresses: ['127.0.0.3'] };
const whenOn: State = { isGuarded: true, addresses: ['0.0.0.0', '[::]'] };

interface Round {
  readonly line: string;
  readonly from: State;
  // Back to it.
  readonly back: string;
  readonly kills: number;
}

// What there was after each kill, at moments spread between the command's first sign of life and its end.
async function cutOff(machine: Machine, { line, from, back, kills }: Round): Promise<readonly State[]> {
  const states: State[] = [];
  await goBackTo(machine, from, back);
  const begun = performance.now();
  await done(machine, line);
  let length = performance.now() - begun;
  while (states.length < kills) {
    await goBackTo(machine, from, back);
    const part = 0.2 + (0.8 * (states.length + 0.5)) / kills;
    if (await isKilledAfter(machine, line, length * part)) states.push(await stateOf(machine));
    // It was done before: the first time took longer than it usually does.
    else length *= 0.9;
  }
  await goBackTo(machine, from, back);
  return states;
}

async function watched<Seen>(
  { lan, wan }: Network,
  work: () => Promise<Seen>,
): Promise<{ seen: Seen; untrusted: Tries; trusted: Tries }> {
  const doors = await Promise.all([
    watchDoor(wan, [wanAddress, linkLocalFromOutside, lanAddress], 9090),
    watchDoor(lan, [lanAddress, lanAddress6], 9090),
  ]);
  const seen = await work();
  const [untrusted, trusted] = await Promise.all([doors[0].end(), doors[1].end()]);
  return { seen, untrusted, trusted };
}

describe('killed at any moment', () => {
  it.for<Round>([
    { line: on, from: whenOff, back: off, kills: 20 },
    { line: off, from: whenOn, back: on, kills: 4 },
  ])('macula $line leaves nothing open to strangers, $kills times', async (round, context) => {
    const { machine, network } = useIt(context);
    const { seen, untrusted, trusted } = await watched(network, () => cutOff(machine, round));
    expect(untrusted.connected).toEqual([]);
    expect(untrusted.tried).toBeGreaterThan(1000);
    // It was open to those who may be let in, or the silence to the others would mean nothing.
    expect(trusted.connected.length).toBeGreaterThan(0);
    expect(seen.filter(({ addresses, isGuarded }) => !isGuarded && addresses.includes('0.0.0.0'))).toEqual([]);
    // Not only before it began, nor after it was done.
    expect(new Set(seen.map((state) => JSON.stringify(state))).size).toBeGreaterThan(1);
  });
});
