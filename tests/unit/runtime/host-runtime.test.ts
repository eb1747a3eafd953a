import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { ServiceDefinition } from '../../../electron/core/catalog/service.ts';
import { FailureError } from '../../../electron/core/failure.ts';
import type { HostChange } from '../../../electron/core/host/host-view.ts';
import { systemClock } from '../../../electron/runtime/system-parts.ts';
import { smallCatalog } from '../core/fixtures.ts';
import { createHarness, type Harness, type HarnessOptions, until } from './harness.ts';

const lanCatalog: readonly ServiceDefinition[] = smallCatalog.map((service) => ({
  ...service,
  web: { label: service.id, port: service.ready.port },
  lan: {
    protection: service.id === 'shop' ? 'password' : 'none',
    ports: [{ port: service.id === 'shop' ? 3000 : 9090, containerPort: service.ready.port }],
  },
}));

let open: Harness[] = [];
afterEach(() => {
  for (const harness of open) harness.runtime.close();
  open = [];
});

async function started(options: HarnessOptions = {}): Promise<Harness> {
  const harness = createHarness({ catalog: lanCatalog, ...options });
  open.push(harness);
  await harness.runtime.connect({ watch: true });
  expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
  harness.engine.changes.length = 0;
  harness.machine.calls.length = 0;
  return harness;
}

async function change(harness: Harness, wanted: HostChange) {
  const { hash } = await harness.runtime.host.preview(wanted);
  return harness.runtime.host.apply(hash);
}

async function failureOf(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof FailureError ? error.failure : error;
}

const wide = {
  services: ['shop'],
  limit: 'off' as const,
  network: { interface: 'eth0', ranges: ['192.168.77.0/24'] },
};
const lanOn: HostChange = { kind: 'lan-on', services: ['shop'], limit: 'hour', allowUnprotected: false };
const changesOf = (harness: Harness) => harness.engine.changes.map(({ call, subject }) => `${call} ${subject}`);

describe('names', () => {
  it('are set up as previewed, and then lead the links', async () => {
    const harness = await started();
    const preview = await harness.runtime.host.preview({ kind: 'names', backend: 'hosts' });
    expect(preview).toMatchObject({ isEmpty: false, needsRoot: true, containers: [] });
    const outcome = await harness.runtime.host.apply(preview.hash);
    expect(outcome.summary).toBe('The names lead to this machine.');
    expect(outcome.view.names.hosts.map(({ host, state }) => `${host} ${state}`)).toEqual([
      'store.macula.local right',
      'shop.macula.local right',
    ]);
    expect(harness.machine.intent.names?.names).toEqual([
      { host: 'store.macula.local', address: '127.0.0.20' },
      { host: 'shop.macula.local', address: '127.0.0.21' },
    ]);
    expect(harness.runtime.snapshot().host?.names).toBe('on');
    expect(harness.engine.changes).toEqual([]);
  });

  it('ask for nothing when nothing changes', async () => {
    const harness = await started();
    await change(harness, { kind: 'names', backend: 'hosts' });
    const preview = await harness.runtime.host.preview({ kind: 'names', backend: 'hosts' });
    expect(preview).toMatchObject({ isEmpty: true, needsRoot: false });
    harness.machine.calls.length = 0;
    expect((await harness.runtime.host.apply(preview.hash)).summary).toBe('Nothing had to be changed.');
    expect(harness.machine.calls).toEqual([]);
  });

  it('are applied only as the newest preview showed', async () => {
    const harness = await started();
    const old = await harness.runtime.host.preview({ kind: 'names', backend: 'hosts' });
    await harness.runtime.host.preview({ kind: 'undo' });
    expect(await failureOf(harness.runtime.host.apply(old.hash))).toMatchObject({
      code: 'host-refused',
      reason: 'stale',
    });
    expect(harness.machine.calls).not.toContain('apply');
  });

  it('warn where the ingress does not know them yet', async () => {
    const catalog = lanCatalog.map((service) =>
      service.id === 'store'
        ? { ...service, isIngress: true as const, environment: { DOMAIN: '{{baseDomain}}' } }
        : service,
    );
    const harness = await started({ catalog });
    const before = await harness.runtime.host.preview({ kind: 'names', backend: 'hosts' });
    expect(before.warnings).toEqual([]);
    await harness.runtime.changeSettings({ baseDomain: 'dev.test' });
    const after = await harness.runtime.host.preview({ kind: 'names', backend: 'hosts' });
    expect(after.warnings.join()).toContain('The ingress was started with other settings');
  });

  it('that lead elsewhere are told as broken', async () => {
    const harness = await started();
    await change(harness, { kind: 'names', backend: 'hosts' });
    harness.machine.facts = {
      names: [{ host: 'shop.macula.local', wanted: '127.0.0.21', found: ['10.0.0.1'], milliseconds: 1 }],
    };
    const view = await harness.runtime.host.view();
    expect(view.names.hosts).toMatchObject([{ state: 'wrong', found: ['10.0.0.1'] }]);
    expect(harness.runtime.snapshot().host?.names).toBe('broken');
  });
});

describe('LAN mode', () => {
  it('sets the guard before it publishes, and makes only what is opened anew', async () => {
    const harness = await started();
    const preview = await harness.runtime.host.preview(lanOn);
    expect(preview.containers).toEqual(['shop']);
    const order: string[] = [];
    const { apply } = harness.machine;
    harness.machine.apply = (...given) => {
      order.push(`guard, ${harness.engine.changes.length} changes of containers before`);
      return apply(...given);
    };
    const outcome = await harness.runtime.host.apply(preview.hash);
    expect(order).toEqual(['guard, 0 changes of containers before']);
    expect(changesOf(harness).filter((call) => call.includes('store'))).toEqual([]);
    expect(changesOf(harness)).toContain('startContainer macula-shop');
    expect(outcome.summary).toBe('The LAN reaches shop at 192.168.77.5.');
    expect(outcome.view.lan).toMatchObject({ state: 'on', limit: 'hour' });
    expect(harness.machine.intent.guard).toMatchObject({
      ports: [3000],
      interface: 'eth0',
      ranges: ['192.168.77.0/24', 'fd00:77::/64'],
    });
    expect(harness.runtime.snapshot().host?.lan).toBe('on');
    expect(outcome.view.lan.until).toBeGreaterThan(Date.now() + 3_500_000);
  });

  it('closes the ports before it takes the guard away', async () => {
    const harness = await started();
    await change(harness, lanOn);
    harness.engine.changes.length = 0;
    const order: string[] = [];
    const { apply } = harness.machine;
    harness.machine.apply = (...given) => {
      const addresses = harness.runtime.observed()?.listeners.map(({ address }) => address);
      order.push(`guard goes, published at ${addresses?.join(', ')}`);
      return apply(...given);
    };
    const outcome = await change(harness, { kind: 'lan-off' });
    expect(outcome.summary).toBe('Nothing is published to the LAN any more. The guard was taken away.');
    expect(order).toEqual(['guard goes, published at 127.0.0.20, 127.0.0.21']);
    expect(outcome.view.lan.state).toBe('off');
    expect(harness.machine.intent).toEqual({});
    expect(harness.runtime.settings().lan).toBeNull();
  });

  it('keeps the names when it is turned on and off', async () => {
    const harness = await started();
    await change(harness, { kind: 'names', backend: 'hosts' });
    await change(harness, lanOn);
    expect(Object.keys(harness.machine.intent).sort()).toEqual(['guard', 'names']);
    await change(harness, { kind: 'lan-off' });
    expect(Object.keys(harness.machine.intent)).toEqual(['names']);
  });

  it('opens nothing when the guard is refused', async () => {
    const harness = await started();
    const { hash } = await harness.runtime.host.preview(lanOn);
    harness.machine.failure = { code: 'host-dismissed' };
    expect(await failureOf(harness.runtime.host.apply(hash))).toEqual({ code: 'host-dismissed' });
    expect(harness.engine.changes).toEqual([]);
    expect(harness.runtime.settings().lan).toBeNull();
  });

  it('opens nothing when the guard is not in force after all', async () => {
    const harness = await started();
    const { hash } = await harness.runtime.host.preview(lanOn);
    harness.machine.isFlushed = true;
    expect(await failureOf(harness.runtime.host.apply(hash))).toMatchObject({ code: 'lan-unavailable' });
    expect(harness.engine.changes).toEqual([]);
    expect(harness.runtime.settings().lan).toBeNull();
  });

  it('opens what has no password only on the user’s word', async () => {
    const harness = await started();
    const both: HostChange = { ...lanOn, services: ['shop', 'store'] };
    expect(await failureOf(harness.runtime.host.preview(both))).toEqual({
      code: 'lan-unprotected',
      services: ['store'],
    });
    const { containers } = await harness.runtime.host.preview({ ...both, allowUnprotected: true });
    expect(containers).toEqual(['store', 'shop']);
  });

  // A program of ours answers in Grafana's place: only the status that Grafana gives is imitated.
  it.each([
    [200, 'default', 'lan-default-password'],
    [401, 'changed', undefined],
    [500, 'unknown', 'lan-default-password'],
  ])('asks whether the first password was changed: status %i means %s', async (status, _, code) => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.url} ${Buffer.from(request.headers.authorization?.slice(6) ?? '', 'base64').toString()}`);
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.21', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const defaultPassword = { port, path: '/api/org', user: 'admin', password: 'admin' };
    const catalog = lanCatalog.map((service) =>
      service.id === 'shop' && service.lan !== undefined
        ? { ...service, lan: { ...service.lan, defaultPassword } }
        : service,
    );
    const harness = await started({ catalog });
    const failure = await failureOf(harness.runtime.host.preview(lanOn));
    server.close();
    expect(asked).toEqual(['/api/org admin:admin']);
    expect((failure as { code?: string } | undefined)?.code).toBe(code);
  });

  it('moves to another port with its guard, which holds the port of before until that is closed', async () => {
    const harness = await started();
    const wideDoors = () =>
      (harness.runtime.observed()?.listeners ?? []).filter(({ address }) => address === '0.0.0.0');
    await change(harness, lanOn);
    expect(wideDoors().map(({ port }) => port)).toEqual([3000]);
    await harness.runtime.changeSettings({ lanPorts: { 3000: 13_000 } });
    expect(harness.runtime.snapshot().host?.lan, 'it is guarded as before').toBe('on');
    expect(harness.runtime.snapshot().notes.join()).toContain('shop at another port than Settings names');
    harness.engine.changes.length = 0;
    const preview = await harness.runtime.host.preview(lanOn);
    expect(preview.containers).toEqual(['shop']);
    await harness.runtime.host.apply(preview.hash);
    expect(harness.machine.intent.guard?.ports).toEqual([3000, 13_000]);
    expect(wideDoors().map(({ port }) => port)).toEqual([13_000]);
    expect(harness.runtime.snapshot().host?.lanLinks?.map(({ url }) => url)).toEqual(['http://192.168.77.5:13000/']);
    expect(harness.runtime.snapshot().notes.join()).not.toContain('another port');
  });

  it('is closed by a start where the port was changed and the guard was not', async () => {
    const harness = await started();
    await change(harness, lanOn);
    await harness.runtime.changeSettings({ lanPorts: { 3000: 13_000 } });
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    expect(harness.runtime.observed()?.listeners.map(({ address }) => address)).toEqual(['127.0.0.20', '127.0.0.21']);
    expect(harness.runtime.snapshot().host?.lan).toBe('off');
  });

  it('shows that the guard is gone, and publishes on loopback again at the next start', async () => {
    const harness = await started();
    await change(harness, lanOn);
    harness.machine.isFlushed = true;
    await harness.runtime.refresh();
    expect(harness.runtime.snapshot().host?.lan).toBe('unguarded');
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    expect(harness.runtime.observed()?.listeners.map(({ address }) => address)).toEqual(['127.0.0.20', '127.0.0.21']);
    expect(harness.runtime.snapshot().host?.lan).toBe('off');
  });

  it('says what came of it when it was the guard alone that was put back', async () => {
    const harness = await started();
    await change(harness, lanOn);
    harness.machine.isFlushed = true;
    await harness.runtime.refresh();
    harness.engine.changes.length = 0;
    const { hash } = await harness.runtime.host.preview(lanOn);
    harness.machine.isFlushed = false;
    expect((await harness.runtime.host.apply(hash)).summary).toBe('The LAN reaches shop at 192.168.77.5.');
    expect(harness.engine.changes).toEqual([]);
  });

  it('says that nothing is open yet where nothing runs', async () => {
    const harness = await started();
    expect(await harness.runtime.run({ kind: 'stop' })).toEqual({ kind: 'done' });
    expect((await change(harness, lanOn)).summary).toBe('Open to the LAN as soon as it runs: shop.');
  });

  // As when turning it off was killed in between.
  it('is turned on again where it was forgotten, though guard and containers are as they should be', async () => {
    const harness = await started();
    const lasting: HostChange = { ...lanOn, limit: 'off' };
    await change(harness, lasting);
    expect(await harness.runtime.host.preview(lasting)).toMatchObject({ isEmpty: true });
    expect(await harness.runtime.run({ kind: 'stop' })).toEqual({ kind: 'done' });
    await harness.runtime.changeSettings({ lan: null });
    expect(await harness.runtime.host.preview(lasting)).toMatchObject({ isEmpty: false, needsRoot: false });
    await change(harness, lasting);
    expect(harness.runtime.settings().lan?.services).toEqual(['shop']);
  });

  it('is turned off by the undo of everything, first of all', async () => {
    const harness = await started();
    await change(harness, { kind: 'names', backend: 'hosts' });
    await change(harness, lanOn);
    const outcome = await change(harness, { kind: 'undo' });
    expect(outcome.summary).toBe('Nothing is published to the LAN any more. This machine is as it was before.');
    expect(harness.machine.intent).toEqual({});
    expect(outcome.view.isSetUp).toBe(false);
  });
});

// Found by reading, after it was built.
describe('the guard never goes while something may be published', () => {
  const refused = { code: 'lan-unavailable' };

  it.each<HostChange>([{ kind: 'lan-off' }, { kind: 'undo' }])(
    'not by $kind while no engine answers',
    async (wanted) => {
      const harness = await started();
      await change(harness, lanOn);
      harness.unreachable = { code: 'engine-not-found', tried: [] };
      await harness.runtime.reconnect();
      expect(await failureOf(harness.runtime.host.preview(wanted))).toMatchObject(refused);
      expect(harness.machine.intent.guard).toBeDefined();
      expect(harness.runtime.settings().lan).not.toBeNull();
    },
  );

  it('nor by a line to copy: that is given once the ports are closed', async () => {
    const harness = await started();
    await change(harness, lanOn);
    const { commandLine, hash, containers } = await harness.runtime.host.preview({ kind: 'lan-off' });
    expect([commandLine, containers]).toEqual(['', ['shop']]);
    harness.machine.failure = { code: 'host-by-hand', commandLine: 'sudo …' };
    expect(await failureOf(harness.runtime.host.apply(hash))).toMatchObject({ code: 'host-by-hand' });
    expect(harness.runtime.observed()?.listeners.map(({ address }) => address)).toEqual(['127.0.0.20', '127.0.0.21']);
    expect((await harness.runtime.host.preview({ kind: 'lan-off' })).commandLine).not.toBe('');
  });

  it('and holds the ports of what is closed by opening less', async () => {
    const harness = await started();
    await change(harness, { ...lanOn, services: ['shop', 'store'], allowUnprotected: true });
    const guards: unknown[] = [];
    const { apply } = harness.machine;
    harness.machine.apply = (...given) => {
      guards.push(given[0].guard?.ports);
      return apply(...given);
    };
    await change(harness, { ...lanOn, limit: 'off' });
    expect(guards).toEqual([[3000, 9090]]);
    const open = harness.runtime.observed()?.listeners.filter(({ address }) => address === '0.0.0.0');
    expect(open?.map(({ port }) => port)).toEqual([3000]);
  });

  it('and closing that failed is tried again', async () => {
    const harness = await started();
    await change(harness, lanOn);
    const { hash } = await harness.runtime.host.preview({ kind: 'lan-off' });
    harness.engine.failNext('createContainer', { code: 'disk-full', detail: 'no room' });
    expect(await failureOf(harness.runtime.host.apply(hash))).toMatchObject({ code: 'disk-full' });
    expect(harness.runtime.settings().lan).not.toBeNull();
    expect(harness.machine.intent.guard).toBeDefined();
  });
});

describe('names and LAN mode together', () => {
  it('names can be set up after the time of LAN mode is over', async () => {
    const harness = await started();
    await change(harness, lanOn);
    const { until } = harness.machine.intent.guard!;
    harness.machine.intent = { guard: { ...harness.machine.intent.guard!, until: Date.now() - 1 } };
    await harness.runtime.changeSettings({ lan: { ...harness.runtime.settings().lan!, until: Date.now() - 1 } });
    expect(until).toBeGreaterThan(Date.now());
    // Still published: that goes first.
    expect(await failureOf(harness.runtime.host.preview({ kind: 'names', backend: 'hosts' }))).toMatchObject({
      code: 'lan-unavailable',
    });
    await harness.runtime.run({ kind: 'up' });
    await change(harness, { kind: 'names', backend: 'hosts' });
    expect(Object.keys(harness.machine.intent)).toEqual(['names']);
  });

  it('names of a domain that was not set up are no links', async () => {
    const harness = await started();
    await change(harness, { kind: 'names', backend: 'hosts' });
    await harness.runtime.changeSettings({ baseDomain: 'other.test' });
    const labels = harness.runtime.snapshot().services.flatMap(({ urls }) => urls.map(({ label }) => label));
    expect(labels.filter((label) => label.endsWith('other.test'))).toEqual([]);
    expect(harness.runtime.snapshot().host?.names).toBe('broken');
  });

  it('a service whose data goes is not opened again with the password that it comes with', async () => {
    const defaultPassword = { port: 1, path: '/', user: 'admin', password: 'admin' };
    const catalog = lanCatalog.map((service) =>
      service.id === 'shop' && service.lan !== undefined
        ? { ...service, lan: { ...service.lan, defaultPassword } }
        : service,
    );
    const harness = await started({ catalog, settings: { lan: { ...wide, services: ['shop', 'store'] } } });
    expect(await harness.runtime.run({ kind: 'down', removeVolumes: false })).toEqual({ kind: 'done' });
    expect(harness.runtime.settings().lan?.services).toEqual(['shop', 'store']);
    expect(await harness.runtime.run({ kind: 'down', removeVolumes: true })).toEqual({ kind: 'done' });
    expect(harness.runtime.settings().lan?.services).toEqual(['store']);
  });

  it('two previews that ask the same of the root program are told apart', async () => {
    const harness = await started();
    const first = await harness.runtime.host.preview({ kind: 'undo' });
    const second = await harness.runtime.host.preview({ kind: 'lan-off' });
    expect(first.hash).not.toBe(second.hash);
    expect(await failureOf(harness.runtime.host.apply(first.hash))).toMatchObject({ reason: 'stale' });
  });

  it('a prompt that was dismissed may come once more', async () => {
    const harness = await started();
    const { hash } = await harness.runtime.host.preview({ kind: 'names', backend: 'hosts' });
    harness.machine.failure = { code: 'host-dismissed' };
    expect(await failureOf(harness.runtime.host.apply(hash))).toEqual({ code: 'host-dismissed' });
    expect((await harness.runtime.host.apply(hash)).summary).toBe('The names lead to this machine.');
  });
});

it('undoes without an engine', async () => {
  const harness = createHarness({ catalog: lanCatalog });
  open.push(harness);
  harness.unreachable = { code: 'engine-not-found', tried: [] };
  harness.machine.intent = { names: { method: 'hosts', names: [] } };
  await harness.runtime.connect({ watch: false });
  const outcome = await change(harness, { kind: 'undo' });
  expect(outcome.summary).toBe('This machine is as it was before.');
  expect(harness.machine.calls).toContain('undo');
});

describe('the watch', () => {
  // Minutes pass when the test says so.
  function quickClock() {
    let now = 1_000_000;
    const timers: { at: number; callback: () => void }[] = [];
    return {
      clock: {
        now: () => now,
        after(milliseconds: number, callback: () => void) {
          if (milliseconds < 60_000) return systemClock.after(milliseconds, callback);
          const timer = { at: now + milliseconds, callback };
          timers.push(timer);
          return () => void timers.splice(timers.indexOf(timer), 1);
        },
      },
      pass(milliseconds: number) {
        now += milliseconds;
        for (const timer of timers.filter(({ at }) => at <= now)) {
          timers.splice(timers.indexOf(timer), 1);
          timer.callback();
        }
      },
    };
  }

  const isOff = (harness: Harness) => () =>
    harness.runtime.snapshot().host?.lan === 'off' && harness.runtime.snapshot().activity === undefined;

  it('closes what was opened for an hour when the hour is over', async () => {
    const { clock, pass } = quickClock();
    const harness = await started({ clock });
    await change(harness, lanOn);
    pass(3_600_001);
    await until(isOff(harness), 'LAN mode is off');
    expect(harness.runtime.settings().lan).toBeNull();
    expect(harness.machine.intent.guard).toBeDefined();
  });

  it('closes at once in a network that only looks the same, and elsewhere at the second look', async () => {
    const { clock, pass } = quickClock();
    const harness = await started({ clock });
    const forNetwork: HostChange = { ...lanOn, limit: 'network' };
    await change(harness, forNetwork);
    const home = await harness.machine.network();
    harness.machine.network = async () => ({ lan: { ...home.lan!, gateway: 'cc:dd' } });
    pass(60_001);
    await until(isOff(harness), 'LAN mode is off');
    harness.machine.network = async () => home;
    await change(harness, forNetwork);
    harness.machine.network = async () => ({ problem: 'away' });
    pass(60_001);
    await until(() => harness.runtime.snapshot().host?.lan === 'closed', 'it is seen');
    pass(60_001);
    await until(isOff(harness), 'LAN mode is off');
    expect(harness.runtime.settings().lan).toBeNull();
  });
});
