// LAN mode as decisions: what the guard must hold, what is open now, and what that means in words. Pure.
import type { ServiceDefinition } from '../catalog/service.ts';
import { findContainer } from '../conflicts.ts';
import type { DesiredStack, ServiceUrl } from '../desired.ts';
import type { Observed } from '../observed.ts';
import { isWildcard } from '../publishes.ts';
import type { LanSettings } from '../settings.ts';
import type { LanNetwork } from './host-facts.ts';
import type { GuardIntent } from './host-request.ts';
import type { LanServiceView, LanView } from './host-view.ts';

export const hourMilliseconds = 3600 * 1000;

export function lanPortsOf(catalog: readonly ServiceDefinition[], services: readonly string[]): readonly number[] {
  const ports = catalog.flatMap(({ id, lan }) => (services.includes(id) ? (lan?.ports ?? []) : []));
  return ports.map(({ port }) => port).sort((a, b) => a - b);
}

// `open` are the ports that are open until now: they stay guarded until nothing listens there any more.
export function guardIntent(
  catalog: readonly ServiceDefinition[],
  lan: LanSettings,
  { subnet }: DesiredStack['network'],
  open: readonly number[] = [],
): GuardIntent {
  return {
    subnet,
    ports: [...new Set([...lanPortsOf(catalog, lan.services), ...open])].sort((a, b) => a - b),
    interface: lan.network.interface,
    ranges: lan.network.ranges,
    ...(lan.until === undefined ? {} : { until: lan.until }),
  };
}

// Whether both open the same to the same network for as long; when an hour began is another matter.
export function isSameLan(one: LanSettings | null, other: LanSettings | null): boolean {
  const words = (lan: LanSettings | null) => {
    if (lan === null) return '';
    const { interface: name, ranges, gateway = '' } = lan.network;
    return JSON.stringify([[...lan.services].sort(), lan.limit, name, ranges, gateway]);
  };
  return words(one) === words(other);
}

// Whether a guard holds all that LAN mode as it is set would open, and for no others and no longer.
export function holds(guard: GuardIntent, catalog: readonly ServiceDefinition[], lan: LanSettings): boolean {
  return (
    lanPortsOf(catalog, lan.services).every((port) => guard.ports.includes(port)) &&
    guard.interface === lan.network.interface &&
    guard.until === lan.until &&
    guard.ranges.join(' ') === lan.network.ranges.join(' ')
  );
}

// As it is after a restart of the machine, where there was a time limit: nobody is let in, and it shows that.
export function closedGuard(guard: GuardIntent): GuardIntent {
  return { ...guard, ranges: [], until: 0 };
}

// Ids of the services of ours that any other machine could connect to, were it not for a guard.
export function openServices(catalog: readonly ServiceDefinition[], observed: Observed | undefined): readonly string[] {
  return catalog.flatMap(({ id }) => (openPortsOf(id, observed).length > 0 ? [id] : []));
}

// The ports that these are at, which need not be those of the settings any more.
export function openPorts(catalog: readonly ServiceDefinition[], observed: Observed | undefined): readonly number[] {
  return [...new Set(catalog.flatMap(({ id }) => openPortsOf(id, observed)))];
}

export function openPortsOf(service: string, observed: Observed | undefined): readonly number[] {
  if (observed === undefined) return [];
  const container = findContainer(observed, service);
  return observed.listeners.flatMap(({ address, containerId, port }) =>
    isWildcard(address) && containerId !== undefined && containerId === container?.id ? [port] : [],
  );
}

// Whether a service that is open is so at other ports than those of the settings.
export function isElsewhere({ id, lan }: ServiceDefinition, observed: Observed | undefined): boolean {
  return openPortsOf(id, observed).some((open) => lan?.ports.some(({ port }) => port === open) !== true);
}

// Whether this is another network than the one that LAN mode was turned on for; 'lookalike' has the same addresses.
export function hasLeft(lan: LanSettings, network: LanNetwork | undefined): 'no' | 'elsewhere' | 'lookalike' {
  if (network === undefined || network.interface !== lan.network.interface || !sameRange(lan, network)) {
    return 'elsewhere';
  }
  const { gateway } = lan.network;
  // A router's hardware address that is not known tells nothing.
  return gateway === undefined || network.gateway === undefined || gateway === network.gateway ? 'no' : 'lookalike';
}

function sameRange(lan: LanSettings, network: LanNetwork): boolean {
  const range4 = (ranges: readonly string[]) => ranges.filter((range) => !range.includes(':')).join(' ');
  return range4(lan.network.ranges) === range4(network.ranges);
}

export interface LanFacts {
  readonly catalog: readonly ServiceDefinition[];
  readonly settings: LanSettings | null;
  // Ids of services that are switched off.
  readonly disabled?: readonly string[];
  readonly observed: Observed | undefined;
  // The guard that is in force now, whoever of this machine set it up.
  readonly guard: GuardIntent | undefined;
  readonly network: LanNetwork | undefined;
  // Why there is no network to open anything to.
  readonly problem: string | undefined;
  readonly now: number;
}

export function lanState({ catalog, settings, observed, guard, network, now }: LanFacts): LanView['state'] {
  const open = openServices(catalog, observed);
  if (open.length === 0) return 'off';
  if (guard === undefined || !openPorts(catalog, observed).every((port) => guard.ports.includes(port))) {
    return 'unguarded';
  }
  if (guard.until !== undefined && guard.until <= now) return 'closed';
  if (settings?.limit !== 'network') return 'on';
  const left = hasLeft(settings, network);
  // The guard knows ranges, not routers: who has the same addresses elsewhere would be let in.
  return left === 'lookalike' ? 'unguarded' : left === 'elsewhere' ? 'closed' : 'on';
}

export function lanView(facts: LanFacts): LanView {
  const { catalog, settings, guard, network, problem } = facts;
  const state = lanState(facts);
  const open = openServices(catalog, facts.observed);
  return {
    state,
    summary: lanSummary(state, facts, open),
    ...(network === undefined
      ? {}
      : { network: { interface: network.interface, address: network.address, ranges: network.ranges } }),
    ...(problem === undefined ? {} : { problem }),
    services: catalog.flatMap((service) => serviceView(service, open, facts)),
    ...(settings === null ? {} : { limit: settings.limit }),
    ...(guard?.until === undefined ? {} : { until: guard.until }),
  };
}

// The same addresses as links that the app may open.
export function lanLinks({ services }: LanView): readonly ServiceUrl[] {
  return services.flatMap(({ id, urls }) =>
    urls.map((url) => ({ id: `${id}:lan:${url.split(':')[2]?.split('/')[0] ?? ''}`, label: url, url })),
  );
}

function serviceView(
  { id, title, lan, open: page, web }: ServiceDefinition,
  open: readonly string[],
  { catalog, network, observed, disabled = [] }: LanFacts,
): readonly LanServiceView[] {
  if (lan === undefined) return [];
  const isOpen = open.includes(id);
  const isThere = (other: string): boolean => catalog.some((each) => each.id === other) && !disabled.includes(other);
  const ports = lan.ports.filter(({ insteadOf }) => insteadOf === undefined || !isThere(insteadOf));
  const listening = openPortsOf(id, observed);
  const doors = network === undefined ? [] : ports.filter(({ port }) => listening.includes(port));
  return [
    {
      id,
      title,
      ports: ports.map(({ port }) => port),
      protection: lan.protection,
      isOpen,
      // Names lead other machines to themselves: only addresses work from there.
      urls: doors.map(
        ({ port, containerPort }) =>
          `http://${network?.address ?? ''}:${port}${containerPort === web?.port ? (page?.path ?? '/') : ''}`,
      ),
    },
  ];
}

function lanSummary(state: LanView['state'], facts: LanFacts, open: readonly string[]): string {
  const titles = facts.catalog.filter(({ id }) => open.includes(id)).map(({ title }) => title);
  const listed = titles.length > 1 ? `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)}` : (titles[0] ?? '');
  const ranges = facts.guard?.ranges.join(', ') ?? '';
  switch (state) {
    case 'off':
      return 'Only this machine reaches the services.';
    case 'on':
      return `${ranges} on ${facts.guard?.interface ?? ''} reaches ${listed}; everybody else is refused.`;
    case 'unguarded':
      return facts.guard !== undefined && facts.settings?.limit === 'network'
        ? `This is another network than the one LAN mode was turned on for, with the same addresses: it reaches ${listed}.`
        : `Every network that this machine is on reaches ${listed}: the guard is gone.`;
    case 'closed':
      return `Nobody but this machine reaches ${listed} any more, though the ports are still published.`;
  }
}
