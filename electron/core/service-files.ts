// What a service finds in its files: our templates or the user's own in their place, with the values of this stack. Pure.
import type { ServiceDefinition, TemplateUse } from './catalog/service.ts';
import type { ContainerFile, DesiredInput, OverrideState, TemplateOverride } from './desired.ts';
import { renderTemplate } from './template.ts';
import { templateValues } from './template-values.ts';

export interface ServiceFiles {
  readonly files: readonly ContainerFile[];
  readonly liveFiles: readonly ContainerFile[];
  readonly overrides: readonly OverrideState[];
}

// Why no file of the user's own takes the place of a live one. A broken one would be in force before anybody saw it: no
// program looks at these, and some do not start with one that is broken.
export const liveProblem = 'It changes while the service runs, and no program checks it.';

export function deriveFiles(
  definition: ServiceDefinition,
  enabled: readonly ServiceDefinition[],
  input: DesiredInput,
): ServiceFiles {
  const values = templateValues(enabled, input);
  const overrides: OverrideState[] = [];
  function derive(use: TemplateUse): ContainerFile {
    const override = input.overrides?.[use.template];
    const own = (): string => fill(use, templateText(input.templates, use.template));
    const content = override === undefined ? own() : (tryOverride(use, override) ?? own());
    return { path: use.path, content, mode: use.mode ?? 0o644 };
  }
  function fill(use: TemplateUse, text: string): string {
    return use.raw === true ? text : renderTemplate(text, values);
  }
  function tryOverride(use: TemplateUse, { text, problem }: TemplateOverride): string | undefined {
    const state = { template: use.template, service: definition.id };
    const reason = isLive(use) ? liveProblem : problem;
    if (reason !== undefined) {
      overrides.push({ ...state, problem: reason });
      return undefined;
    }
    try {
      const content = fill(use, text);
      overrides.push(state);
      return content;
    } catch (error) {
      overrides.push({ ...state, problem: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  }
  const isLive = (use: TemplateUse): boolean => use.live === true;
  return {
    files: definition.files.filter((use) => !isLive(use)).map(derive),
    liveFiles: definition.files.filter(isLive).map(derive),
    overrides,
  };
}

function templateText(templates: Readonly<Record<string, string>>, name: string): string {
  const text = templates[name];
  if (text === undefined) throw new Error(`The template ${name} is not in resources/templates`);
  return text;
}
