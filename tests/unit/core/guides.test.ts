// The pages in docs/ carry the lines of the window's guides that are copied, with the usual addresses, to the letter; the
// words around them are each place's own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { guides, type GuidePart, usualAddresses } from '../../../electron/core/telemetry/guides.ts';
import { desiredStack } from './fixtures.ts';
import { otlpAddresses } from '../../../electron/core/telemetry/otlp-addresses.ts';
import { defaultSettings } from '../../../electron/core/settings.ts';

const root = join(import.meta.dirname, '../../..');

function snippetsOf(parts: readonly GuidePart[]): readonly string[] {
  return parts.flatMap((part) => ('snippet' in part ? [part.snippet.text] : []));
}

test.each(guides(usualAddresses).map((guide) => [guide.id, guide] as const))('%s is in its page', (_id, guide) => {
  const page = readFileSync(join(root, guide.page), 'utf8');
  const snippets = snippetsOf(guide.parts);
  expect(snippets.length).toBeGreaterThan(0);
  expect(snippets.filter((snippet) => !page.includes(snippet))).toEqual([]);
});

test('they name the addresses they are given, and no others', () => {
  const other = guides({
    otlp: 'http://127.9.9.9:1',
    otlpOnNetwork: 'http://collector:2',
    otlpByAddress: 'http://10.9.9.9:3',
    networkName: 'elsewhere',
    lanAddress: '192.168.9.9',
  });
  const text = other.flatMap(({ parts }) => snippetsOf(parts)).join('\n');
  for (const usual of Object.values(usualAddresses)) expect(text).not.toContain(usual);
});

test('the usual addresses are those of the stack', () => {
  const desired = desiredStack();
  const { http, network } = otlpAddresses({ desired, baseDomain: 'macula.local' });
  expect({ http, network }).toEqual({ http: usualAddresses.otlp, network: usualAddresses.otlpOnNetwork });
  const alloy = desired.services.find(({ definition }) => definition.id === 'alloy');
  expect(`http://${alloy?.container.address}:4318`).toBe(usualAddresses.otlpByAddress);
});

test('the address takes what there is somebody to take it for', () => {
  const of = (disabledServices: readonly string[], lan?: readonly string[]) =>
    otlpAddresses({
      desired: desiredStack({
        settings: { ...defaultSettings, disabledServices },
        ...(lan === undefined ? {} : { lan: { services: lan, ipv6: false } }),
      }),
      baseDomain: 'macula.local',
      lanAddress: '192.168.1.17',
    });
  const others = [
    { signal: 'metrics', http: 'http://127.0.0.3:9090/api/v1/otlp' },
    { signal: 'logs', http: 'http://127.0.0.5:3100/otlp' },
  ];
  expect(of([]).others).toEqual([]);
  expect(of([]).takes).toEqual(['metrics', 'logs', 'traces']);
  expect(of(['alloy'])).toMatchObject({
    http: 'http://127.0.0.6:4318',
    network: 'http://tempo:4318',
    takes: ['traces'],
    others,
  });
  expect(of(['alloy', 'tempo'])).toEqual({ network: 'http://tempo:4318', takes: [], others });
  expect(of(['alloy', 'prometheus']).others).toEqual([{ signal: 'logs', http: 'http://127.0.0.5:3100/otlp' }]);
  const page = readFileSync(join(root, 'docs/tracing.md'), 'utf8');
  for (const { http } of others) expect(page).toContain(`\`${http}\``);
  expect(of([]).lan).toBeUndefined();
  expect(of([], ['alloy']).lan).toBe('http://192.168.1.17:4318');
});
