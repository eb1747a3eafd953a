// Templates and the pre-flight, for who asks by hand. Loaded when somebody does.
import { checkOf, overridesInForce } from '../core/config-check.ts';
import type { ConfigurationView, ServiceCheck, TemplateView } from '../core/config-view.ts';
import type { DesiredService } from '../core/desired.ts';
import { FailureError } from '../core/failure.ts';
import { failureText } from '../core/failure-text.ts';
import { liveProblem } from '../core/service-files.ts';
import type { ConfigurationRuntime } from './runtime-api.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import { readOverrides } from './refusals.ts';
import { runCheck } from './run-check.ts';
import type { World } from './world.ts';

export function createConfigurationRuntime(world: World, parts: RuntimeParts): ConfigurationRuntime {
  return {
    view() {
      readOverrides(world, parts);
      return configurationView(world, parts);
    },
    export(template) {
      const text = parts.templates[template];
      if (text === undefined) throw new Error(`There is no template ${template}`);
      const uses = parts.catalog.flatMap(({ files }) => files);
      if (uses.some((use) => use.template === template && use.live === true)) {
        return { kind: 'refused', problem: liveProblem };
      }
      return parts.overrides.write(template, text);
    },
    async check(signal) {
      readOverrides(world, parts);
      // What was refused before is judged anew; nothing of it is remembered.
      const { refusals } = world;
      world.refusals = [];
      try {
        const { services } = world.desired();
        return await Promise.all(services.map((service) => checkOne(service, world, signal)));
      } finally {
        world.refusals = refusals;
      }
    },
  };
}

function configurationView(world: World, parts: RuntimeParts): ConfigurationView {
  const { overrides } = world.desired();
  const templates = parts.catalog.flatMap((definition) =>
    definition.files.map(({ template, path, live }): TemplateView => {
      const view = { template, service: definition.id, path };
      const override = overrides.find((one) => one.template === template);
      if (override?.problem !== undefined) return { ...view, state: 'ignored', problem: override.problem };
      if (override !== undefined) return { ...view, state: 'in-use' };
      if (world.overrides.overrides[template] === undefined) return { ...view, state: 'own' };
      // Its service is switched off; some would be ignored all the same.
      const problem = live === true ? liveProblem : `${definition.title} is switched off.`;
      return { ...view, state: 'ignored', problem };
    }),
  );
  return { folder: parts.overrides.folder, templates, strays: world.overrides.strays };
}

async function checkOne(service: DesiredService, world: World, signal: AbortSignal): Promise<ServiceCheck> {
  const { id, title } = service.definition;
  const overrides = overridesInForce(world.desired(), id).map(({ template }) => template);
  const unchecked = (words: string): ServiceCheck => ({ service: id, result: 'unchecked', words, overrides });
  const image = world.observed?.images[id];
  if (service.definition.check === undefined) return unchecked(`${title} has no program for it.`);
  if (world.engine === undefined || image === undefined || image.origin === 'unknown') {
    return unchecked('Its image is not here.');
  }
  const check = checkOf(service, image);
  if (check === undefined) return unchecked('Only a stub is here, which cannot judge.');
  try {
    const begun = performance.now();
    const words = await runCheck(world.engine, image.id, service.container, check, signal);
    const milliseconds = Math.round(performance.now() - begun);
    return {
      service: id,
      result: words === undefined ? 'accepted' : 'refused',
      words: words ?? '',
      overrides,
      milliseconds,
    };
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const { title: what, detail } = failureText(error.failure);
    return unchecked(`${what}. ${detail}`);
  }
}
