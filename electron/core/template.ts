// A template language of two forms: {{name}} and {{#each list}}…{{/each}}. Nothing unknown passes silently.

export interface TemplateValues {
  readonly [name: string]: string | readonly TemplateValues[];
}

const eachPattern = /\{\{#each (\w+)\}\}\n?([\s\S]*?)\{\{\/each\}\}\n?/g;
const namePattern = /\{\{(\w+)\}\}/g;

export function renderTemplate(text: string, values: TemplateValues): string {
  const expanded = text.replace(eachPattern, (_match, name: string, body: string) => {
    const list = values[name];
    if (!Array.isArray(list)) throw new Error(`The template repeats over "${name}", which is not a list`);
    return list.map((item: TemplateValues) => renderTemplate(body, { ...values, ...item })).join('');
  });
  return expanded.replace(namePattern, (_match, name: string) => {
    const value = values[name];
    if (typeof value !== 'string') throw new Error(`The template names "${name}", which has no value`);
    return value;
  });
}
