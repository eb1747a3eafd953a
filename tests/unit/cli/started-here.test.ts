import { describe, expect, it } from 'vitest';
import { lifetimeOf, runningServices } from '../../../electron/cli/started-here.ts';
import { labels, stackName } from '../../../electron/core/identity.ts';
import type { ContainerPhase, ObservedContainer } from '../../../electron/core/observed.ts';

function container(service: string, phase: ContainerPhase, stack = stackName): ObservedContainer {
  return {
    id: service,
    name: `macula-${service}`,
    labels: { [labels.stack]: stack, [labels.service]: service },
    imageId: 'image',
    phase,
    restartCount: 0,
    outOfMemory: false,
  };
}

describe('what runs', () => {
  it.each<[ContainerPhase, boolean]>([
    ['created', false],
    ['running', true],
    ['paused', true],
    ['restarting', true],
    ['removing', false],
    ['exited', false],
    ['dead', false],
  ])('a container that is %s: %s', (phase, runs) => {
    expect([...runningServices({ containers: [container('store', phase)] })]).toEqual(runs ? ['store'] : []);
  });

  it('is only what is ours', () => {
    expect(runningServices({ containers: [container('store', 'running', 'other')] }).size).toBe(0);
    expect(runningServices(undefined).size).toBe(0);
  });
});

it('what ran before is kept, what is switched off is left out', () => {
  const services = [
    { id: 'store', enabled: true },
    { id: 'shop', enabled: true },
    { id: 'attic', enabled: false },
  ];
  expect(lifetimeOf(services, new Set(['store']))).toEqual({ toStop: ['shop'], toKeep: ['store'] });
  expect(lifetimeOf(services, new Set(['store', 'shop']))).toEqual({ toStop: [], toKeep: ['store', 'shop'] });
});
