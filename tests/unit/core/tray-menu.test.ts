// What the tray says and offers of this machine.
import { describe, expect, it } from 'vitest';
import type { HostSnapshot, ServiceState, Snapshot, StackState } from '../../../electron/core/snapshot.ts';
import { type TrayItem, trayModel } from '../../../electron/core/tray-menu.ts';
import { readySnapshot } from '../shell/snapshot-fixture.ts';

const off: HostSnapshot = { names: 'off', lan: 'off', lanSummary: 'Only this machine reaches the services.' };
const summary = 'Machines in 192.168.77.0/24 reach Grafana; everybody else is refused.';

function modelOf(host: HostSnapshot | undefined, change: Partial<Snapshot> = {}) {
  const { host: _, ...snapshot } = readySnapshot();
  return trayModel({ ...snapshot, ...change, ...(host === undefined ? {} : { host }) });
}

function lines(items: readonly TrayItem[]): readonly string[] {
  return items.map((item) => {
    if (item.kind === 'separator') return '---';
    if (item.kind === 'text') return `"${item.label}"`;
    if (item.kind === 'submenu') return `${item.label} >`;
    const section = item.action.kind === 'open-host' ? ` ${item.action.section}` : '';
    return `${item.enabled ? '' : '(off) '}${item.label} -> ${item.action.kind}${section}`;
  });
}

function hostLines(host: HostSnapshot | undefined): readonly string[] {
  const submenu = modelOf(host).items.find((item) => item.kind === 'submenu' && item.label === 'This machine');
  return submenu?.kind === 'submenu' ? lines(submenu.items) : [];
}

describe('the submenu of this machine', () => {
  it('only opens, until the machine was looked at', () => {
    expect(hostLines(undefined)).toEqual([
      'Set up names… -> open-host names',
      'LAN mode… -> open-host lan',
      'Check everything… -> open-host doctor',
    ]);
  });

  it('offers the set-up where nothing is set up', () => {
    expect(hostLines(off)).toEqual([
      '"Names are not set up"',
      '"LAN mode is off"',
      '---',
      'Set up names… -> open-host names',
      'LAN mode… -> open-host lan',
      '(off) Turn LAN mode off -> lan-off',
      '---',
      'Check everything… -> open-host doctor',
    ]);
  });

  it('says who gets in, and turns that off', () => {
    expect(hostLines({ names: 'on', lan: 'on', lanSummary: summary })).toEqual([
      '"Names lead where they should"',
      '"LAN mode is on"',
      `"${summary}"`,
      '---',
      'Names and their undo… -> open-host names',
      'LAN mode… -> open-host lan',
      'Turn LAN mode off -> lan-off',
      '---',
      'Check everything… -> open-host doctor',
    ]);
  });

  it.each([
    ['names that are broken', { names: 'broken' }, '"Some names do not lead where they should"'],
    ['a guard that is gone', { lan: 'unguarded' }, '"LAN mode is on without its guard"'],
    ['a time that is over', { lan: 'closed' }, '"LAN mode is closed"'],
    ['a guard that is gone, by a way out', { lan: 'unguarded' }, 'Turn LAN mode off -> lan-off'],
    ['a time that is over, by a way out', { lan: 'closed' }, 'Turn LAN mode off -> lan-off'],
    ['broken names, by a way back', { names: 'broken' }, 'Names and their undo… -> open-host names'],
  ] as const)('tells of %s', (_name, change, line) => {
    expect(hostLines({ ...off, ...change })).toContain(line);
  });

  it('is no wider than a menu may be', () => {
    const [, , long] = hostLines({ ...off, lan: 'on', lanSummary: 'x'.repeat(300) });
    expect(long?.length).toBe(82);
  });
});

describe('the icon of a machine that is open to everybody', () => {
  const withStack = (state: StackState): Partial<Snapshot> => ({ stack: { ...readySnapshot().stack, state } });

  it.each([
    ['off', 'degraded'],
    ['working', 'degraded'],
    ['ready', 'degraded'],
    ['degraded', 'degraded'],
    ['failed', 'failed'],
  ] as const)('of a stack that is %s: %s', (state, icon) => {
    const model = modelOf({ ...off, lan: 'unguarded' }, withStack(state));
    expect(model.icon).toBe(icon);
    expect(model.toolTip).toBe(`Macula: LAN mode is on without its guard. ${readySnapshot().stack.summary}`);
  });

  it.each(['off', 'on', 'closed'] as const)('stays what the services make it while LAN mode is %s', (lan) => {
    const model = modelOf({ ...off, lan });
    expect(model.icon).toBe('ready');
    expect(model.toolTip).not.toContain('LAN');
  });
});

describe('the submenu of a service', () => {
  const labelsOf = (state: ServiceState, hasLogs = true): readonly string[] => {
    const snapshot = readySnapshot();
    const services = snapshot.services.map((service) =>
      service.id === 'loki'
        ? { ...service, state, since: 4000, actions: { ...service.actions, logs: hasLogs } }
        : service,
    );
    const submenu = trayModel({ ...snapshot, services }).items.find(
      (item) => item.kind === 'submenu' && item.label.startsWith('Loki'),
    );
    if (submenu?.kind !== 'submenu') throw new Error('There is no submenu of Loki');
    return submenu.items.flatMap((item) =>
      item.kind === 'action' && item.action.kind === 'logs' ? `${item.label} ${item.action.at ?? 'now'}` : [],
    );
  };

  it.each(['failed', 'degraded'] as const)('leads to the lines of the moment in which it was %s', (state) => {
    expect(labelsOf(state)).toEqual(['Show what happened 4000', 'Logs now']);
    // There is no container that wrote any.
    expect(labelsOf(state, false)).toEqual(['Logs now']);
  });

  it('has no such thing where nothing happened', () => {
    expect(labelsOf('ready')).toEqual(['Logs now']);
    expect(labelsOf('off')).toEqual(['Logs now']);
  });
});
