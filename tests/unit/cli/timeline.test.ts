import { describe, expect, it } from 'vitest';
import { coloured, plain } from '../../../electron/cli/paint.ts';
import { changesText, timelineJson, upText } from '../../../electron/cli/timeline-text.ts';
import type { StateChange, TimelineStep, UpTimeline } from '../../../electron/core/timeline.ts';

const start = Date.parse('2026-01-05T10:00:00Z');
const step = (kind: TimelineStep['kind'], from: number, to: number, result: TimelineStep['result'] = 'done') => ({
  ...{ kind, from: start + from, to: start + to, result },
});
const up: UpTimeline = {
  ...{ startedAt: start, endedAt: start + 10_000, outcome: 'done' },
  services: [
    { service: 'store', title: 'Store', steps: [step('create', 0, 1000), step('start', 1000, 2000)] },
    { service: 'shop', title: 'Shop', steps: [step('pull', 0, 5000), step('ready', 6000, 10_000)] },
  ],
};
const size = { now: start + 20_000, columns: 39 };

describe('the last start', () => {
  it('is a bar a service, and the slowest by name', () => {
    const [head, slow, ...rows] = upText(up, size, plain).split('\n');
    expect(head).toMatch(/^The last start, 2026-01-05 [0-9:]{8}: ready after 10 s$/);
    expect(slow).toBe('Shop took longest: 10 s, of which 5.0 s to download its image.');
    expect(rows).toEqual([
      '',
      'store  ccss                       2.0 s',
      'shop   pppppppppp  rrrrrrrr        10 s',
      '',
      'p pull   c create   s start   r ready',
      '',
    ]);
  });

  it('says what did not come to its end', () => {
    const steps = [step('pull', 0, 100), step('create', 100, 200, 'failed'), step('start', 200, 200, 'skipped')];
    const text = upText({ ...up, outcome: 'failed', services: [{ service: 'shop', title: '', steps }] }, size, plain);
    expect(text).toContain('ended after 10 s, with failures');
    expect(text).toContain('      create failed, start was left out\n');
    expect(text).not.toContain('took longest');
  });

  it('goes on up to now', () => {
    const services = [
      { service: 'shop', title: 'Shop', steps: [{ kind: 'pull', from: start, result: 'running' } as const] },
    ];
    const text = upText({ startedAt: start, outcome: 'running', services }, { ...size, columns: 36 }, plain);
    expect(text).toContain('under way for 20 s');
    expect(text).toMatch(/shop {2}p{18} +20 s\n +pull goes on/);
  });

  it('is none at first', () => {
    expect(upText(undefined, size, plain)).toBe('Nothing was started yet.\n');
  });
});

const change: StateChange = {
  ...{ at: start, service: 'store', title: 'Store', from: 'ready', to: 'failed', reason: 'Exit code 1\u001b[2J' },
};

describe('the changes', () => {
  it('are a line each, that steers no terminal', () => {
    const text = changesText({ changes: [change, { ...change, service: 'attic', reason: '' }], isCut: true }, plain);
    expect(text.split('\n').map((line) => line.slice(19))).toEqual([
      '  store  ready    -> failed    Exit code 1 [2J',
      '  attic  ready    -> failed',
      't out: there were too many.',
      '',
    ]);
    expect(changesText({ changes: [change], isCut: false }, coloured)).toContain('\u001b[31mfailed\u001b[39m');
  });

  it('are told when there are none', () => {
    expect(changesText({ changes: [], isCut: false }, plain)).toContain('No service changed its state');
  });
});

it('programs read times as text', () => {
  const { endedAt: _, ...begun } = up;
  expect(timelineJson({ changes: [change], isCut: false })).toEqual({
    ...{ lastUp: null, changesCut: false },
    changes: [
      {
        ...{ at: '2026-01-05T10:00:00.000Z', service: 'store', from: 'ready', to: 'failed' },
        reason: 'Exit code 1\u001b[2J',
      },
    ],
  });
  expect(timelineJson({ lastUp: { ...begun, outcome: 'running' }, changes: [], isCut: false })).toMatchObject({
    lastUp: {
      ...{ startedAt: '2026-01-05T10:00:00.000Z', endedAt: null, outcome: 'running' },
      services: [{ id: 'store', steps: [{ kind: 'create', to: '2026-01-05T10:00:01.000Z' }, {}] }, { id: 'shop' }],
    },
  });
});
