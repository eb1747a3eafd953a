import { describe, expect, it } from 'vitest';
import type { Observed } from '../../../electron/core/observed.ts';
import { defaultSettings, type Settings } from '../../../electron/core/settings.ts';
import { decideShipping, figuresHindrance } from '../../../electron/core/telemetry/feed-plan.ts';
import { feedSources } from '../../../electron/core/telemetry/feed-sources.ts';
import { emptyFeed, feedDrops } from '../../../electron/core/telemetry/feed-state.ts';
import { allRunning, desiredStack, nothingThere } from './fixtures.ts';

const stub: Observed = { ...nothingThere, images: { alloy: { id: 'image', origin: 'stub', sizeBytes: 1 } } };

interface Case {
  readonly settings?: Partial<Settings>;
  readonly socket?: boolean;
  readonly observed?: Observed;
  readonly remoteHost?: string;
  readonly loopbackAddresses?: boolean;
}

function factsOf({ socket = true, observed = nothingThere, remoteHost, loopbackAddresses = true, ...rest }: Case) {
  const settings = { ...defaultSettings, ...rest.settings };
  const desired = desiredStack({
    settings,
    publishing: { loopbackAddresses, port80: true },
    ...(socket ? { engineSocket: '/var/run/docker.sock' } : {}),
  });
  return { settings, desired, observed, remoteHost };
}

describe('who ships logs', () => {
  it.each<[string, Case, string, RegExp | undefined]>([
    ['Alloy, as it comes', {}, 'collector', undefined],
    ['the app, when it is told to', { settings: { containerLogs: 'app' } }, 'app', undefined],
    ['nobody, when nobody shall', { settings: { containerLogs: 'off' } }, 'nobody', undefined],
    ['the app, where Alloy has no socket', { socket: false }, 'app', /engine’s socket.* The app sends/],
    [
      'the app, where Alloy is off',
      { settings: { disabledServices: ['alloy'] } },
      'app',
      /^Alloy is switched off\. The app/,
    ],
    ['the app, where Alloy is a stub', { observed: stub }, 'app', /stands in .* The app sends/],
    ['nobody without Loki', { settings: { disabledServices: ['loki'] } }, 'nobody', /^Loki is switched off/],
    [
      'nobody, to another machine',
      { socket: false, remoteHost: 'build.example' },
      'nobody',
      /socket.* The engine is on build\.example, and Loki/,
    ],
    [
      'the app through the ingress, without loopback addresses',
      { settings: { containerLogs: 'app' }, loopbackAddresses: false },
      'app',
      undefined,
    ],
    [
      'nobody without any door',
      { settings: { containerLogs: 'app', disabledServices: ['ingress'] }, loopbackAddresses: false },
      'nobody',
      /Loki has no address on this machine: switch the ingress on/,
    ],
  ])('%s', (_what, given, by, problem) => {
    const found = decideShipping(factsOf(given));
    expect(found.by).toBe(by);
    if (problem === undefined) expect(found).not.toHaveProperty('problem');
    else expect(found.problem).toMatch(problem);
  });
});

describe('what stands in the way of figures', () => {
  it.each<[string, Case, RegExp | undefined]>([
    ['nothing', {}, undefined],
    ['Prometheus is off', { settings: { disabledServices: ['prometheus'] } }, /Prometheus is switched off/],
    ['another machine', { remoteHost: 'build.example' }, /on build\.example, and Prometheus/],
  ])('%s', (_what, given, expected) => {
    const found = figuresHindrance(factsOf(given));
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(expected);
  });
});

describe('sources', () => {
  const stack = desiredStack();
  const labelled = (id: string, labels: Readonly<Record<string, string>>) => ({
    id,
    name: `${id}-1`,
    labels,
    networks: {},
  });

  it('are the containers of the stack and those that ask for it, each once', () => {
    const running = allRunning(stack);
    const found = feedSources({
      ...running,
      labelled: [
        labelled('web', { 'io.macula.observe': 'true', 'com.docker.compose.service': 'web' }),
        labelled('bare', { 'io.macula.observe': 'true' }),
        labelled('node', { 'io.x-k8s.kind.cluster': 'kind' }),
        labelled('container-loki', { 'io.macula.observe': 'true' }),
      ],
    });
    expect(found).toHaveLength(running.containers.length + 2);
    expect(found.find(({ id }) => id === 'container-loki')).toMatchObject({
      service: 'loki',
      containerName: 'macula-loki',
      isRunning: true,
      isObserved: false,
    });
    expect(found.slice(-2).map(({ service, containerName }) => `${service} ${containerName}`)).toEqual([
      'web web-1',
      'bare-1 bare-1',
    ]);
  });

  it('leave out what was never started and what belongs to others, and know what has ended', () => {
    const [first, second, third, ...others] = allRunning(stack).containers;
    const found = feedSources({
      ...nothingThere,
      containers: [
        { ...first!, phase: 'created' },
        { ...second!, phase: 'exited' },
        { ...third!, labels: {} },
        ...others,
      ],
    });
    expect(found).toHaveLength(others.length + 1);
    expect(found[0]).toMatchObject({ id: second!.id, isRunning: false });
  });

  it('are none where nothing was seen', () => expect(feedSources(undefined)).toEqual([]));
});

describe('what was lost', () => {
  it('is told only where something was, with the words of Loki', () => {
    expect(feedDrops(emptyFeed())).toEqual([]);
    const { figures, logs } = emptyFeed();
    const drops = feedDrops({
      figures: { ...figures, lostRounds: 2 },
      logs: { ...logs, refused: 3, refusal: 'max entry size exceeded' },
    });
    expect(drops).toEqual([
      { what: 'log lines that the app sent and Loki refused (max entry size exceeded)', count: 3 },
      { what: 'rounds of figures that the app could not send', count: 2 },
    ]);
  });
});
