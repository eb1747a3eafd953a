import { describe, expect, it } from 'vitest';
import { isScrapeTarget } from '../../../electron/core/settings.ts';

describe('a target of the user’s own', () => {
  const isTarget = (change: { readonly address?: string; readonly path?: string }) =>
    isScrapeTarget({ name: 'shop', address: 'shop:8000', path: '/metrics', scheme: 'http', ...change });

  it.each([
    ['shop:1', true],
    ['shop:65535', true],
    ['[fd00::1]:9100', true],
    ['shop:0', false],
    ['shop:00000', false],
    ['shop:65536', false],
    ['shop', false],
  ])('may have the address %s: %s', (address, isGood) => {
    expect(isTarget({ address })).toBe(isGood);
  });

  it.each([
    ['/', true],
    ['/a%20b%2Fc/~x_.-', true],
    [`/${'a'.repeat(199)}`, true],
    ['/%zz', false],
    ['/%', false],
    ['/a%2', false],
    [`/${'a'.repeat(200)}`, false],
    [`/${'%41'.repeat(67)}`, false],
    ['/a?b', false],
    ['metrics', false],
  ])('may have the path %s: %s', (path, isGood) => {
    expect(isTarget({ path })).toBe(isGood);
  });
});
