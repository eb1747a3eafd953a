// Names by every method that a Linux machine has, each on a machine of its kind: they lead where they should, all others
// are as before, and an undo leaves no trace.
import { describe, expect, it } from 'vitest';
import { namesBy } from '../helper/support/intents.ts';
import type { Machine } from './support/machine.ts';
import { upstreamAddress } from './support/upstream.ts';
import { addressesOf, askDirectly, costOf, listenersAt53, resolvedAs, resolvers } from './support/resolvers.ts';
import { apply, changedSince, planOf, treeOf, undo } from './support/root-program.ts';
import { useMachine } from './support/use-machine.ts';
import type { Tree } from '../helper/support/tree.ts';

const other = 'example.com';

function resolvConf(machine: Machine): Promise<string> {
  return machine.must(['sh', '-c', 'readlink /etc/resolv.conf; cat /etc/resolv.conf']);
}

interface Before {
  readonly tree: Tree;
  readonly resolvConf: string;
  readonly listeners: readonly string[];
  readonly cost: number;
  // Asked of the upstream until then.
  readonly questions: number;
}

// systemd-resolved looks at /etc/hosts every two seconds.
const soon = { timeout: 4000, interval: 200 };

describe.for(resolvers)('$title', ({ method, link, server, prepare }) => {
  const useIt = useMachine(({ machine, network }) => prepare(machine, network), link);
  const intent = namesBy(method);
  const names = intent.names?.names ?? [];
  const hosts = names.map(({ host }) => host);
  let before: Before | undefined;

  it('leads every name to its address', async (context) => {
    const { machine, network } = useIt(context);
    expect((await resolvedAs(machine, names)).map(({ address }) => address)).toEqual(names.map(() => ''));
    before = {
      tree: treeOf(machine),
      resolvConf: await resolvConf(machine),
      listeners: await listenersAt53(machine),
      cost: (await costOf(machine, [other]))[0] ?? 0,
      questions: network.upstream.questions().length,
    };
    await apply(machine, intent);
    expect(await resolvedAs(machine, names)).toEqual(names);
    if (server !== '127.0.0.53') return;
    for (const { host, address } of names) {
      const query = async () => (await machine.run(['resolvectl', 'query', host])).stdout;
      await expect.poll(query, soon).toContain(address);
    }
  });

  // Without a resolver on the machine nobody but /etc/hosts itself answers.
  it.for(server === '' ? [] : hosts)('knows that %s has no IPv6 address', async (host, context) => {
    const { machine } = useIt(context);
    expect(await askDirectly(machine, server, 'A', host)).toBe('NOERROR 1');
    expect(await askDirectly(machine, server, 'AAAA', host)).toBe('NOERROR 0');
  });

  it('leaves all other names as they were', async (context) => {
    const { machine } = useIt(context);
    expect(await addressesOf(machine, 'example.com')).toEqual([upstreamAddress('example.com')]);
    expect(await addressesOf(machine, 'debian.org')).toEqual([upstreamAddress('debian.org')]);
    expect(await addressesOf(machine, 'unknown.test')).toEqual([]);
    expect(await addressesOf(machine, 'localhost')).toContain('127.0.0.1');
  });

  it('costs no more than what is there already', async (context) => {
    const { machine } = useIt(context);
    // Lines beside ours in the same file, or what else is asked over the network.
    const like = method === 'hosts' ? 'machine' : other;
    const [ours = 0, comparable = 0, others = 0] = await costOf(machine, [hosts[1] ?? '', like, other]);
    expect(ours).toBeLessThan(100);
    expect(ours).toBeLessThan(2 * comparable);
    expect(others).toBeLessThan(1.5 * (before?.cost ?? 0) + 0.5);
  });

  it('touches neither resolv.conf nor port 53', async (context) => {
    const { machine } = useIt(context);
    expect(await resolvConf(machine)).toBe(before?.resolvConf);
    expect(await listenersAt53(machine)).toEqual(before?.listeners);
  });

  it('has nothing to do a second time', async (context) => {
    const { machine } = useIt(context);
    expect(await planOf(machine, intent)).toMatchObject({ changes: [], commands: [] });
  });

  it('is still there after a restart of the machine', async (context) => {
    const { machine } = useIt(context);
    await machine.restart();
    expect(await resolvedAs(machine, names)).toEqual(names);
    expect(await addressesOf(machine, other)).toEqual([upstreamAddress(other)]);
  });

  it('has asked the upstream for none of the names', async (context) => {
    const { network } = useIt(context);
    const asked = network.upstream.questions().slice(before?.questions);
    expect(asked).not.toEqual([]);
    expect(asked.filter((question) => question.includes('macula'))).toEqual([]);
  });

  it('is gone without a trace after an undo', async (context) => {
    const { machine } = useIt(context);
    await undo(machine);
    // NetworkManager writes its own resolv.conf anew, with the same text, whenever it is told to look again.
    const isOurs = (line: string) => method !== 'network-manager' || !line.startsWith('/etc/resolv.conf:');
    expect(changedSince(machine, before?.tree ?? new Map()).filter(isOurs)).toEqual([]);
    expect(await resolvConf(machine)).toBe(before?.resolvConf);
    const found = async () => (await resolvedAs(machine, names)).map(({ address }) => address);
    await expect.poll(found, soon).toEqual(names.map(() => ''));
    expect(await addressesOf(machine, other)).toEqual([upstreamAddress(other)]);
    expect(await listenersAt53(machine)).toEqual(before?.listeners);
    expect(await machine.must(['systemctl', 'list-units', '--all', '--no-legend', 'macula-*'])).toBe('');
    expect(await machine.must(['systemctl', '--failed', '--no-legend'])).toBe('');
  });
});
