import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Notice } from '../../../electron/core/notices.ts';
import type { ServiceState, Snapshot } from '../../../electron/core/snapshot.ts';
import { createNotices, type Notices } from '../../../electron/shell/tell-notices.ts';
import { readySnapshot } from './snapshot-fixture.ts';

let told: Notice[];
let isWanted: boolean;
let isWatched: boolean;
let notices: Notices;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  isWanted = true;
  isWatched = false;
  notices = createNotices({
    isWanted: () => isWanted,
    isWatched: () => isWatched,
    notify: (notice) => told.push(notice),
  });
});
afterEach(() => {
  notices.close();
  vi.useRealTimers();
});

function seen(states: Readonly<Record<string, ServiceState>>, change: Partial<Snapshot> = {}): Snapshot {
  const snapshot = readySnapshot();
  const services = snapshot.services.map((service) => ({ ...service, state: states[service.id] ?? 'ready' }));
  return { ...snapshot, ...change, services };
}

const titles = () => told.map(({ title }) => title);

describe('notices', () => {
  it('gather what fails one after the other, and need no timer while nothing does', () => {
    notices.accept(seen({}));
    expect(vi.getTimerCount()).toBe(0);
    notices.accept(seen({ loki: 'failed' }));
    vi.advanceTimersByTime(500);
    notices.accept(seen({ loki: 'failed', tempo: 'failed' }));
    expect(told).toEqual([]);
    vi.advanceTimersByTime(2000);
    expect(titles()).toEqual(['Loki and Tempo failed']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('wait for the end of a command', () => {
    const activity = { command: 'up', startedAt: 0, operationsDone: 0, operationsTotal: 1 };
    notices.accept(seen({ loki: 'starting' }, { activity }));
    notices.accept(seen({ loki: 'failed' }, { activity }));
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual([]);
    notices.accept(seen({ loki: 'failed' }));
    vi.advanceTimersByTime(2000);
    expect(titles()).toEqual(['Loki failed']);
  });

  it('are none where none are wanted, and none of what is seen in the window, but for LAN mode', () => {
    const host = { names: 'off', lan: 'on', lanSummary: '' } as const;
    const course = () => {
      notices.accept(seen({}, { host }));
      notices.accept(seen({ loki: 'failed' }, { host: { ...host, lan: 'closed' } }));
      vi.advanceTimersByTime(2000);
      notices.accept(seen({}));
    };
    isWanted = false;
    course();
    expect(told).toEqual([]);
    isWanted = true;
    isWatched = true;
    course();
    expect(titles()).toEqual(['LAN mode has ended']);
  });

  it('come no more once it is closed', () => {
    notices.accept(seen({}));
    notices.accept(seen({ loki: 'failed' }));
    notices.close();
    vi.advanceTimersByTime(10_000);
    expect(told).toEqual([]);
  });
});
