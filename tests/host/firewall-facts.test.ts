// What firewalls do and do not do about ports that Docker publishes. Nothing of ours is in here: these are the facts
// that the guard is made for. Should one of them change, the guard is to be thought over.
import { describe, expect, it } from 'vitest';
import { containerAddress, containerPort, runContainer, startDocker, waitForContainer } from './support/containers.ts';
import { openToAll, reachAll } from './support/reach-all.ts';
import { useMachine } from './support/use-machine.ts';

// A program of the machine itself, without Docker.
const listenerPort = 7070;

const useIt = useMachine(async ({ machine }) => {
  await startDocker(machine);
  await runContainer(machine, { publish: [`0.0.0.0:${containerPort}:9090`, `[::]:${containerPort}:9090`] });
  await runContainer(machine, { name: 'private', publish: ['127.0.0.7:8080:9090'] });
  await waitForContainer(machine);
  const listen = ['busybox', 'httpd', '-f', '-p', `[::]:${listenerPort}`, '-h', '/etc/ufw'];
  await machine.must(['systemd-run', '--unit=listener', ...listen]);
});

// Docker 26 forwards IPv4 to the container; IPv6 arrives at a program of Docker's on the machine itself, which
// firewalls do filter.
const closed6 = { lan6: 'silent', lanLinkLocal: 'silent', untrustedLinkLocal: 'silent' } as const;
const closed = { ...closed6, lan4: 'silent', untrusted4: 'silent' } as const;

it('without a firewall everybody gets through', async (context) => {
  const { network } = useIt(context);
  expect(await reachAll(network, containerPort)).toEqual(openToAll);
  expect(await reachAll(network, listenerPort)).toEqual(openToAll);
});

describe('ufw that denies everything', () => {
  it('does not keep anybody from a published port over IPv4, whatever it is told of that port', async (context) => {
    const { machine, network } = useIt(context);
    await machine.enable('ufw');
    for (const words of ['default deny incoming', 'default deny routed', '--force enable'])
      await machine.must(['ufw', ...words.split(' ')]);
    expect(await reachAll(network, containerPort)).toEqual({ ...openToAll, ...closed6 });
    await machine.must(['ufw', 'deny', '9090/tcp']);
    await machine.must(['ufw', 'route', 'deny', 'proto', 'tcp', 'to', 'any', 'port', '9090']);
    expect(await reachAll(network, containerPort)).toEqual({ ...openToAll, ...closed6 });
  });

  it('keeps everybody from a program of the machine, and lets in whom it is told to', async (context) => {
    const { machine, network } = useIt(context);
    expect(await reachAll(network, listenerPort)).toEqual(closed);
    await machine.must(`ufw allow from 192.168.77.0/24 to any port ${listenerPort} proto tcp`.split(' '));
    expect(await reachAll(network, listenerPort)).toEqual({ ...closed, lan4: 'open' });
    await machine.must(['ufw', 'disable']);
    await machine.disable('ufw');
  });
});

it('firewalld that drops everything does not keep anybody from a published port over IPv4', async (context) => {
  const { machine, network } = useIt(context);
  await machine.enable('firewalld');
  await machine.must(['firewall-cmd', '--set-default-zone=drop']);
  for (const name of ['lan0', 'wan0'])
    await machine.must(['firewall-cmd', '--zone=drop', `--change-interface=${name}`]);
  expect(await reachAll(network, containerPort)).toEqual({ ...openToAll, ...closed6 });
  expect(await reachAll(network, listenerPort)).toEqual(closed);
  await machine.disable('firewalld');
});

describe('rules of an own making', () => {
  it('a table that drops what is forwarded closes IPv4 to everybody, and IPv6 to nobody', async (context) => {
    const { machine, network } = useIt(context);
    const chain = 'chain forward {\ntype filter hook forward priority 0; policy drop;\n}\n';
    await machine.must(['nft', '-f', '-'], { input: `table inet own {\n${chain}}\n` });
    expect(await reachAll(network, containerPort)).toEqual({ ...openToAll, lan4: 'silent', untrusted4: 'silent' });
    await machine.must(['nft', 'delete', 'table', 'inet', 'own']);
  });

  it("a rule in Docker's own chain closes IPv4 to one side, and leaves its IPv6 open", async (context) => {
    const { machine, network } = useIt(context);
    await machine.must('iptables -I DOCKER-USER -i wan0 -j DROP'.split(' '));
    expect(await reachAll(network, containerPort)).toEqual({ ...openToAll, untrusted4: 'silent' });
    await machine.must('iptables -D DOCKER-USER -i wan0 -j DROP'.split(' '));
  });
});

it('what is published on a loopback address alone is open to neighbours who forge a route', async (context) => {
  const { machine, network } = useIt(context);
  const inside = await containerAddress(machine, 'private');
  for (const neighbour of [network.lan, network.wan]) {
    await neighbour.routeToMachine('127.0.0.7');
    await neighbour.routeToMachine(inside);
    expect(await neighbour.reach('127.0.0.7', 8080)).toBe('open');
    expect(await neighbour.reach(inside, containerPort)).toBe('open');
    // Only Docker's redirection does that: the kernel itself takes no such packet.
    expect(await neighbour.reach('127.0.0.7', listenerPort)).toBe('silent');
  }
  const localnet = await machine.must(['sysctl', '--all', '--pattern', 'route_localnet']);
  expect(localnet).not.toMatch(/= [^0]/);
});
