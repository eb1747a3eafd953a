import { describe, expect, it } from 'vitest';
import { repairOf, systems } from '../../../renderer/first-run/repair-lines.ts';
import { firstOpenStep, isDone, stepAfter, stepBefore } from '../../../renderer/first-run/steps.ts';
import { servicesWith, shown, snapshotOf } from '../../renderer/support/fixtures.ts';

const names = { names: 'on', lan: 'off', lanSummary: '' } as const;
const allThere = snapshotOf('off', '', servicesWith({ '*': { state: 'off' } }));
const connecting = { ...allThere, engine: { kind: 'connecting' } as const };

function withImage(change: { readonly present?: boolean; readonly substitute?: 'stub' | 'built' }, enabled = true) {
  const [first, ...others] = allThere.services;
  if (first === undefined) throw new Error('The catalog is empty');
  return { ...allThere, services: [{ ...first, enabled, image: { ...first.image, ...change } }, ...others] };
}

describe('a step', () => {
  it.each([
    ['the engine that answers', isDone('engine', allThere), true],
    ['an engine that is being looked for', isDone('engine', connecting), false],
    ['images that are all here', isDone('images', allThere), true],
    ['images where no engine answers', isDone('images', connecting), false],
    ['an image that is missing', isDone('images', withImage({ present: false })), false],
    ['one that is missing and switched off', isDone('images', withImage({ present: false }, false)), true],
    ['a stub', isDone('images', withImage({ substitute: 'stub' })), false],
    ['a real program that was built here', isDone('images', withImage({ substitute: 'built' })), true],
    ['names that nobody set up', isDone('names', allThere), false],
    ['names that are set up', isDone('names', { ...allThere, host: names }), true],
  ])('%s', (_what, found, expected) => {
    expect(found).toBe(expected);
  });

  it('that is done is passed on the way forward, and looked at on the way back', () => {
    expect(firstOpenStep(connecting)).toBe('engine');
    expect(firstOpenStep(allThere)).toBe('names');
    expect(stepAfter('engine', allThere)).toBe('names');
    expect(stepAfter('engine', withImage({ present: false }))).toBe('images');
    expect(stepAfter('engine', { ...allThere, host: names })).toBe('start');
    expect(stepAfter('names', allThere)).toBe('start');
    expect([stepBefore('start'), stepBefore('names'), stepBefore('images'), stepBefore('engine')]).toEqual([
      'names',
      'images',
      'engine',
      undefined,
    ]);
  });
});

describe('the repair of an engine', () => {
  const codes = ['engine-not-found', 'engine-not-running', 'engine-permission-denied', 'engine-too-old'] as const;

  it.each(codes.flatMap((code) => systems.map((system) => [code, system] as const)))('%s on %s', (code, system) => {
    const repair = repairOf(code, system);
    const lines = [...(repair?.lines ?? []), ...(repair?.otherwise?.lines ?? [])];
    expect(lines.length).toBeGreaterThan(0);
    for (const { line, what } of lines) {
      expect(what).not.toBe('');
      expect(line).not.toMatch(/[\n;|`]|curl|\bsu\b/);
    }
    const asksForGroup = lines.some(({ line }) => line.includes('usermod'));
    expect(repair?.needsLogin).toBe(asksForGroup);
    if (system === 'macos') expect(lines.map(({ line }) => line).join()).not.toMatch(/sudo|systemctl|apt|dnf|pacman/);
  });

  it('names the same commands as the words of the failure itself', () => {
    const { text } = shown({ code: 'engine-permission-denied', endpoint: '', tried: [] });
    expect(text.nextStep).toContain('sudo usermod -aG docker');
    expect(text.nextStep).toContain(repairOf('engine-permission-denied', 'debian')?.otherwise?.lines[0]?.line);
    expect(repairOf('port-taken', 'debian')).toBe(undefined);
  });
});
