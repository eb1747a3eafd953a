// What Prometheus scrapes beside the stack: the user's own list, and containers that ask for it by their labels. Pure.
import { labels } from '../identity.ts';
import type { LabelledContainer } from '../observed.ts';
import { isScrapeTarget, type ScrapeTarget, type Settings } from '../settings.ts';
import { machineName, reachOf } from './networks.ts';

// As Prometheus reads it from a file.
export interface TargetGroup {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

export interface ObservedTargets {
  readonly groups: readonly TargetGroup[];
  // Networks that Prometheus has to be on, the stack's own among them.
  readonly networks: readonly string[];
  // What is wrong with a label, or good to know of one, a sentence each.
  readonly notes: readonly string[];
}

export function userGroups(targets: readonly ScrapeTarget[]): readonly TargetGroup[] {
  return byName(targets).map((target) => groupOf(target, { service: target.name }));
}

export function observeTargets(labelled: readonly LabelledContainer[]): ObservedTargets {
  const groups: TargetGroup[] = [];
  const networks = new Set<string>();
  const notes: string[] = [];
  for (const container of byName(labelled)) {
    const port = isObserved(container) ? container.labels[labels.metricsPort] : undefined;
    if (port === undefined) continue;
    const reach = reachOf(container);
    if (reach.kind === 'nowhere') {
      notes.push(`The container ${container.name} is on no network: nothing can be scraped from it.`);
      continue;
    }
    const host = reach.kind === 'machine' ? machineName : bracketed(reach.address);
    const path = container.labels[labels.metricsPath] ?? '/metrics';
    const wrong = wrongLabel(port, path);
    if (wrong !== undefined) {
      notes.push(`The container ${container.name} is not scraped: its label ${wrong}.`);
      continue;
    }
    if (reach.kind === 'network') networks.add(reach.network);
    else notes.push(machineNote(container.name, port));
    const service = container.labels[labels.composeService] ?? container.name;
    const target = { address: `${host}:${Number(port)}`, path, scheme: 'http' } as const;
    groups.push(groupOf(target, { service, container: container.name }));
  }
  return { groups, networks: [...networks].sort(), notes };
}

// For people too: they look at these files when something is missing.
export function targetsFile(groups: readonly TargetGroup[]): string {
  return JSON.stringify(groups, undefined, 2);
}

// Addresses at which Prometheus would find only itself.
export function isItself(address: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|0\.0\.0\.0|\[::1?\]):/i.test(address);
}

export function userTargetNotes({ targets }: Pick<Settings, 'targets'>): readonly string[] {
  return byName(targets)
    .filter(({ address }) => isItself(address))
    .map(({ name, address }) => `The target ${name} cannot be scraped at ${address}: ${itselfWords(address)}`);
}

export function itselfWords(address: string): string {
  const port = address.slice(address.lastIndexOf(':') + 1);
  return `inside its container that is Prometheus itself. A program on this machine is at ${machineName}:${port}, when it listens on more than 127.0.0.1.`;
}

function isObserved({ labels: found }: LabelledContainer): boolean {
  return found[labels.observe] === 'true';
}

function groupOf(
  { address, path, scheme }: Omit<ScrapeTarget, 'name'>,
  own: Readonly<Record<string, string>>,
): TargetGroup {
  return { targets: [address], labels: { ...own, __scheme__: scheme, __metrics_path__: path } };
}

function wrongLabel(port: string, path: string): string | undefined {
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    return `${labels.metricsPort} is "${port.slice(0, 40)}", which is no port from 1 to 65535`;
  }
  const isPath = isScrapeTarget({ name: 'any', address: 'any:1', path, scheme: 'http' });
  return isPath ? undefined : `${labels.metricsPath} is "${path.slice(0, 40)}", which is no path such as /metrics`;
}

function machineNote(name: string, port: string): string {
  return `The container ${name} uses the machine's own network: it is scraped at ${machineName}:${port}, and has to listen on more than 127.0.0.1 for it.`;
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

// Code point order: the same file on every machine.
function byName<Named extends { readonly name: string }>(list: readonly Named[]): readonly Named[] {
  return list.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
