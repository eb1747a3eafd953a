// Names where something is not as it should be: whatever goes wrong, all other names are resolved as before.
import { describe, expect, it } from 'vitest';
import type { Refusal } from '../../electron/core/host/host-request.ts';
import { namesBy } from '../helper/support/intents.ts';
import type { Machine } from './support/machine.ts';
import { waitUntil } from './support/processes.ts';
import { addressesOf, costOf, resolvedAs, resolvers } from './support/resolvers.ts';
import { apply, changedSince, statusOf, treeOf, tryToApply, undo } from './support/root-program.ts';
import { upstreamAddress } from './support/upstream.ts';
import { useMachine } from './support/use-machine.ts';

const other = 'example.com';
const knownElsewhere = [upstreamAddress(other)];
const grafana = 'grafana.macula.local';

// As Debian has been installing it, with and without libnss-mdns and libnss-resolve.
const lookUps = {
  'mDNS, then DNS': 'files mdns4_minimal [NOTFOUND=return] dns',
  'mDNS, then systemd-resolved': 'files mdns4_minimal [NOTFOUND=return] resolve [!UNAVAIL=return] dns',
  'DNS alone': 'files dns',
};

function setLookUp(machine: Machine, order: string): void {
  const text = machine.readFile('/etc/nsswitch.conf').replace(/^hosts:.*$/m, `hosts: ${order}`);
  machine.writeFile('/etc/nsswitch.conf', text);
}

describe.for(['hosts', 'resolved'] as const)('names by the method %s', (method) => {
  const useIt = useMachine();
  const intent = namesBy(method);

  describe.for(['with', 'without'])('%s an mDNS responder', (avahi) => {
    it.for(Object.entries(lookUps))('are found by %s, at once', async ([, order], context) => {
      const { machine } = useIt(context);
      await machine.must(['systemctl', avahi === 'with' ? 'start' : 'stop', 'avahi-daemon.socket', 'avahi-daemon']);
      setLookUp(machine, order);
      await apply(machine, intent);
      expect(await resolvedAs(machine, intent.names?.names ?? [])).toEqual(intent.names?.names);
      expect(await addressesOf(machine, other)).toEqual(knownElsewhere);
      const [ours, others] = await costOf(machine, [grafana, other]);
      expect(ours).toBeLessThan(100);
      expect(others).toBeLessThan(100);
      await undo(machine);
    });
  });

  it('can be switched on and off as often as one likes', async (context) => {
    const { machine } = useIt(context);
    for (let round = 0; round < 7; round += 1) {
      await apply(machine, intent);
      await undo(machine);
    }
    expect(await machine.must(['systemctl', 'is-active', 'systemd-resolved'])).toBe('active\n');
    expect(await addressesOf(machine, other)).toEqual(knownElsewhere);
  });
});

describe('a dnsmasq of our own', () => {
  const useIt = useMachine();
  const intent = namesBy('resolved');

  it('that is dead keeps nobody from other names', async (context) => {
    const { machine, network } = useIt(context);
    await apply(machine, intent);
    await machine.must(['systemctl', 'stop', 'macula-dns']);
    expect(await addressesOf(machine, grafana)).toEqual([]);
    // Nobody else is asked instead.
    expect(network.upstream.questions().filter((question) => question.includes('macula'))).toEqual([]);
    expect(await addressesOf(machine, other)).toEqual(knownElsewhere);
    expect((await costOf(machine, [other]))[0]).toBeLessThan(100);
  });

  it('that hangs keeps nobody from other names', async (context) => {
    const { machine } = useIt(context);
    await machine.must(['systemctl', 'start', 'macula-dns']);
    await machine.must(['systemctl', 'kill', '--signal=STOP', 'macula-dns']);
    expect(await addressesOf(machine, other)).toEqual(knownElsewhere);
    expect((await costOf(machine, [other]))[0]).toBeLessThan(100);
    await machine.must(['systemctl', 'kill', '--signal=KILL', 'macula-dns']);
  });

  it('comes back when it dies, and the next change heals it when it was stopped', async (context) => {
    const { machine } = useIt(context);
    const isBack = async () => (await addressesOf(machine, grafana)).join() === '127.0.0.4';
    await waitUntil(isBack, 'it came back by itself');
    await machine.must(['systemctl', 'stop', 'macula-dns']);
    await apply(machine, intent);
    expect(await isBack()).toBe(true);
    await undo(machine);
  });
});

describe('a change that does not work is taken back, and says why:', () => {
  const useIt = useMachine();

  async function expectRolledBack(machine: Machine, refusal: unknown, words: RegExp): Promise<void> {
    expect(refusal).toMatchObject({ ok: false, code: 'rolled-back', detail: expect.stringMatching(words) });
    expect((refusal as Refusal).detail).toContain('put back as it was');
    expect(await statusOf(machine)).toEqual({ intent: {}, interrupted: false, edited: [] });
    await expect.poll(() => addressesOf(machine, other), { timeout: 3000 }).toEqual(knownElsewhere);
    expect(await addressesOf(machine, grafana)).toEqual([]);
    expect(await machine.must(['systemctl', '--failed', '--no-legend'])).toBe('');
  }

  it.for([
    { what: 'ends at once', script: 'exit 1' },
    { what: 'listens to nobody', script: 'exec sleep infinity' },
    { what: 'never answers', script: 'exec nc -4 -u -l -k 127.0.0.1 5354' },
  ])('a dnsmasq that $what', async ({ script }, context) => {
    const { machine } = useIt(context);
    await machine.must(['cp', '--archive', '/usr/sbin/dnsmasq', '/root/dnsmasq']);
    machine.writeFile('/usr/sbin/dnsmasq', `#!/bin/sh\n${script}\n`);
    const tree = treeOf(machine);
    const refusal = await tryToApply(machine, namesBy('resolved'));
    expect(changedSince(machine, tree)).toEqual([]);
    await machine.must(['mv', '/root/dnsmasq', '/usr/sbin/dnsmasq']);
    await expectRolledBack(machine, refusal, /did not know|failed/);
  });

  it('an upstream that goes silent while it is made', async (context) => {
    const { machine, network } = useIt(context);
    const tree = treeOf(machine);
    const making = tryToApply(machine, namesBy('resolved'));
    const dropIn = '/etc/systemd/resolved.conf.d/60-macula-host.conf';
    await waitUntil(() => machine.exists(dropIn), 'the change is being made', { everyMilliseconds: 5 });
    network.upstream.hang();
    const refusal = await making;
    network.upstream.goOn();
    expect(changedSince(machine, tree)).toEqual([]);
    await expectRolledBack(machine, refusal, /Other names \(.*example\.com.*\) could be resolved before/);
  });
});

describe("the user's own dnsmasq", () => {
  const resolver = resolvers.find(({ method }) => method === 'dnsmasq');
  const useIt = useMachine(async ({ machine, network }) => resolver?.prepare(machine, network), 'plain');
  const intent = namesBy('dnsmasq');

  it('goes on when another file of its settings is broken and it is not to be restarted', async (context) => {
    const { machine } = useIt(context);
    machine.writeFile('/etc/dnsmasq.d/broken.conf', 'this is no setting\n');
    const tree = treeOf(machine);
    expect(await tryToApply(machine, intent)).toMatchObject({ ok: false });
    expect(await machine.must(['systemctl', 'is-active', 'dnsmasq'])).toBe('active\n');
    expect(await addressesOf(machine, other)).toEqual(knownElsewhere);
    expect(changedSince(machine, tree)).toEqual([]);
    await machine.must(['rm', '/etc/dnsmasq.d/broken.conf']);
  });

  it('can be changed as often as one likes', async (context) => {
    const { machine } = useIt(context);
    for (let round = 0; round < 7; round += 1) {
      await apply(machine, intent);
      await undo(machine);
    }
    expect(await addressesOf(machine, other)).toEqual(knownElsewhere);
  });
});
