// The guard on a machine with a real engine: who gets through to what is published on every address, and what of that
// outlives everything else that changes a machine's firewall.
import { describe, expect, it } from 'vitest';
import type { GuardIntent } from '../../electron/core/host/host-request.ts';
import { askInside, containerAddress, runContainer, startDocker, waitForContainer } from './support/containers.ts';
import type { Machine } from './support/machine.ts';
import { lanAddress, type Network, wanAddress } from './support/network.ts';
import type { Neighbour } from './support/neighbour.ts';
import { openToAll, reachAll, type Ways } from './support/reach-all.ts';
import { apply, canary, changedSince, planOf, rulesOf, statusOf, treeOf, undo } from './support/root-program.ts';
import { useMachine } from './support/use-machine.ts';
import { waitUntil } from './support/processes.ts';

const guard: GuardIntent = {
  subnet: '172.23.0.0/16',
  ports: [9090, 3000],
  interface: 'lan0',
  ranges: ['192.168.77.0/24', 'fd00:77::/64', 'fe80::/64'],
};
const guarded: Ways = { ...openToAll, untrusted4: 'silent', untrustedLinkLocal: 'silent' };
// A firewall that refuses IPv6 to Docker's program on the machine does so with a guard too.
const behindFirewall = (reached: Ways['lan6']): Ways => ({ ...guarded, lan6: reached, lanLinkLocal: reached });

const inStack = (last: number) => ['--network=macula', `--ip=172.23.0.${last}`];
const published = { publish: ['0.0.0.0:9090:9090', '[::]:9090:9090'], more: inStack(20) };

const useIt = useMachine(async ({ machine, network }) => {
  await startDocker(machine);
  const bridge = '--opt=com.docker.network.bridge.name=macula0';
  await machine.must(['docker', 'network', 'create', `--subnet=${guard.subnet}`, bridge, 'macula']);
  await runContainer(machine, published);
  await runContainer(machine, { name: 'private', publish: ['127.0.0.7:8080:9090'], more: inStack(21) });
  const echo = ['page', '/bin/busybox', 'nc', '-ll', '-p', '3000', '-e', '/bin/busybox', 'cat'];
  const as = ['--name=echo', '--publish=3000:3000', '--stop-signal=KILL', ...inStack(22)];
  await machine.must(['docker', 'run', '--detach', ...as, ...echo]);
  await waitForContainer(machine);
  for (const neighbour of [network.lan, network.wan]) {
    await neighbour.routeToMachine('127.0.0.7');
    await neighbour.routeToMachine(await containerAddress(machine, 'private'));
  }
});

// What holds whenever there is a guard.
async function expectGuarded(machine: Machine, network: Network, ways = guarded): Promise<void> {
  expect(await reachAll(network, 9090)).toEqual(ways);
  // A forged route to what is published for the machine itself, and to the container's own address.
  const inside = await containerAddress(machine, 'private');
  const forged = [network.lan, network.wan].flatMap((each) => [
    each.reach('127.0.0.7', 8080),
    each.reach(inside, 9090),
  ]);
  expect(await Promise.all(forged)).toEqual(['silent', 'silent', 'silent', 'silent']);
  for (const address of ['127.0.0.1', '[::1]', lanAddress]) {
    expect(await askInside(machine, address)).toBe('from the container');
  }
  expect(await askInside(machine, '127.0.0.7', 8080)).toBe('from the container');
  expect(await canary(machine, guard)).toBe('EHOSTUNREACH');
  expect(await machine.must(['sysctl', '--all', '--pattern', 'route_localnet'])).not.toMatch(/= [^0]/);
}

describe('while it is there', () => {
  it('only the LAN gets in, over IPv4 and IPv6, and nobody by a forged route', async (context) => {
    const { machine, network } = useIt(context);
    expect(await reachAll(network, 9090)).toEqual(openToAll);
    expect(await canary(machine, guard)).toBe('ECONNREFUSED');
    await apply(machine, { guard });
    await expectGuarded(machine, network);
    const { guard: counted } = await statusOf(machine);
    expect(counted?.accepted).toBeGreaterThan(0);
    expect(counted?.refused).toBeGreaterThan(0);
  });

  it('a second time there is nothing to do', async (context) => {
    const { machine } = useIt(context);
    expect(await planOf(machine, { guard })).toMatchObject({ changes: [], commands: [] });
    expect(await apply(machine, { guard })).toMatchObject({ changed: [], kept: [] });
  });

  it.for([
    ['a restart of the container', 'docker restart page private'],
    ['a new container', 'docker rm --force page'],
    ['a restart of the engine', 'systemctl restart docker'],
  ])('it outlives %s', async ([, action = ''], context) => {
    const { machine, network } = useIt(context);
    await machine.must(action.split(' '));
    if (action.includes(' rm ')) await runContainer(machine, published);
    await waitForContainer(machine);
    await expectGuarded(machine, network);
  });

  it.for([
    { firewall: 'ufw', on: ['ufw --force enable'], off: 'ufw disable', says: 'silent' },
    {
      firewall: 'firewalld',
      on: ['systemctl start firewalld', 'firewall-cmd --reload', 'firewall-cmd --complete-reload'],
      off: 'systemctl stop firewalld',
      says: 'unreachable',
    },
  ] as const)('it outlives that $firewall comes and goes', async ({ on, off, says }, context) => {
    const { machine, network } = useIt(context);
    for (const command of on) await machine.must(command.split(' '));
    try {
      await expectGuarded(machine, network, behindFirewall(says));
    } finally {
      await machine.must(off.split(' '));
    }
    await expectGuarded(machine, network);
  });
});

describe('when all rules are flushed', () => {
  it('it is gone, and everybody on the machine can see that', async (context) => {
    const { machine, network } = useIt(context);
    await machine.must(['nft', 'flush', 'ruleset']);
    expect(await canary(machine, guard)).toBe('ECONNREFUSED');
    expect((await reachAll(network, 9090)).untrustedLinkLocal).toBe('open');
    expect((await statusOf(machine)).guard).toBeUndefined();
  });

  it('the next change puts it back', async (context) => {
    const { machine, network } = useIt(context);
    expect((await planOf(machine, { guard })).commands).not.toEqual([]);
    await apply(machine, { guard });
    await machine.must(['systemctl', 'restart', 'docker']);
    await waitForContainer(machine);
    await expectGuarded(machine, network);
  });

  it.for(['restart', 'reload'])('by a %s of nftables.service, it comes back', async (verb, context) => {
    const { machine } = useIt(context);
    await machine.must(['systemctl', verb, 'nftables']);
    // A job of its own that nobody waits for.
    await waitUntil(async () => (await canary(machine, guard)) === 'EHOSTUNREACH', 'the guard is back', { seconds: 3 });
    expect(await machine.must(['nft', 'list', 'table', 'inet', 'macula'])).toContain('chain before');
  });

  it('by a first start of nftables.service, it is there again before the start is over', async (context) => {
    const { machine } = useIt(context);
    await machine.must(['systemctl', 'stop', 'nftables']);
    expect(await canary(machine, guard)).toBe('ECONNREFUSED');
    await apply(machine, { guard });
    await machine.must(['systemctl', 'start', 'nftables']);
    expect(await canary(machine, guard)).toBe('EHOSTUNREACH');
  });
});

describe('after a restart of the machine', () => {
  it.for(['orderly', 'power cut'] as const)('(%s) it is there before the engine is', async (how, context) => {
    const { machine, network } = useIt(context);
    await apply(machine, { guard });
    await machine.restart(how);
    await waitForContainer(machine);
    await waitForContainer(machine, '127.0.0.7', 8080);
    await expectGuarded(machine, network);
    const at = async (unit: string, property: string) =>
      Number(await machine.must(['systemctl', 'show', '--value', `--property=${property}`, unit]));
    const guardedAt = await at('macula-guard', 'ActiveEnterTimestampMonotonic');
    expect(guardedAt).toBeGreaterThan(0);
    expect(guardedAt).toBeLessThan(await at('docker', 'ExecMainStartTimestampMonotonic'));
  });
});

// Twelve words over one connection, one every half second: how many came back.
async function countEchoes(neighbour: Neighbour, address: string): Promise<number> {
  const script = `
    const socket = require('node:net').connect({ host: process.argv[1], port: 3000 });
    let heard = '';
    socket.setNoDelay().on('data', (text) => { heard += text; }).on('error', () => undefined);
    let said = 0;
    const talk = setInterval(() => {
      if (said < 12) return void socket.write('.', () => (said += 1));
      clearInterval(talk);
      process.stdout.write(String(heard.length));
      process.exit();
    }, 500);
  `;
  return Number(await neighbour.must([process.execPath, '--eval', script, address]));
}

describe('what is open already', () => {
  it('a connection of somebody who is not let in ends with the guard', async (context) => {
    const { machine, network } = useIt(context);
    await undo(machine);
    await machine.must(['docker', 'start', 'echo']);
    const talking = [countEchoes(network.lan, lanAddress), countEchoes(network.wan, wanAddress)];
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await apply(machine, { guard });
    const [heardInLan, heardOutside] = await Promise.all(talking);
    expect(heardInLan).toBe(12);
    expect(heardOutside).toBeGreaterThan(1);
    expect(heardOutside).toBeLessThan(8);
  });
});

describe('with a time limit', () => {
  it('the LAN is let in until then, and by nobody but the kernel closed out', async (context) => {
    const { machine, network } = useIt(context);
    await undo(machine);
    const limited = { ...guard, until: Date.now() + 8000 };
    await apply(machine, { guard: limited });
    expect(await reachAll(network, 9090)).toEqual(guarded);
    await new Promise((resolve) => setTimeout(resolve, limited.until - Date.now() + 1100));
    const ways = await reachAll(network, 9090);
    expect(new Set(Object.values(ways))).toEqual(new Set(['silent']));
    expect(await canary(machine, limited)).toBe('EHOSTUNREACH');
    expect(await askInside(machine, '127.0.0.1')).toBe('from the container');
  });

  it('nobody is let in after a restart of the machine', async (context) => {
    const { machine, network } = useIt(context);
    const limited = { ...guard, until: Date.now() + 3600_000 };
    await apply(machine, { guard: limited });
    expect(await reachAll(network, 9090)).toEqual(guarded);
    await machine.restart();
    await waitForContainer(machine);
    expect(new Set(Object.values(await reachAll(network, 9090)))).toEqual(new Set(['silent']));
    await apply(machine, { guard });
    expect(await reachAll(network, 9090)).toEqual(guarded);
  });
});

describe('an undo', () => {
  it('gives back the rules and the files exactly', async (context) => {
    const { machine, network } = useIt(context);
    await undo(machine);
    const [rules, tree] = [await rulesOf(machine), treeOf(machine)];
    await apply(machine, { guard });
    expect(await rulesOf(machine)).not.toBe(rules);
    await undo(machine);
    expect(await rulesOf(machine)).toBe(rules);
    expect(changedSince(machine, tree)).toEqual([]);
    expect((await machine.run(['systemctl', 'cat', 'macula-guard'])).code).not.toBe(0);
    expect(await reachAll(network, 9090)).toEqual(openToAll);
  });

  it('also when the rules were flushed meanwhile', async (context) => {
    const { machine } = useIt(context);
    const tree = treeOf(machine);
    await apply(machine, { guard });
    await machine.must(['nft', 'delete', 'table', 'inet', 'macula']);
    await undo(machine);
    expect(changedSince(machine, tree)).toEqual([]);
    expect(await statusOf(machine)).toMatchObject({ intent: {}, interrupted: false });
  });
});
