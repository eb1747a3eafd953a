import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { exploreAddress, type ExploreQuery, logQuery } from '../../../electron/core/explore-address.ts';

const span = { from: 1_700_000_000_000, to: 1_700_000_060_000.4 };
const search = (words: string, isPattern = false, isCaseKept?: boolean): ExploreQuery => ({
  services: ['loki', 'tempo'],
  span,
  search: { words, isPattern, isCaseKept },
});
const hostile = [
  'say "no"',
  '\\d+ \\',
  '`back`',
  '} or {a="b"',
  '#?&=/%20%',
  'line\nbreak\ttab\u0000',
  '<script>alert(1)</script>',
  'grüße 世界 🐳',
  '\ud83d half',
];

interface Pane {
  readonly datasource: string;
  readonly queries: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[];
  readonly range: { readonly from: string; readonly to: string };
}

function paneOf(address: string): Pane | undefined {
  const panes = JSON.parse(new URL(address).searchParams.get('panes') ?? '') as Record<string, Pane>;
  return panes['logs'];
}

describe('exploreAddress', () => {
  it.each(hostile)('carries %j, and nothing else than one query', (words) => {
    const address = exploreAddress('http://grafana.macula.localhost:8080/', search(words));
    expect(address.startsWith('http://grafana.macula.localhost:8080/explore?schemaVersion=1&panes=')).toBe(true);
    expect([...new URL(address).searchParams.keys()]).toEqual(['schemaVersion', 'panes', 'orgId']);
    expect(new URL(address).href).toBe(new URL(new URL(address).href).href);
    const pane = paneOf(address);
    expect(pane?.queries).toHaveLength(1);
    const expression = pane?.queries[0]?.expr ?? '';
    const prefix = '{service_name=~"loki|tempo"} |= ';
    expect(expression.startsWith(prefix)).toBe(true);
    expect(JSON.parse(expression.slice(prefix.length))).toBe(words.replace('\ud83d half', '\ufffd half'));
  });

  it('asks for the whole span, in milliseconds', () => {
    const pane = paneOf(exploreAddress('http://127.0.0.4:3000', search('')));
    expect(pane?.range).toEqual({ from: '1700000000000', to: '1700000060001' });
  });

  it('names the data source that Grafana is set up with', () => {
    const file = new URL('../../../resources/templates/grafana/datasources.yml', import.meta.url);
    const { datasources } = parse(readFileSync(file, 'utf8')) as { datasources: { uid: string; type: string }[] };
    const loki = datasources.find(({ type }) => type === 'loki');
    const pane = paneOf(exploreAddress('http://127.0.0.4:3000/', search('')));
    expect(pane?.datasource).toBe(loki?.uid);
    expect(pane?.queries[0]?.datasource.uid).toBe(loki?.uid);
  });
});

describe('logQuery', () => {
  it('names one service or several', () => {
    expect(logQuery({ services: ['loki'], span })).toBe('{service_name="loki"}');
    expect(logQuery({ services: ['loki', 'tempo'], span })).toBe('{service_name=~"loki|tempo"}');
  });

  it('looks for words as they are, or in any case, or for a pattern', () => {
    expect(logQuery(search('a.b'))).toBe('{service_name=~"loki|tempo"} |= "a.b"');
    expect(logQuery(search('a.b*', false, false))).toBe(String.raw`{service_name=~"loki|tempo"} |~ "(?i)a\\.b\\*"`);
    expect(logQuery(search(String.raw`\d+`, true))).toBe(String.raw`{service_name=~"loki|tempo"} |~ "\\d+"`);
    expect(logQuery(search('x', true, false))).toBe('{service_name=~"loki|tempo"} |~ "(?i)x"');
  });
});
