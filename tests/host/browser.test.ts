// A real browser at the machine, with its settings as they come: whatever way the names take, the page that comes is the
// right service's, through the ingress; and after an undo there is none.
import { describe, expect, it, type TestContext } from 'vitest';
import type { NamesMethod } from '../../electron/core/host/host-request.ts';
import type { NamesBackend } from '../../electron/core/host/host-view.ts';
import type { Tree } from '../helper/support/tree.ts';
import { type MachineBrowser, missingBrowser, openBrowser, type Visit } from './support/browser.ts';
import { json } from './support/command-line.ts';
import type { Machine } from './support/machine.ts';
import { ownFilesChangedSince, ownFilesOf } from './support/own-files.ts';
import { addressesOf, resolvers } from './support/resolvers.ts';
import { done, useStackMachine } from './support/stack.ts';
import type { Setting } from './support/use-machine.ts';

const labels = ['prometheus', 'grafana', 'loki', 'tempo', 'draw'] as const;
type Label = (typeof labels)[number];

const addresses: Readonly<Record<Label, string>> = {
  prometheus: '127.0.0.3:80',
  grafana: '127.0.0.4:80',
  loki: '127.0.0.5:80',
  tempo: '127.0.0.6:80',
  draw: '127.0.0.7:80',
};
// What nobody but this service shows, whether it is the real one or a stand-in, and where.
const marks: Readonly<Record<Label, readonly [path: string, mark: RegExp]>> = {
  prometheus: ['/', /Prometheus/],
  grafana: ['/', /Grafana/],
  loki: ['/metrics', /\bloki_build_info\b|stub of Loki/],
  tempo: ['/metrics', /\btempo_build_info\b|stub of Tempo/],
  draw: ['/', /Excalidraw/],
};
const unknown = 'net::ERR_NAME_NOT_RESOLVED';

const useIt = useStackMachine();

function useStack(context: TestContext): Setting {
  context.skip(missingBrowser !== undefined, missingBrowser);
  return useIt(context);
}

// In a browser that nobody used before: one that ran already remembers names for a minute.
async function inBrowser<Seen>(machine: Machine, look: (browser: MachineBrowser) => Promise<Seen>): Promise<Seen> {
  const browser = await openBrowser(machine);
  try {
    return await look(browser);
  } finally {
    await browser.close();
  }
}

function visitAll(browser: MachineBrowser, domain: string): Promise<readonly (Visit | string)[]> {
  return Promise.all(labels.map((label) => browser.visit(`http://${label}.${domain}${marks[label][0]}`)));
}

function expectPages(visits: readonly (Visit | string)[]): void {
  labels.forEach((label, index) => {
    const visit = visits[index];
    if (visit === undefined || typeof visit === 'string') throw new Error(`${label}: ${visit}`);
    expect(visit).toMatchObject({ from: addresses[label], status: expect.toSatisfy((status) => status < 502) });
    expect(`${visit.title}\n${visit.text}`).toMatch(marks[label][1]);
  });
}

const nothing = labels.map(() => unknown);
// systemd-resolved looks at /etc/hosts every two seconds.
const soon = { timeout: 4000, interval: 200 };

async function untilForgotten(machine: Machine, domain: string): Promise<void> {
  for (const label of labels) await expect.poll(() => addressesOf(machine, `${label}.${domain}`), soon).toEqual([]);
}

async function expectOnly(machine: Machine, domain: string, gone: string): Promise<void> {
  await untilForgotten(machine, gone);
  const [visits, others] = await inBrowser(machine, (browser) =>
    Promise.all([visitAll(browser, domain), visitAll(browser, gone)]),
  );
  expectPages(visits);
  expect(others).toEqual(nothing);
}

interface Way {
  readonly title: string;
  readonly backend: NamesBackend;
  readonly method: NamesMethod;
}

const here: readonly Way[] = [
  { title: 'lines in /etc/hosts', backend: 'hosts', method: 'hosts' },
  { title: 'a dnsmasq of our own behind systemd-resolved', backend: 'dnsmasq', method: 'resolved' },
];
const elsewhere: Way = { title: "the user's own dnsmasq", backend: 'dnsmasq', method: 'dnsmasq' };

describe.for(here)('with $title', (way) => {
  opensPages(way);
});

function opensPages({ backend, method }: Way): void {
  let before: Tree = new Map();

  it('the five addresses show the five pages, and an unknown name nothing', async (context) => {
    const { machine, network } = useStack(context);
    if (method === elsewhere.method) await becomePlain(machine);
    await resolvers.find((each) => each.method === method)?.prepare(machine, network);
    before = ownFilesOf(machine);
    await done(machine, `host apply --names ${backend} --yes`);
    expect(await json(machine, 'host status')).toMatchObject({ host: { names: { applied: { method } } } });
    const asked = network.upstream.questions().length;
    const [visits, stranger] = await inBrowser(machine, (browser) =>
      Promise.all([visitAll(browser, 'macula.local'), browser.visit('http://nothing.macula.local/')]),
    );
    expectPages(visits);
    expect(stranger).toBe(unknown);
    const names = labels.map((label) => `${label}.macula.local`);
    const questions = network.upstream.questions().slice(asked);
    expect(questions.filter((question) => names.some((name) => question.includes(name)))).toEqual([]);
  });

  it('after an undo none of them is there, and everything is as before', async (context) => {
    const { machine } = useStack(context);
    await done(machine, 'host undo --yes');
    await untilForgotten(machine, 'macula.local');
    expect(await inBrowser(machine, (browser) => visitAll(browser, 'macula.local'))).toEqual(nothing);
    expect(ownFilesChangedSince(machine, before)).toEqual([]);
  });
}

// From a machine with systemd-resolved to one that has nothing but a resolv.conf.
async function becomePlain(machine: Machine): Promise<void> {
  await machine.disable('systemd-resolved');
  await machine.must(['rm', '--force', '/etc/resolv.conf']);
}

describe('when it is set up otherwise', () => {
  const settings = '/root/.config/macula-desktop/settings.json';
  let before: Tree = new Map();

  it('each way takes the place of the one before', async (context) => {
    const { machine } = useStack(context);
    before = ownFilesOf(machine);
    for (const backend of ['hosts', 'dnsmasq', 'hosts']) {
      await done(machine, `host apply --names ${backend} --yes`);
      expect(machine.readFile('/etc/hosts').includes('grafana.macula.local')).toBe(backend === 'hosts');
      expect(machine.exists('/etc/macula-host/dnsmasq.conf')).toBe(backend === 'dnsmasq');
      expectPages(await inBrowser(machine, (browser) => visitAll(browser, 'macula.local')));
    }
  });

  it('names below another domain take the place of the old ones', async (context) => {
    const { machine } = useStack(context);
    machine.writeFile(settings, JSON.stringify({ baseDomain: 'dev.test' }));
    // The ingress has to learn the names too.
    await done(machine, 'up');
    await done(machine, 'host apply --names dnsmasq --yes');
    await expectOnly(machine, 'dev.test', 'macula.local');
  });

  it('and back, and an undo of it all leaves no trace', async (context) => {
    const { machine } = useStack(context);
    await machine.must(['rm', settings]);
    await done(machine, 'up');
    await done(machine, 'host apply --names hosts --yes');
    await expectOnly(machine, 'macula.local', 'dev.test');
    await done(machine, 'host undo --yes');
    expect(ownFilesChangedSince(machine, before)).toEqual([]);
    await untilForgotten(machine, 'macula.local');
    expect(await inBrowser(machine, (browser) => visitAll(browser, 'macula.local'))).toEqual(nothing);
  });
});

// The last: the machine is another one from then on.
describe.for([elsewhere])('with $title', (way) => {
  opensPages(way);
});
