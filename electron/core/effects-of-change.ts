// What a change of settings does to what runs: the plan of a Start with the settings of then, compared with the plan of
// one with the settings of now. Pure.
import { findContainer } from './conflicts.ts';
import type { DesiredStack } from './desired.ts';
import type { Failure } from './failure.ts';
import { wantedNames } from './host/wanted-names.ts';
import { isOurs } from './identity.ts';
import type { Observed, ObservedContainer } from './observed.ts';
import { planUp } from './reconcile-up.ts';
import type { ServiceDefinition } from './catalog/service.ts';
import type { Settings } from './settings.ts';
import type { SettingsEffects } from './settings-effects.ts';
import { changeNotes } from './settings-notes.ts';

export interface SettingsThen {
  readonly settings: Settings;
  readonly desired: DesiredStack;
}

export interface ChangeFacts {
  readonly catalog: readonly ServiceDefinition[];
  readonly before: SettingsThen;
  readonly after: SettingsThen;
  // With who listens on this machine at the ports of both; undefined while no engine was looked at.
  readonly observed: Observed | undefined;
  // Service -> configuration hash of a container that stays as it is.
  readonly kept: Readonly<Record<string, string>>;
  // Host names that are set up on this machine.
  readonly names: readonly string[];
}

export function effectsOfChange(facts: ChangeFacts): SettingsEffects {
  const { before, after, names } = facts;
  const touched = facts.observed === undefined ? untouched : touchedBy(facts, facts.observed);
  return {
    ...touched,
    reconnects: before.settings.engineEndpoint !== after.settings.engineEndpoint,
    names: names.length > 0 && isIncomplete(after, names) && !isIncomplete(before, names),
    notes: [...changeNotes(facts), ...obstacleNotes(facts)],
  };
}

type Touched = Pick<SettingsEffects, 'replaced' | 'started' | 'stopped'>;

const untouched: Touched = { replaced: [], started: [], stopped: [] };

function touchedBy(facts: ChangeFacts, observed: Observed): Touched {
  const { catalog, before, after } = facts;
  const then = operationsOf(after, observed, facts);
  const now = operationsOf(before, observed, facts);
  // Where nothing runs, nothing of it is touched: whoever starts it gets the new settings from the beginning.
  if (then === undefined || !observed.containers.some((each) => isOurs(each.labels) && isUp(each))) return untouched;
  const isRunning = (id: string): boolean => {
    const container = findContainer(observed, id);
    return container !== undefined && isUp(container);
  };
  const isNew = (operation: string, id: string): boolean =>
    then.has(`${operation} ${id}`) && now?.has(`${operation} ${id}`) !== true;
  const titles = (isMeant: (id: string) => boolean): readonly string[] =>
    catalog.filter(({ id }) => isMeant(id)).map(({ title }) => title);
  const isReplaced = (id: string): boolean =>
    isRunning(id) &&
    then.has(`create-container ${id}`) &&
    (isNew('create-container', id) || isOther(id, before, after));
  return {
    replaced: titles(isReplaced),
    started: titles((id) => !isRunning(id) && isNew('start-container', id)),
    stopped: titles((id) => isRunning(id) && !then.has(`create-container ${id}`) && isNew('remove-container', id)),
  };
}

// Ids of what a Start would do; undefined where it would do nothing at all.
function operationsOf(
  { desired }: SettingsThen,
  observed: Observed,
  facts: ChangeFacts,
): ReadonlySet<string> | undefined {
  // Ports that are taken are told by themselves: they say nothing of what is touched.
  const listeners = observed.listeners.filter(({ containerId }) => isOwn(containerId, observed));
  const planned = planStart(desired, { ...observed, listeners }, facts);
  return planned.ok ? new Set(planned.plan.operations.map(({ id }) => id)) : undefined;
}

function isOwn(containerId: string | undefined, { containers }: Observed): boolean {
  return containers.some((each) => each.id === containerId && isOurs(each.labels));
}

function planStart(desired: DesiredStack, observed: Observed, { before, after, kept }: ChangeFacts) {
  // One that is kept is so as long as nothing else of it changes.
  const isKept = ([id]: readonly [string, string]): boolean =>
    desired === before.desired || !isOther(id, before, after);
  return planUp(desired, observed, {
    chosen: desired.services,
    wholeStack: true,
    kept: Object.fromEntries(Object.entries(kept).filter(isKept)),
  });
}

function isOther(id: string, before: SettingsThen, after: SettingsThen): boolean {
  const [one, other] = [before, after].map(
    ({ desired }) => desired.services.find(({ definition }) => definition.id === id)?.container.configHash,
  );
  return one !== other;
}

function isUp({ phase }: ObservedContainer): boolean {
  return phase === 'running' || phase === 'restarting' || phase === 'paused';
}

function isIncomplete({ desired, settings }: SettingsThen, names: readonly string[]): boolean {
  return wantedNames(desired, settings.baseDomain).some(({ host }) => !names.includes(host));
}

// What keeps a Start from working with these settings, and does not with those of now.
function obstacleNotes(facts: ChangeFacts): readonly string[] {
  const { before, after, observed } = facts;
  if (observed === undefined) return [];
  const failuresOf = (desired: DesiredStack): readonly Failure[] => {
    const planned = planStart(desired, observed, facts);
    return planned.ok ? [] : planned.failures;
  };
  const known = failuresOf(before.desired).map(doorOf);
  return failuresOf(after.desired)
    .filter((failure) => !known.includes(doorOf(failure)))
    .flatMap((failure) =>
      failure.code === 'port-taken'
        ? [
            `Port ${failure.port} on ${failure.address} is taken: ${failure.owner} holds it. As long as that is so, Start refuses.`,
          ]
        : [],
    );
}

function doorOf(failure: Failure): string {
  return failure.code === 'port-taken' ? `${failure.address} ${failure.port}` : failure.code;
}
