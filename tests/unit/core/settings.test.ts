import { describe, expect, it } from 'vitest';
import { failureText } from '../../../electron/core/failure-text.ts';
import { defaultSettings, isScrapeTarget, parseSettings } from '../../../electron/core/settings.ts';

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

describe('how long each signal is kept', () => {
  const chosen = {
    metrics: { days: 100, gigabytes: 50 },
    logs: { days: 90, gigabytes: 40 },
    traces: { days: 80, gigabytes: 30 },
  };
  const defaults = defaultSettings.retention;
  const widest = { days: 365, gigabytes: 10_000 };
  const misspelt = { ...chosen, trace: chosen.traces, traces: undefined };

  it.each([
    ['all of it', chosen, chosen, []],
    ['nothing', undefined, defaults, []],
    ['one signal, the others by default', { logs: chosen.logs }, { ...defaults, logs: chosen.logs }, []],
    [
      'one limit, the other by default',
      { logs: { days: 90 } },
      { ...defaults, logs: { ...defaults.logs, days: 90 } },
      [],
    ],
    [
      'too many days of one signal',
      { ...chosen, traces: { days: 400, gigabytes: 30 } },
      { ...chosen, traces: { days: 365, gigabytes: 30 } },
      ['retention.traces.days'],
    ],
    [
      'words and fractions',
      { ...chosen, logs: { days: 1.5, gigabytes: '40' }, metrics: { days: null, gigabytes: 0 } },
      { ...chosen, logs: widest, metrics: widest },
      ['retention.metrics.days', 'retention.metrics.gigabytes', 'retention.logs.days', 'retention.logs.gigabytes'],
    ],
    ['a signal without its limits', { ...chosen, logs: 90 }, { ...chosen, logs: widest }, ['retention.logs']],
    [
      'a misspelt limit',
      { ...chosen, logs: { day: 90, gigabytes: 40 } },
      { ...chosen, logs: { days: 365, gigabytes: 40 } },
      ['retention.logs.days'],
    ],
    ['a misspelt signal', misspelt, { ...chosen, traces: widest }, ['retention.traces']],
    ['more than this version knows', { ...chosen, profiles: { days: 1 } }, chosen, []],
    ['no signals at all', 90, { metrics: widest, logs: widest, traces: widest }, ['retention']],
    ['a list', [chosen], { metrics: widest, logs: widest, traces: widest }, ['retention']],
  ])('with %s: no mistake makes it shorter or smaller', (_what, given, inForce, rejected) => {
    // As it comes from a file.
    const { settings, rejected: found } = parseSettings(JSON.parse(JSON.stringify({ retention: given })));
    expect(settings.retention).toEqual(inForce);
    expect(found).toEqual(rejected);
  });

  it('is said to be at its widest where it cannot be used', () => {
    const detailOf = (keys: readonly string[]) => failureText({ code: 'settings-rejected', path: '/s', keys }).detail;
    expect(detailOf(['retention.traces.days'])).toContain('widest limits so that nothing is deleted');
    expect(detailOf(['baseDomain'])).not.toContain('widest');
  });
});
