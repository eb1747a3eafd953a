// When a configuration is checked by the service's own program, and what of its words is passed on. Pure.
import type { ConfigCheck } from './catalog/service.ts';
import type { DesiredService, DesiredStack, OverrideState } from './desired.ts';
import type { ProgramResult } from './engine-port.ts';
import type { ObservedImage } from './observed.ts';

// Seconds that a program may take over a check.
export const checkSeconds = 30;

const mostCharacters = 2000;

// undefined where nobody can judge: the service has no such program, or only a stub stands in for it.
export function checkOf(service: DesiredService, image: ObservedImage | undefined): ConfigCheck | undefined {
  return image?.origin === 'stub' ? undefined : service.definition.check;
}

// Templates of the user's own that this service's configuration is made of.
export function overridesInForce(desired: DesiredStack, service: string): readonly OverrideState[] {
  return desired.overrides.filter((override) => override.service === service && override.problem === undefined);
}

// The last words matter: what a program says first is mostly about itself.
export function refusalWords({ exitCode, output }: ProgramResult): string {
  const lines = plainText(output)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '');
  const kept: string[] = [];
  let length = 0;
  for (const line of lines.toReversed()) {
    length += line.length + 1;
    if (length > mostCharacters) break;
    kept.unshift(line);
  }
  if (kept.length > 0) return kept.join('\n');
  const last = lines.at(-1);
  return last === undefined ? `It ended with ${exitCode} and said nothing.` : `${last.slice(0, mostCharacters - 3)}...`;
}

// For places that have room for one line only.
export function oneLine(words: string): string {
  return words
    .split('\n')
    .map((line) => line.trim())
    .join(' / ');
}

const escapeSequence = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;

function plainText(output: string): string {
  return output
    .replace(escapeSequence, '')
    .replaceAll('\r', '\n')
    .replaceAll('\t', '  ')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, '');
}
