// What an import would do, from what was looked at. Pure.
import type { VolumeUser } from './engine-port.ts';
import type { ImportRefusal } from './import-refusal.ts';
import { size } from './import-refusal.ts';
import type { ImportLook, VolumeContent } from './import-scripts.ts';
import type { ImportSource } from './import-source.ts';
import { olderStore } from './import-stores.ts';
import type { Settings } from './settings.ts';
import { signalServices } from './telemetry/signal-services.ts';

export type ImportStep =
  | { readonly kind: 'stop-service' }
  // keepsTop: the top folder gets owner and mode of the old one, else those that the service's image wants.
  | {
      readonly kind: 'copy';
      readonly from: string;
      readonly to: string;
      readonly keepsTop: boolean;
      readonly replaces: boolean;
    }
  | { readonly kind: 'remove-volume'; readonly name: string }
  | { readonly kind: 'start-service' };

export interface ImportPlan {
  readonly service: string;
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly files: number;
  readonly bytes: number;
  // Bytes that our own volume holds and will not any more.
  readonly lostBytes?: number;
  // Where somebody else's volume has our name: the one that holds what was in it, for good.
  readonly kept?: string;
  // None: an earlier run has copied it, and may have been killed before it could say so.
  readonly steps: readonly ImportStep[];
  readonly notes: readonly string[];
}

export interface ImportFacts {
  readonly service: string;
  readonly title: string;
  readonly source: Exclude<ImportSource, { readonly kind: 'refused' }>;
  readonly look: ImportLook;
  // Of the old volume, without the short-lived containers of imports.
  readonly users: readonly VolumeUser[];
  readonly isRunning: boolean;
  // The user's word that what our own volume holds may go.
  readonly mayReplace: boolean;
  // The very same copy was finished before, if only by a container that outlived its command.
  readonly wasFinished: boolean;
  // Whether the old volume and the one that keeps its data hold the same; asked only where both are whole.
  readonly isSameAsKept?: boolean;
  readonly settings: Pick<Settings, 'retention'>;
}

export type ImportDecision =
  | { readonly kind: 'plan'; readonly plan: ImportPlan }
  | { readonly kind: 'refused'; readonly refusal: ImportRefusal };

export function planImport(facts: ImportFacts): ImportDecision {
  const { source, look } = facts;
  const from = source.kind === 'plain' ? source.from : source.name;
  const obstacle = obstacleTo(facts, from);
  if (obstacle !== undefined) return { kind: 'refused', refusal: obstacle };
  const steps = source.kind === 'plain' ? plainSteps(facts, source) : sameNameSteps(source, look.to);
  const lostBytes = lossOf(facts);
  const plan: ImportPlan = {
    service: facts.service,
    title: facts.title,
    from,
    to: source.kind === 'plain' ? source.to : source.name,
    files: look.from.files,
    bytes: look.from.bytes,
    ...(lostBytes === undefined || steps.length === 0 ? {} : { lostBytes }),
    ...(source.kind === 'same-name' ? { kept: source.kept } : {}),
    steps,
    notes: notesOf(facts),
  };
  return { kind: 'plan', plan };
}

// A volume that an import put aside is whole once nothing of a copy under way is in it.
export function isWhole(content: VolumeContent | undefined): boolean {
  return content !== undefined && content.leftover === undefined && content.entries.length > 0;
}

function obstacleTo(facts: ImportFacts, from: string): ImportRefusal | undefined {
  const { source, look, users } = facts;
  const isSameName = source.kind === 'same-name';
  const inTheWay = users.filter(({ isRunning }) => isSameName || isRunning);
  if (inTheWay.length > 0) {
    const containers = inTheWay.map(({ name }) => name);
    return { kind: 'in-use', volume: from, containers, mustGo: isSameName };
  }
  if (look.from.files === 0) return { kind: 'empty', volume: from };
  const why = olderStore(facts.service, look);
  if (why !== undefined) return { kind: 'older-store', volume: from, why };
  if (isSameName && isWhole(look.to)) {
    return facts.isSameAsKept !== true ? { kind: 'kept-differs', volume: from, kept: source.kept } : undefined;
  }
  if (facts.wasFinished) return undefined;
  const bytes = lossOf(facts);
  if (bytes !== undefined && !facts.mayReplace && look.to?.leftover !== 'moving') {
    return { kind: 'has-data', volume: isSameName ? source.kept : source.to, bytes };
  }
  const { freeBytes } = look;
  if (freeBytes === undefined || freeBytes > look.from.bytes) return undefined;
  return { kind: 'no-space', neededBytes: look.from.bytes, freeBytes };
}

// What our own volume holds by itself.
function lossOf({ source, look: { to } }: ImportFacts): number | undefined {
  return source.kind === 'plain' && to !== undefined && to.files > 0 ? to.bytes : undefined;
}

function plainSteps(facts: ImportFacts, source: Extract<ImportSource, { kind: 'plain' }>): readonly ImportStep[] {
  if (facts.wasFinished) return [];
  const { from, to } = source;
  const copy: ImportStep = { kind: 'copy', from, to, keepsTop: false, replaces: lossOf(facts) !== undefined };
  return facts.isRunning ? [{ kind: 'stop-service' }, copy, { kind: 'start-service' }] : [copy];
}

function sameNameSteps(
  { name, kept }: Extract<ImportSource, { kind: 'same-name' }>,
  to: VolumeContent | undefined,
): readonly ImportStep[] {
  const aside: ImportStep = { kind: 'copy', from: name, to: kept, keepsTop: true, replaces: false };
  return [
    ...(isWhole(to) ? [] : [aside]),
    { kind: 'remove-volume', name },
    { kind: 'copy', from: kept, to: name, keepsTop: false, replaces: false },
  ];
}

function notesOf({ service, source, look, settings }: ImportFacts): readonly string[] {
  const signal = (['metrics', 'logs', 'traces'] as const).find((one) => signalServices[one] === service);
  const retention = signal === undefined ? undefined : settings.retention[signal];
  return [
    ...(look.to?.leftover === 'moving' && source.kind === 'plain'
      ? [`An import was cut off at its very end: what is in ${source.to} now is a part of a copy, and is made anew.`]
      : []),
    ...(retention === undefined
      ? []
      : [
          `What is older than ${retention.days} days, or beyond ${size(retention.gigabytes * 1e9)}, is deleted from the copy later: macula retention ${signal} changes that.`,
        ]),
    ...(service === 'grafana' ? ['Users and passwords are those of the older Grafana.'] : []),
  ];
}
