import { describe, expect, it } from 'vitest';
import { commands, type CommandName } from '../../../electron/contract/contract.ts';
import { FailureError } from '../../../electron/core/failure.ts';
import { commandNames, serveCommands, type CommandHandlers, type IpcParts } from '../../../electron/shell/ipc.ts';
import { createRandom, pick } from './random.ts';

type Listener = Parameters<IpcParts['handle']>[1];
type Event = Parameters<Listener>[0];
type Page = ReturnType<IpcParts['page']>;

const mainFrame = { origin: 'app://ui', url: 'app://ui/index.html' };
const page = { id: 7, mainFrame } as unknown as Page;
const fromPage = { sender: page, senderFrame: mainFrame } as unknown as Event;

function serve(handler: (name: string, input: unknown) => unknown = () => undefined) {
  const listeners = new Map<string, Listener>();
  const called: { readonly name: string; readonly input: unknown }[] = [];
  const logged: string[] = [];
  const handlers = Object.fromEntries(
    commandNames.map((name) => [
      name,
      (input: unknown) => {
        called.push({ name, input });
        return handler(name, input);
      },
    ]),
  ) as unknown as CommandHandlers;
  serveCommands({
    handle: (name, listener) => listeners.set(name, listener),
    page: () => page,
    handlers,
    log: (line) => logged.push(line),
  });
  const ask = (name: CommandName, input?: unknown, event = fromPage) => {
    const listener = listeners.get(name);
    if (listener === undefined) throw new Error(`no ${name}`);
    return listener(event, input);
  };
  return { ask, called, logged, names: [...listeners.keys()] };
}

describe('serveCommands', () => {
  it('serves the commands of the contract and no others', () => {
    expect(serve().names.toSorted()).toEqual(Object.keys(commands).toSorted());
  });

  it('answers with what the handler gives', async () => {
    const { ask } = serve(() => ({ session: 3 }));
    expect(await ask('logs:open', { services: ['loki'], tail: 10 })).toEqual({ ok: true, value: { session: 3 } });
  });

  it('gives what was expected to go wrong as data, with words', async () => {
    const { ask, logged } = serve(() => {
      throw new FailureError({ code: 'busy', running: 'up' });
    });
    expect(await ask('stack:up', {})).toMatchObject({
      ok: false,
      failure: { code: 'busy' },
      text: { title: 'Something else is under way' },
    });
    expect(logged).toEqual([]);
  });

  it('gives of what was not expected a reference only, and logs the rest under it', async () => {
    const { ask, logged } = serve(() => {
      throw new Error('the secret detail');
    });
    const result = (await ask('stack:up', {})) as { readonly ok: boolean; readonly unexpected: string };
    expect(result).toEqual({ ok: false, unexpected: expect.stringMatching(/^[0-9a-f]{6}$/) });
    expect(logged[0]).toContain(result.unexpected);
    expect(logged[0]).toContain('the secret detail');
  });

  it.each<[string, object]>([
    ['another window', { sender: { id: 8, mainFrame }, senderFrame: mainFrame }],
    ['a frame inside the page', { sender: page, senderFrame: { origin: 'app://ui', url: 'app://ui/index.html' } }],
    ['a frame that is gone', { sender: page, senderFrame: null }],
  ])('refuses %s', async (_, event) => {
    const { ask, called } = serve();
    for (const name of commandNames) {
      await expect(ask(name, undefined, event as unknown as Event)).rejects.toThrow('Refused');
    }
    expect(called).toEqual([]);
  });

  it.each(['https://example.com', 'app://ui.example.com', 'app://other', 'file://', 'null', 'app://ui:80'])(
    'refuses our own window once it shows %s',
    async (origin) => {
      const { ask, called } = serve();
      const frame = mainFrame as { origin: string };
      frame.origin = origin;
      await expect(ask('snapshot:get')).rejects.toThrow('Refused');
      frame.origin = 'app://ui';
      expect(called).toEqual([]);
      expect(await ask('snapshot:get')).toEqual({ ok: true, value: undefined });
    },
  );

  it('lets nothing through to a handler that its command does not take', async () => {
    const random = createRandom(7);
    const scalars = [
      null,
      undefined,
      0,
      -1,
      1.5,
      Number.NaN,
      Infinity,
      '',
      'loki',
      '../x',
      '\u0000',
      'x'.repeat(5000),
      true,
      10n,
      Symbol('x'),
    ];
    const keys = [
      'services',
      'removeVolumes',
      'id',
      'tail',
      'session',
      'batch',
      'text',
      'baseDomain',
      'engineEndpoint',
      'disabledServices',
      'extra',
      '__proto__',
      'constructor',
    ];
    const value = (depth: number): unknown => {
      const kind = random();
      if (depth === 0 || kind < 0.5) return pick(random, scalars);
      if (kind < 0.75) return Array.from({ length: Math.floor(random() * 4) }, () => value(depth - 1));
      return Object.fromEntries(
        Array.from({ length: Math.floor(random() * 4) }, () => [pick(random, keys), value(depth - 1)]),
      );
    };
    const { ask, called } = serve();
    for (let round = 0; round < 15_000; round += 1) {
      const result = (await ask(pick(random, commandNames), value(3))) as { readonly ok: boolean };
      expect(typeof result.ok).toBe('boolean');
    }
    for (const { name, input } of called) expect(isTaken(name, input), `${name} ${String(input)}`).toBe(true);
  });
});

// A second reading of the contract, written by hand.
function isTaken(name: string, input: unknown): boolean {
  const known: Readonly<Record<string, readonly string[]>> = {
    'stack:up': ['services'],
    'stack:stop': ['services'],
    'stack:restart': ['services'],
    'stack:down': ['removeVolumes'],
    'link:open': ['id'],
    'logs:open': ['services', 'tail'],
    'logs:acknowledge': ['session', 'batch'],
    'logs:close': ['session'],
    'settings:change': ['engineEndpoint', 'baseDomain', 'disabledServices', 'startStackWithApp', 'publishPort80'],
    'figures:disk': ['anew'],
    'images:sizes': ['services'],
    'images:pull': ['services'],
    'images:remove': ['ids'],
    'settings:preview': ['patch'],
    'login:set': ['startsAtLogin'],
    'password:change': ['current', 'next'],
    'clipboard:write': ['text'],
  };
  const keys = known[name];
  if (keys === undefined) return input === undefined;
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return false;
  const { services } = input as { readonly services?: unknown };
  const areServices =
    services === undefined || (Array.isArray(services) && services.every((id) => /^[a-z0-9-]{1,40}$/.test(String(id))));
  return areServices && Object.keys(input).every((key) => keys.includes(key));
}
