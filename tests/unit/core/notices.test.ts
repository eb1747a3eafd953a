import { describe, expect, it } from 'vitest';
import { failureText } from '../../../electron/core/failure-text.ts';
import type { Failure } from '../../../electron/core/failure.ts';
import {
  isOfFailedService,
  noteSnapshot,
  type Notice,
  type NoticeMemory,
  nothingNoticed,
  tellFailures,
} from '../../../electron/core/notices.ts';
import type { Activity, HostSnapshot, ServiceState, Snapshot } from '../../../electron/core/snapshot.ts';
import { readySnapshot } from '../shell/snapshot-fixture.ts';

interface Scene {
  readonly states?: Readonly<Record<string, ServiceState>>;
  readonly reason?: string;
  readonly activity?: Activity;
  readonly failures?: readonly Failure[];
  readonly isLost?: boolean;
  readonly lan?: HostSnapshot['lan'];
  readonly stack?: Snapshot['stack']['state'];
}

const up: Activity = { command: 'up', startedAt: 1000, operationsDone: 0, operationsTotal: 9 };

function scene({
  states = {},
  reason = 'Exit code 1',
  activity,
  failures = [],
  isLost,
  lan,
  stack,
}: Scene = {}): Snapshot {
  const snapshot = readySnapshot();
  return {
    ...snapshot,
    ...(isLost === true ? { engine: { kind: 'connecting' } as const } : {}),
    ...(lan === undefined ? {} : { host: { names: 'off', lan, lanSummary: 'Nobody else gets in.' } as const }),
    ...(activity === undefined ? {} : { activity }),
    stack: { ...snapshot.stack, state: stack ?? 'ready' },
    failures: failures.map((failure) => ({ failure, text: failureText(failure) })),
    services: snapshot.services.map((service) => {
      const state = states[service.id] ?? 'ready';
      return { ...service, state, reason: state === 'ready' ? '' : reason, since: 777 };
    }),
  };
}

// What is told of a course of snapshots, with a moment's wait at its end.
function told(...scenes: readonly Scene[]): readonly Notice[] {
  return toldFrom(nothingNoticed, 50_000, ...scenes).notices;
}

function toldFrom(begun: NoticeMemory, at: number, ...scenes: readonly Scene[]) {
  let memory = begun;
  let last: Snapshot | undefined;
  const notices: Notice[] = [];
  for (const snapshot of scenes.map((each) => scene(each))) {
    const noted = noteSnapshot(memory, last, snapshot, at);
    ({ memory } = noted);
    notices.push(...noted.notices);
    last = snapshot;
  }
  if (last !== undefined && last.activity === undefined) {
    const end = tellFailures(memory, last, at);
    ({ memory } = end);
    notices.push(...end.notices);
  }
  return { memory, notices };
}

const failed = { states: { loki: 'failed' } } as const;

describe('a service that failed', () => {
  it('by itself is told, and a click leads to its lines of that moment', () => {
    expect(told({}, failed)).toEqual([
      {
        ...{ title: 'Loki failed', text: 'Exit code 1', isAlways: false },
        place: { page: 'logs', service: 'loki', at: 777 },
      },
    ]);
  });

  it('is told once', () => {
    expect(told({}, failed, failed, { ...failed, reason: 'Exit code 2' })).toHaveLength(1);
  });

  it('is told with others as one', () => {
    const [notice, ...more] = told({}, failed, { states: { loki: 'failed', tempo: 'failed' } });
    expect(notice).toMatchObject({ title: 'Loki and Tempo failed', place: { page: 'services' } });
    expect(notice?.text).toBe('Loki: Exit code 1\nTempo: Exit code 1');
    expect(more).toEqual([]);
    const all = Object.fromEntries(readySnapshot().services.map(({ id }) => [id, 'failed' as const]));
    expect(told({}, { states: all })[0]?.title).toBe('7 services failed');
  });

  it('is not told where it is right again, or stopped, when it would be', () => {
    expect(told({}, failed, {})).toEqual([]);
    expect(told({}, failed, { states: { loki: 'off' } })).toEqual([]);
    expect(told({}, failed, { states: { loki: 'starting' } })).toHaveLength(1);
  });

  it('is told once in ten minutes where it comes and goes', () => {
    const first = toldFrom(nothingNoticed, 50_000, {}, failed);
    const flap = (at: number) => toldFrom(first.memory, at, {}, failed).notices;
    expect(flap(50_000 + 9 * 60_000)).toEqual([]);
    expect(flap(50_000 + 11 * 60_000)).toHaveLength(1);
    // Another one is another matter.
    expect(toldFrom(first.memory, 60_000, {}, { states: { tempo: 'failed' } }).notices).toHaveLength(1);
  });
});

describe('a service that failed of a command', () => {
  const exited: Failure = {
    ...{ code: 'container-exited', service: 'loki', exitCode: 1, outOfMemory: false, lastLines: [] },
  };
  const starting: Scene = { states: { loki: 'starting' }, activity: up };

  it('is told when the command has ended, in its own words', () => {
    const during = { ...failed, activity: up, failures: [exited] };
    expect(told(starting, during)).toEqual([]);
    const [notice] = told(starting, during, { ...failed, failures: [exited] });
    expect(notice).toMatchObject({
      ...{ title: 'Loki stopped by itself', text: 'Look at its logs, then start it again.' },
      place: { page: 'logs', service: 'loki', at: 777 },
    });
  });

  it('is told each time, also where it had failed before', () => {
    const first = toldFrom(nothingNoticed, 50_000, starting, { ...failed, failures: [exited] });
    const again = toldFrom(first.memory, 60_000, { ...failed, activity: up }, { ...failed, failures: [exited] });
    expect(again.notices).toHaveLength(1);
  });

  it('leads to the services where there are no lines to explain it', () => {
    const taken: Failure = { code: 'port-taken', service: 'loki', address: '127.0.0.5', port: 3100, owner: 'node' };
    const [notice] = told(starting, { ...failed, failures: [taken] });
    expect(notice).toMatchObject({ title: 'Port 3100 on 127.0.0.5 is taken', place: { page: 'services' } });
    expect(isOfFailedService(taken, scene(failed))).toBe(true);
    expect(isOfFailedService(taken, scene({}))).toBe(false);
    expect(isOfFailedService({ code: 'busy', running: 'up' }, scene(failed))).toBe(false);
  });

  it('keeps those that were not started for it out of it', () => {
    const needs: Failure = { code: 'needed-service-failed', service: 'grafana', needed: 'loki' };
    const both: Scene = { states: { loki: 'failed', grafana: 'failed' }, failures: [exited, needs] };
    expect(told(starting, both).map(({ title }) => title)).toEqual(['Loki stopped by itself']);
  });

  it.each(['stop', 'down', 'wipe'])('is not told of %s', (command) => {
    const activity = { ...up, command };
    expect(told({ activity }, { ...failed, activity }, failed)).toEqual([]);
    expect(told({ states: { loki: 'stopping' }, activity }, failed)).toEqual([]);
  });
});

describe('what was so already', () => {
  it('is not told at the start, and not when the engine comes back', () => {
    expect(told(failed)).toEqual([]);
    expect(told({ isLost: true }, failed)).toEqual([]);
    expect(told({}, { ...failed, isLost: true }, failed)).toEqual([]);
    expect(told({}, failed, { isLost: true })).toEqual([]);
  });
});

describe('a stack that is ready', () => {
  const pulling: Scene = { states: { grafana: 'pulling' }, activity: up };
  const starting: Scene = { states: { grafana: 'starting' }, activity: up };
  const ready = (at: number, ...scenes: readonly Scene[]) => toldFrom(nothingNoticed, at, ...scenes).notices;

  it('after a long download is told', () => {
    expect(ready(193_000, {}, pulling, starting, {})).toEqual([
      {
        ...{ title: 'The stack is ready', isAlways: false, place: { page: 'services' } },
        text: 'All 7 services are ready. It took 3 min 12 s, with downloads.',
      },
    ]);
    expect(ready(193_000, {}, pulling, starting, { stack: 'degraded' })[0]?.title).toBe('Grafana is ready');
  });

  it('after a short one, without one, or in part is not', () => {
    expect(ready(20_000, {}, pulling, starting, {})).toEqual([]);
    expect(ready(193_000, {}, starting, {})).toEqual([]);
    expect(ready(193_000, {}, pulling, { states: { grafana: 'off' } })).toEqual([]);
    expect(ready(193_000, {}, { ...pulling, activity: { ...up, command: 'pull' } }, {})).toEqual([]);
    // Of an up before this one.
    const later = { ...up, startedAt: 2000 };
    expect(ready(193_000, {}, pulling, { ...starting, activity: later }, {})).toEqual([]);
  });
});

describe('LAN mode', () => {
  it('that ended, or is open to all, is told always, also at the first sight and without an engine', () => {
    const [ended] = told({ lan: 'on' }, { lan: 'closed', isLost: true });
    expect(ended).toMatchObject({ isAlways: true, place: { page: 'host', section: 'lan' } });
    expect(ended?.title).toBe('LAN mode has ended');
    expect(told({ lan: 'unguarded' })[0]?.title).toBe('The services are open to every network');
    expect(told({ lan: 'off' }, { lan: 'on' })).toEqual([]);
  });
});
