// LAN mode with the real stack, as others on the network find it: the LAN gets Prometheus' page, the untrusted host
// never gets as much as a connection, and nothing else is touched.
import { describe, expect, it } from 'vitest';
import type { DoctorCheck } from '../../electron/core/doctor.ts';
import { json, macula } from './support/command-line.ts';
import { watchDoor } from './support/door-watch.ts';
import type { Machine } from './support/machine.ts';
import { lanAddress, lanAddress6, linkLocalFromOutside, type Network, wanAddress } from './support/network.ts';
import { waitUntil } from './support/processes.ts';
import { changedContainers, containersOf, done, publishedAt, useStackMachine } from './support/stack.ts';
import { type Standing, setGrafanaPassword } from './support/grafana-password.ts';

// The untrusted host has a forged route to the machine's address in the LAN too.
const useIt = useStackMachine(({ network }) => network.wan.routeToMachine(lanAddress));

const on = 'lan on prometheus --allow-unprotected --for hour --yes';
const everywhere = ['0.0.0.0', '[::]'];
const untrustedWays = [wanAddress, linkLocalFromOutside, lanAddress];

async function pageFrom(network: Network, address: string): Promise<string> {
  const ask = ['curl', '--silent', '--location', '--globoff', '--max-time', '5', `http://${address}:9090/`];
  return (await network.lan.run(ask)).stdout;
}

function watchUntrusted({ wan }: Network) {
  return watchDoor(wan, untrustedWays, 9090);
}

// In the volume, which outlives the container.
async function keptFile(machine: Machine): Promise<string> {
  const [volume] = (await machine.must(['docker', 'volume', 'ls', '--quiet'])).split('\n').filter(isOfPrometheus);
  const folder = await machine.must(['docker', 'volume', 'inspect', '--format={{.Mountpoint}}', volume ?? '']);
  return `${folder.trim()}/kept-by-the-test`;
}

const isOfPrometheus = (name: string) => name.includes('prometheus');

async function failedChecks(machine: Machine): Promise<readonly string[]> {
  const { checks } = (await json(machine, 'doctor')) as { checks: readonly DoctorCheck[] };
  return checks.filter(({ result }) => result === 'failed').map(({ subject }) => subject);
}

describe('turned on', () => {
  it('it lets the LAN have the page, and makes one container anew', async (context) => {
    const { machine, network } = useIt(context);
    const before = await containersOf(machine);
    await machine.must(['touch', await keptFile(machine)]);
    const watch = await watchUntrusted(network);
    await done(machine, on);
    expect(changedContainers(before, await containersOf(machine))).toEqual(['macula-prometheus']);
    expect(await publishedAt(machine, 9090)).toEqual(everywhere);
    for (const address of [lanAddress, `[${lanAddress6}]`]) {
      expect(await pageFrom(network, address)).toMatch(/<title>.*Prometheus/);
    }
    const { tried, connected } = await watch.end();
    expect(connected).toEqual([]);
    expect(tried).toBeGreaterThan(100);
    await machine.must(['test', '-e', await keptFile(machine)]);
  });

  it('an up after it has nothing to do', async (context) => {
    const { machine } = useIt(context);
    const before = await containersOf(machine);
    await done(machine, 'up');
    expect(changedContainers(before, await containersOf(machine))).toEqual([]);
    expect(await publishedAt(machine, 9090)).toEqual(everywhere);
  });

  it('turned off again, it closes, and makes that one container anew', async (context) => {
    const { machine, network } = useIt(context);
    const before = await containersOf(machine);
    const watch = await watchUntrusted(network);
    expect(await done(machine, 'lan off --yes')).toContain('The guard was taken away.');
    expect((await watch.end()).connected).toEqual([]);
    expect(changedContainers(before, await containersOf(machine))).toEqual(['macula-prometheus']);
    expect(await publishedAt(machine, 9090)).toEqual(['127.0.0.3']);
    expect(await network.lan.reach(lanAddress, 9090)).toBe('refused');
    await machine.must(['test', '-e', await keptFile(machine)]);
  });
});

describe('a restart of the machine', () => {
  it.for(['orderly', 'power cut'] as const)('(%s) lets nobody in meanwhile', async (how, context) => {
    const { machine, network } = useIt(context);
    await done(machine, 'lan on prometheus --allow-unprotected --for ever --yes');
    const watch = await watchUntrusted(network);
    await machine.restart(how);
    const isOpen = async () => (await network.lan.reach(lanAddress, 9090)) === 'open';
    await waitUntil(isOpen, 'the LAN is let in again', { seconds: 60 });
    const { tried, connected } = await watch.end();
    expect(connected).toEqual([]);
    expect(tried).toBeGreaterThan(300);
    expect(await publishedAt(machine, 9090)).toEqual(everywhere);
  });
});

describe('without its guard', () => {
  it('status, lan status and doctor say so, and the next up closes the ports', async (context) => {
    const { machine, network } = useIt(context);
    await machine.must(['nft', 'delete', 'table', 'inet', 'macula']);
    // What is told is true; and the watch of the other tests would have seen it, by each way.
    const watch = await watchUntrusted(network);
    expect(await network.wan.reach(wanAddress, 9090)).toBe('open');
    const seen = (await watch.end()).connected.map((words) => words.split(' ')[0]);
    expect([...new Set(seen)].sort()).toEqual([...untrustedWays].sort());
    expect(await json(machine, 'lan status')).toMatchObject({ host: { lan: { state: 'unguarded' } } });
    expect((await macula(machine, 'lan status')).stdout).toContain('the guard is gone');
    expect((await macula(machine, 'status')).stdout).toContain('the guard is gone. macula lan off closes it.');
    expect(await failedChecks(machine)).toEqual(['LAN guard']);
    const before = await containersOf(machine);
    await done(machine, 'up');
    expect(await publishedAt(machine, 9090)).toEqual(['127.0.0.3']);
    expect(changedContainers(before, await containersOf(machine))).toEqual(['macula-prometheus']);
    expect(await network.wan.reach(wanAddress, 9090)).toBe('refused');
    expect(await json(machine, 'lan status')).toMatchObject({ host: { lan: { state: 'off' } } });
    await done(machine, 'lan off --yes');
  });
});

describe('Grafana', () => {
  it.for<[Standing, RegExp]>([
    ['first', /Grafana still has its first password/],
    ['silent', /did not say whether its password was changed/],
  ])('is not opened with a password that is %s', async ([standing, words], context) => {
    const { machine, network } = useIt(context);
    const before = await containersOf(machine);
    await setGrafanaPassword(machine, standing, context);
    const { code, stderr } = await macula(machine, 'lan on grafana --yes');
    expect(stderr).toMatch(words);
    expect(code).toBe(1);
    expect(changedContainers(before, await containersOf(machine))).toEqual([]);
    expect(await publishedAt(machine, 3000)).toEqual(['127.0.0.4']);
    expect(await network.lan.reach(lanAddress, 3000)).toBe('refused');
  });

  it('is opened with one of its own', async (context) => {
    const { machine, network } = useIt(context);
    await setGrafanaPassword(machine, 'changed', context);
    await done(machine, 'lan on grafana --yes');
    expect(await network.lan.reach(lanAddress, 3000)).toBe('open');
    expect(await network.wan.reach(wanAddress, 3000)).toBe('silent');
    await done(machine, 'lan off --yes');
  });
});
