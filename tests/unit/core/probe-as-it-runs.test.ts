import { describe, expect, it } from 'vitest';
import { findContainer } from '../../../electron/core/conflicts.ts';
import type { DesiredService } from '../../../electron/core/desired.ts';
import type { Listener, Observed } from '../../../electron/core/observed.ts';
import { labels } from '../../../electron/core/identity.ts';
import { probeAsItRuns } from '../../../electron/core/probe-as-it-runs.ts';
import { defaultSettings } from '../../../electron/core/settings.ts';
import { allRunning, desiredStack } from './fixtures.ts';

const desired = desiredStack();
const running = allRunning(desired);
const ingress = findContainer(running, 'ingress')?.id ?? '';

function service(id: string): DesiredService {
  const found = desired.services.find(({ definition }) => definition.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

function urlOf(id: string, listeners: readonly Omit<Listener, 'owner'>[], observed: Observed = running): string {
  return probeAsItRuns(service(id), {
    ...observed,
    listeners: listeners.map((listener) => ({ ...listener, owner: 'container' })),
  }).url;
}

describe('a changed port that waits for the next Start', () => {
  const held = [
    { address: '127.0.0.4', port: 80, containerId: ingress },
    { address: '127.0.0.1', port: 8090, containerId: ingress },
  ];

  it.each(['ingress', 'excalidraw'])('leaves %s asked where it listens', (id) => {
    const { url } = service(id).probe;
    expect(url).toContain('http://127.0.0.1:8080/');
    expect(urlOf(id, held)).toBe(url.replace('8080', '8090'));
    expect(probeAsItRuns(service(id), running).host).toBe(service(id).probe.host);
  });

  it('is found behind a door that is open to all', () => {
    expect(urlOf('ingress', [{ address: '0.0.0.0', port: 8090, containerId: ingress }])).toBe(
      'http://127.0.0.1:8090/healthz',
    );
  });
});

describe('another base domain that waits for the next Start', () => {
  const later = desiredStack({ settings: { ...defaultSettings, baseDomain: 'other.test' } });
  const asked = later.services.find(({ definition }) => definition.id === 'excalidraw') as DesiredService;

  it('leaves what is behind the ingress asked by the name that it was made for', () => {
    expect(asked.probe.host).toBe('draw.other.localhost');
    expect(probeAsItRuns(asked, running).host).toBe('draw.macula.localhost');
    expect(probeAsItRuns(asked, allRunning(later)).host).toBe('draw.other.localhost');
  });

  it('asks by the new name where nobody knows the old one', () => {
    const containers = running.containers.map((container) => ({
      ...container,
      labels: Object.fromEntries(Object.entries(container.labels).filter(([key]) => key !== labels.baseDomain)),
    }));
    expect(probeAsItRuns(asked, { ...running, containers }).host).toBe('draw.other.localhost');
  });
});

describe('the probe stays as it is', () => {
  it.each<readonly [string, readonly Omit<Listener, 'owner'>[]]>([
    ['where nothing was changed', [{ address: '127.0.0.1', port: 8080, containerId: ingress }]],
    ['where nothing is known of ports', []],
    ['where another listens', [{ address: '127.0.0.1', port: 8090 }]],
    ['where another container listens', [{ address: '127.0.0.1', port: 8090, containerId: 'other' }]],
    [
      'where several ports are held',
      [8090, 8091].map((port) => ({ address: '127.0.0.1', port, containerId: ingress })),
    ],
  ])('%s', (_words, listeners) => {
    expect(urlOf('ingress', listeners)).toBe('http://127.0.0.1:8080/healthz');
  });

  it('where there is no container', () => {
    const none = { ...running, containers: [] };
    expect(urlOf('ingress', [{ address: '127.0.0.1', port: 8090, containerId: ingress }], none)).toBe(
      'http://127.0.0.1:8080/healthz',
    );
  });
});
