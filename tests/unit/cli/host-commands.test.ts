// macula host and macula lan on a runtime whose machine is in memory.
import { afterEach, describe, expect, it } from 'vitest';
import { parseArguments } from '../../../electron/cli/arguments.ts';
import { tellFailures } from '../../../electron/cli/host-change.ts';
import { hostVerb } from '../../../electron/cli/host-verbs.ts';
import { lanVerb } from '../../../electron/cli/lan-verbs.ts';
import type { Output } from '../../../electron/cli/output.ts';
import { plain } from '../../../electron/cli/paint.ts';
import type { ServiceDefinition } from '../../../electron/core/catalog/service.ts';
import { smallCatalog } from '../core/fixtures.ts';
import { createHarness, type Harness } from '../runtime/harness.ts';

const web = (id: string): Partial<ServiceDefinition> => ({ web: { label: id, port: 1000 } });
const catalog = smallCatalog.map((service) => ({
  ...service,
  ...web(service.id),
  ...(service.id === 'store'
    ? { lan: { protection: 'none' as const, ports: [{ port: 1020, containerPort: 1020 }] } }
    : {}),
}));

let harness: Harness | undefined;
afterEach(() => harness?.runtime.close());

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function macula(line: string, prepare: (given: Harness) => void = () => undefined): Promise<Said> {
  const given = (harness ??= createHarness({ catalog }));
  prepare(given);
  const { runtime } = given;
  const parsed = parseArguments(line.split(' '), ['store', 'shop']);
  if (parsed.kind !== 'run') throw new Error(`understood as ${parsed.kind}`);
  const said = { out: '', err: '' };
  const output: Output = {
    isTerminal: false,
    paint: plain,
    problemPaint: plain,
    columns: () => 80,
    rows: () => 24,
    print: (text) => void (said.out += text),
    printAndWait: async (text) => void (said.out += text),
    problem: (text) => void (said.err += text),
    closed: new AbortController().signal,
    flush: async () => undefined,
  };
  await runtime.connect({ watch: false });
  const call = { runtime, invocation: parsed.invocation, output };
  const verb = parsed.invocation.command.name === 'host' ? hostVerb : lanVerb;
  const code = await tellFailures(call, () => verb(call));
  return { code, ...said };
}

const fresh = (line: string, prepare?: (given: Harness) => void): Promise<Said> => {
  harness?.runtime.close();
  harness = undefined;
  return macula(line, prepare);
};

describe('macula host', () => {
  it('status tells names, ways and LAN', async () => {
    const { code, out } = await fresh('host status');
    expect(code).toBe(0);
    expect(out).toContain('Names below macula.local are not set up');
    expect(out).toContain('store.macula.local  127.0.0.20  absent');
    expect(out).toMatch(/hosts +proposed/);
    expect(out).toContain('LAN: Only this machine reaches the services.');
  });

  it('plan shows the change as a diff and makes none', async () => {
    const { code, out } = await fresh('host plan');
    expect(code).toBe(0);
    expect(out).toContain('Set up names in the hosts file');
    expect(out).toContain('change  /etc/hosts\n  @@ -1 +1 @@\n  -a\n  +b\n');
    expect(out).toContain('To undo it:');
    expect(harness?.machine.calls).toEqual(['plan']);
  });

  it('apply --yes makes it, apply again has nothing to do, undo --yes takes it back', async () => {
    const applied = await fresh('host apply --yes');
    expect(applied.code).toBe(0);
    expect(applied.out).toContain('The names lead to this machine.');
    expect(applied.out).toContain('store.macula.local  127.0.0.20  right');
    expect(await macula('host apply')).toEqual({ code: 0, out: 'Nothing to change.\n', err: '' });
    expect(harness?.machine.calls.filter((call) => call !== 'plan')).toEqual(['apply']);
    const undone = await macula('host undo --yes');
    expect(undone.code).toBe(0);
    expect(undone.out).toContain('This machine is as it was before.');
    expect(await macula('host undo')).toEqual({ code: 0, out: 'Nothing to change.\n', err: '' });
  });

  it('works without an engine', async () => {
    const away = (given: Harness) => (given.unreachable = { code: 'engine-not-found', tried: [] });
    expect((await fresh('host apply --yes', away)).code).toBe(0);
    expect((await macula('host undo --yes')).code).toBe(0);
  });

  it('asks nobody where nobody is: nothing is done, and 1', async () => {
    const { code, err } = await fresh('host apply');
    expect(code).toBe(1);
    expect(err).toBe('Nobody is here to be asked: nothing was done. Say --yes if it shall be done.\n');
    expect(harness?.machine.calls).toEqual(['plan']);
    const asJson = await macula('host apply --json');
    expect(JSON.parse(asJson.out)).toMatchObject({
      command: 'host apply',
      outcome: 'failed',
      failures: [{ code: 'not-confirmed', nextStep: 'Say --yes if it shall be done.' }],
      preview: { title: 'Set up names in the hosts file' },
    });
    expect(asJson.err).toContain('Set up names in the hosts file');
  });

  it('takes a dismissed prompt for a no', async () => {
    const dismissed = (given: Harness) => (given.machine.failure = { code: 'host-dismissed' });
    expect(await fresh('host apply --yes', dismissed)).toMatchObject({ code: 1, err: 'Nothing was changed.\n' });
    const { code, out } = await macula('host apply --yes --json', dismissed);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'cancelled', failures: [{ code: 'host-dismissed' }] });
  });

  it('gives the line to copy where no prompt can be had', async () => {
    const byHand = (given: Harness) => (given.machine.failure = { code: 'host-by-hand', commandLine: 'sudo do it' });
    const { code, err } = await fresh('host apply --yes', byHand);
    expect(code).toBe(1);
    expect(err).toContain('In a terminal, this line does the same:\n\nsudo do it\n');
  });

  it('tells a refusal with its next step, in JSON too', async () => {
    const refused = (given: Harness) =>
      (given.machine.failure = { code: 'host-refused', reason: 'stale', detail: 'It changed.' });
    const { code, out, err } = await fresh('host apply --yes --json', refused);
    expect(code).toBe(1);
    expect(err).toContain('This machine changed since the preview');
    expect(JSON.parse(out)).toMatchObject({
      command: 'host apply',
      outcome: 'failed',
      failures: [{ code: 'host-refused', title: 'This machine changed since the preview' }],
    });
  });

  it('leaves names alone that lead where they should', async () => {
    const byUser = (given: Harness) => {
      given.machine.facts = {
        names: catalog.map(({ id, loopback = '' }) => ({
          host: `${id}.macula.local`,
          wanted: loopback,
          found: [loopback],
          milliseconds: 1,
        })),
      };
    };
    const { code, out, err } = await fresh('host plan', byUser);
    expect({ code, out }).toEqual({ code: 0, out: 'Nothing to change.\n' });
    expect(err).toContain('without Macula, and are left alone');
    expect((await macula('host plan --names hosts')).out).toContain('Set up names in the hosts file');
  });

  it('says why names cannot be set up', async () => {
    const onWsl = (given: Harness) => {
      const { observe } = given.machine;
      given.machine.observe = async (names) => {
        const facts = await observe(names);
        return { ...facts, resolver: { ...facts.resolver, isWsl: true } };
      };
    };
    const { code, out, err } = await fresh('host plan', onWsl);
    expect({ code, out }).toEqual({ code: 0, out: 'Nothing to change.\n' });
    expect(err).toContain('hosts: In WSL the browser is on Windows');
    expect(await macula('host plan --names hosts')).toMatchObject({
      code: 1,
      err: expect.stringContaining('Names cannot be set up with hosts here'),
    });
  });
});

describe('macula lan', () => {
  it('status tells what could be opened', async () => {
    const { code, out } = await fresh('lan status');
    expect(code).toBe(0);
    expect(out).toContain('Only this machine reaches the services.');
    expect(out).toContain('store  closed  no password     port 1020');
    expect(out).toContain('Network: 192.168.77.0/24, fd00:77::/64 on eth0, here 192.168.77.5');
  });

  it.each([
    ['lan on', 'lan on wants the services to open.'],
    ['lan on shop', 'shop has no page or interface of its own that could be opened.'],
  ])('%s lists what can be opened: 2', async (line, words) => {
    const { code, err } = await fresh(line);
    expect(code).toBe(2);
    expect(err).toContain(words);
    expect(err).toContain('store         port 1020, no password: wants --allow-unprotected');
  });

  it('on refuses what has no password, unless that is said', async () => {
    await fresh('lan status');
    await harness!.runtime.run({ kind: 'up' });
    const refused = await macula('lan on store --yes');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('would be open to everybody on the network');
    const { code, out } = await macula('lan on store --allow-unprotected --yes');
    expect(code).toBe(0);
    expect(out).toContain('Turn LAN mode on');
    expect(out).toContain('Made anew: store');
    expect(out).toMatch(/From another machine:\n {2}store {2}http:\/\/192\.168\.77\.5:1020/);
    expect(out).toMatch(/(59 min \d+ s|1 h 0 min) left\./);
    const off = await macula('lan off --yes');
    expect(off.code).toBe(0);
    expect(off.out).toContain('Nothing is published to the LAN any more.');
    expect(await macula('lan off')).toEqual({ code: 0, out: 'Nothing to change.\n', err: '' });
  });
});
