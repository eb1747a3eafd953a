// What the services' own programs refused in the command under way and before, and what follows from it.
import type { ServiceDefinition } from '../core/catalog/service.ts';
import { overridesInForce } from '../core/config-check.ts';
import { findContainer } from '../core/conflicts.ts';
import type { TemplateOverride } from '../core/desired.ts';
import type { Failure } from '../core/failure.ts';
import { labels } from '../core/identity.ts';
import type { Plan } from '../core/plan.ts';
import type { Knowledge } from './knowledge.ts';
import type { Refusal, RuntimeParts } from './runtime-parts.ts';

// Reads the user's own templates anew; what was refused of another text than that is forgotten.
export function readOverrides(world: Knowledge, parts: RuntimeParts): void {
  world.overrides = parts.overrides.read(Object.keys(parts.templates));
  world.refusals = world.refusals.filter(({ service, key }) => {
    const definition = parts.catalog.find((candidate) => candidate.id === service);
    return definition !== undefined && key === keyOf(definition, world, parts);
  });
}

// Each with what keeps it from being used.
export function templateOverrides(world: Knowledge, parts: RuntimeParts): Readonly<Record<string, TemplateOverride>> {
  const refused = new Map<string, string>();
  for (const { service, words, isTriedAgain } of world.refusals) {
    const files = parts.catalog.find((candidate) => candidate.id === service)?.files ?? [];
    if (isTriedAgain !== true) files.forEach(({ template }) => refused.set(template, words));
  }
  return Object.fromEntries(
    Object.entries(world.overrides.overrides).map(([template, override]) => {
      const words = refused.get(template);
      if (override.problem !== undefined || words === undefined) return [template, override];
      return [template, { ...override, problem: `Its own program refused it: ${words}` }];
    }),
  );
}

// A program judges all files of its service together.
function keyOf(definition: ServiceDefinition, world: Knowledge, parts: RuntimeParts): string {
  const texts = definition.files.flatMap(({ template, live }) => {
    const override = world.overrides.overrides[template];
    // No program ever sees the user's own in the place of a live one.
    const isSeen = override !== undefined && override.problem === undefined && live !== true;
    return isSeen ? [[template, override.text]] : [];
  });
  return parts.hash(JSON.stringify(texts));
}

// Service -> configuration hash of the container that stays as it is.
export function keptContainers(world: Knowledge): Readonly<Record<string, string>> {
  const { services } = world.desired();
  const kept = world.refusals.flatMap(({ service, kept: known, isTriedAgain }) => {
    const desired = services.find((candidate) => candidate.definition.id === service);
    // What else changed since then is a reason to replace it.
    return known === undefined || isTriedAgain === true || desired?.container.configHash !== known.own
      ? []
      : [[service, known.running] as const];
  });
  return { ...Object.fromEntries(kept), ...world.held };
}

// What an earlier process found is asked once more: the image may be another, or what was missing may be there.
export function tryAgain(world: Knowledge): void {
  world.refusals = world.refusals.map((refusal) => (refusal.isNew ? refusal : { ...refusal, isTriedAgain: true }));
}

export function noteAccepted(world: Knowledge, service: string): void {
  // Else it was the app's own that was accepted.
  if (overridesInForce(world.desired(), service).length === 0) return;
  world.refusals = world.refusals.filter((refusal) => refusal.service !== service);
}

// Ends a command: what it did not come to try stays as it was, and other processes are told.
export function settleRefusals(world: Knowledge, parts: RuntimeParts): void {
  world.held = {};
  world.refusals = world.refusals.map(({ isTriedAgain: _over, ...refusal }) => refusal);
  try {
    parts.overrides.remember(world.refusals.map(({ isNew: _own, ...refusal }) => refusal));
  } catch (error) {
    parts.log(`Which templates were refused could not be written down: ${String(error)}`);
  }
}

// Takes from these failures the refusals that another plan gets around: with the app's own template in the place of the
// user's, or with the container left as it is. Returns the failures that remain; undefined when no other plan is wanted.
export function takeRefusals(
  world: Knowledge,
  parts: RuntimeParts,
  failures: readonly Failure[],
): readonly Failure[] | undefined {
  let isNews = false;
  const remaining = failures.filter((failure) => {
    if (failure.code !== 'config-refused') return true;
    const { service, words } = failure;
    const running = keepableHash(world, service);
    if (overridesInForce(world.desired(), service).length > 0) {
      addRefusal(world, parts, { service, words, running });
      isNews = true;
      return false;
    }
    if (running !== undefined && world.held[service] !== running) {
      world.held = { ...world.held, [service]: running };
      isNews = true;
    }
    return true;
  });
  return isNews ? remaining : undefined;
}

// What a later plan does anew is no longer told of an earlier one.
export function untouchedBy(plan: Plan, failures: readonly Failure[], parts: RuntimeParts): readonly Failure[] {
  const touched = new Set(
    plan.operations.flatMap(({ operation }) => ('service' in operation ? operation.service : [])),
  );
  const images = parts.catalog
    .filter(({ id }) => touched.has(id))
    .map(({ image }) => `${image.repository}:${image.tag}`);
  return failures.filter((failure) => {
    if ('service' in failure && failure.service !== undefined) return !touched.has(failure.service);
    return !('image' in failure && images.includes(failure.image));
  });
}

function addRefusal(
  world: Knowledge,
  parts: RuntimeParts,
  {
    service,
    words,
    running,
  }: { readonly service: string; readonly words: string; readonly running?: string | undefined },
): void {
  const definition = parts.catalog.find((candidate) => candidate.id === service);
  if (definition === undefined) return;
  const key = keyOf(definition, world, parts);
  const before = world.refusals.find((refusal) => refusal.service === service && refusal.key === key);
  const others = world.refusals.filter((refusal) => refusal.service !== service);
  const refusal: Refusal = { service, key, words, isNew: true };
  world.refusals = [...others, refusal];
  const own = world.desired().services.find((one) => one.definition.id === service)?.container.configHash;
  const kept =
    before === undefined
      ? running === undefined || own === undefined || running === own
        ? undefined
        : { running, own }
      : before.kept;
  if (kept !== undefined) world.refusals = [...others, { ...refusal, kept }];
}

// Of a container that works, or did when it was stopped.
function keepableHash(world: Knowledge, service: string): string | undefined {
  const container = world.observed === undefined ? undefined : findContainer(world.observed, service);
  return container?.phase === 'running' || container?.phase === 'exited'
    ? container.labels[labels.configHash]
    : undefined;
}
