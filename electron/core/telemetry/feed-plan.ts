// Who sends what to the stack, and why not where nobody does. Pure, in words.
import type { DesiredStack } from '../desired.ts';
import type { Observed } from '../observed.ts';
import type { Settings } from '../settings.ts';
import { serviceDoor, type ServiceDoor } from './doors.ts';

export interface FeedFacts {
  readonly settings: Settings;
  readonly desired: DesiredStack;
  readonly observed: Observed | undefined;
  // The engine's machine, where it is not this one.
  readonly remoteHost: string | undefined;
}

export interface Shipping {
  readonly by: 'collector' | 'app' | 'nobody';
  // One sentence: why it is not as the settings say, or what stands in the way.
  readonly problem?: string;
}

export const prometheusPort = 9090;
export const lokiPort = 3100;

// The settings decide; where Alloy cannot read the logs, the app does it in its place.
export function decideShipping(facts: FeedFacts): Shipping {
  const { settings, desired } = facts;
  if (settings.containerLogs === 'off') return { by: 'nobody' };
  if (!isEnabled(desired, 'loki')) {
    return { by: 'nobody', problem: 'Loki is switched off: there is nothing to send the logs of containers to.' };
  }
  const hindrance = settings.containerLogs === 'collector' ? collectorHindrance(facts) : undefined;
  if (settings.containerLogs === 'collector' && hindrance === undefined) return { by: 'collector' };
  const inPlace = hindrance === undefined ? '' : `${hindrance} `;
  const closed = closedDoor(facts, 'loki', lokiPort);
  if (closed !== undefined) return { by: 'nobody', problem: `${inPlace}${closed}` };
  if (hindrance === undefined) return { by: 'app' };
  return { by: 'app', problem: `${hindrance} The app sends the logs in its place, as long as it runs.` };
}

// Why the app can send no figures; undefined when it can.
export function figuresHindrance(facts: FeedFacts): string | undefined {
  if (!isEnabled(facts.desired, 'prometheus'))
    return 'Prometheus is switched off: there is nothing to send figures to.';
  return closedDoor(facts, 'prometheus', prometheusPort);
}

export function feedDoor(
  { desired, settings }: Pick<FeedFacts, 'desired' | 'settings'>,
  service: 'prometheus' | 'loki',
): ServiceDoor | undefined {
  return serviceDoor(desired, service, service === 'loki' ? lokiPort : prometheusPort, settings.baseDomain);
}

function collectorHindrance({ desired, observed }: FeedFacts): string | undefined {
  const alloy = desired.services.find(({ definition }) => definition.id === 'alloy');
  if (alloy === undefined) return 'Alloy is switched off.';
  if (alloy.container.engineSocket === undefined) {
    return 'Alloy cannot be given the engine’s socket, because the engine is reached through an address and not a socket.';
  }
  if (observed?.images['alloy']?.origin === 'stub') {
    return 'The image of Alloy only stands in for the real one and reads nothing.';
  }
  return undefined;
}

function closedDoor(facts: FeedFacts, service: 'prometheus' | 'loki', port: number): string | undefined {
  const found = facts.desired.services.find(({ definition }) => definition.id === service);
  const title = found?.definition.title ?? service;
  if (facts.remoteHost !== undefined) {
    return `The engine is on ${facts.remoteHost}, and ${title} answers on that machine’s loopback addresses only: the app cannot send to it from here.`;
  }
  if (feedDoor(facts, service) !== undefined) return undefined;
  return `${title} has no address on this machine: switch the ingress on, or set up the loopback addresses; port ${port} then answers here.`;
}

function isEnabled(desired: DesiredStack, service: string): boolean {
  return desired.services.some(({ definition }) => definition.id === service);
}
