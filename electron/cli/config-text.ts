// The configuration for people. Pure.
import { oneLine } from '../core/config-check.ts';
import type { ConfigurationView, ServiceCheck, TemplateView } from '../core/config-view.ts';
import type { ServiceSnapshot } from '../core/snapshot.ts';
import type { Colour, Paint } from './paint.ts';

const states: Readonly<Record<TemplateView['state'], readonly [Colour, string]>> = {
  own: ['dim', "Macula's own"],
  'in-use': ['green', 'yours'],
  ignored: ['red', 'yours, ignored'],
};

export function listText({ folder, templates, strays }: ConfigurationView, paint: Paint): string {
  const width = Math.max(...templates.map(({ template }) => template.length));
  const lines = templates.map(({ template, service, path, state, problem }) => {
    const [colour, words] = states[state];
    const place = `${service}: ${path}`;
    return `${template.padEnd(width)}  ${paint(colour, words.padEnd(14))}  ${paint('dim', place)}\n${indented(problem ?? '')}`;
  });
  return `${lines.join('')}\nYours are in ${folder}\n${strayText(strays)}`;
}

export interface CheckReport {
  readonly services: readonly ServiceCheck[];
  // Templates of the user's own that no program was asked about.
  readonly ignored: readonly TemplateView[];
  readonly strays: ConfigurationView['strays'];
}

const results: Readonly<Record<ServiceCheck['result'], Colour>> = {
  accepted: 'green',
  refused: 'red',
  unchecked: 'dim',
};

export function checkText({ services, ignored, strays }: CheckReport, paint: Paint): string {
  const width = Math.max(...services.map(({ service }) => service.length));
  const lines = services.map(({ service, result, words, overrides, milliseconds }) => {
    const time = milliseconds === undefined ? '' : ` in ${milliseconds} ms`;
    const yours = overrides.length === 0 ? '' : `, with your ${overrides.join(', ')}`;
    const rest = result === 'unchecked' ? `  ${oneLine(words)}` : `${time}${yours}`;
    const head = `${service.padEnd(width)}  ${paint(results[result], result)}${rest}`;
    return `${head}\n${result === 'refused' ? indented(words) : ''}`;
  });
  const unused = ignored.map(({ template, problem }) => `Ignored: your ${template}\n${indented(problem ?? '')}`);
  return `${lines.join('')}${unused.join('')}${strayText(strays)}`;
}

// Nobody is asked about these, and that is said.
export function switchedOff(services: readonly ServiceSnapshot[]): readonly ServiceCheck[] {
  return services
    .filter(({ enabled }) => !enabled)
    .map(({ id }) => ({ service: id, result: 'unchecked', words: 'It is switched off in Settings.', overrides: [] }));
}

function strayText(strays: ConfigurationView['strays']): string {
  return strays.map(({ path, problem }) => `Of no use there: ${path}. ${problem}\n`).join('');
}

function indented(words: string): string {
  return words === '' ? '' : words.replace(/^/gm, '  ').concat('\n');
}
