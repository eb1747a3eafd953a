// The data sources that Grafana is given, and how they lead to each other.
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { templates } from '../../../electron/runtime/templates.ts';
import { fileKeys, jsonDataKeys, unknownKeys } from './data-source-keys.ts';

interface DataSource {
  readonly name: string;
  readonly uid: string;
  readonly type: string;
  readonly orgId: number;
  readonly jsonData: Readonly<Record<string, unknown>>;
}

interface DerivedField {
  readonly matcherType: string;
  readonly matcherRegex: string;
}

const text = templates['grafana/datasources.yml'] ?? '';
const file = parse(text) as {
  readonly datasources: readonly DataSource[];
  readonly deleteDatasources: readonly { readonly name: string; readonly orgId: number }[];
};

const source = (uid: string): DataSource => {
  const found = file.datasources.find((each) => each.uid === uid);
  if (found === undefined) throw new Error(`There is no data source ${uid}`);
  return found;
};

describe('the data sources', () => {
  it('say nothing that Grafana does not know', () => {
    expect(unknownKeys(file, fileKeys)).toEqual([]);
    for (const { type, jsonData } of file.datasources)
      expect([type, unknownKeys(jsonData, jsonDataKeys[type] ?? {})]).toEqual([type, []]);
    // The check finds what is misspelt, however deep.
    expect(unknownKeys({ datasources: [{ nam: 1 }] }, fileKeys)).toEqual(['datasources.nam']);
    expect(unknownKeys({ derivedFields: [{ matcher: 1 }] }, jsonDataKeys.loki ?? {})).toEqual([
      'derivedFields.matcher',
    ]);
  });

  // Grafana does not give an existing one another uid: see the file.
  it('take the place of older ones with the same names', () => {
    const named = ({ name, orgId }: { readonly name: string; readonly orgId: number }) => [orgId, name];
    expect(file.deleteDatasources.map(named)).toEqual(file.datasources.map(named));
  });

  it('lead to each other only', () => {
    const targets = [...JSON.stringify(file).matchAll(/"datasourceUid":"([^"]*)"/g)].map(([, uid]) => uid);
    expect(targets.length).toBeGreaterThan(5);
    for (const uid of targets) expect(file.datasources.map((each) => each.uid)).toContain(uid);
  });

  // A single one would be taken for a variable of Grafana's environment, which is empty.
  it('double every dollar', () => {
    const values = text.split('\n').filter((line) => !/^\s*#/.test(line));
    expect(
      values
        .join('\n')
        .replaceAll(/\$\$/g, '')
        .match(/[^\n]*\$\{?\w[^\n]*/g),
    ).toBeNull();
  });
});

describe('from a log line to its trace', () => {
  const fields = source('loki').jsonData.derivedFields as readonly DerivedField[];
  const patternsOf = (type: string): readonly RegExp[] =>
    fields.filter(({ matcherType }) => matcherType === type).map(({ matcherRegex }) => new RegExp(matcherRegex));
  const id = '0af7651916cd43dd8448eb211c80319c';

  it('leads what came with the line, under any usual name', () => {
    for (const label of ['trace_id', 'traceid', 'traceId', 'traceID'])
      expect(patternsOf('label').some((pattern) => pattern.test(label))).toBe(true);
    for (const label of ['parent_trace_id_hint', 'span_id'])
      expect(patternsOf('label').some((pattern) => pattern.test(label))).toBe(false);
  });

  it.each([
    `level=info trace_id=${id} msg=paid`,
    `{"level":"info","traceId":"${id}"}`,
    `{"trace_id": "${id}", "span_id": "b7ad6b7169203331"}`,
    `INFO [traceID=${id}] paid`,
    `paid trace.id: ${id}`,
    `TraceId: ${id.toUpperCase()}`,
  ])('leads %s', (line) => {
    const found = patternsOf('regex').map((pattern) => pattern.exec(line)?.[1]?.toLowerCase());
    expect(found).toContain(id);
  });

  it('does not take something else for a trace', () => {
    for (const line of ['trace_id=none', `request=${id}`, 'retrace identical'])
      expect(patternsOf('regex').every((pattern) => !pattern.test(line))).toBe(true);
  });
});

describe('from a metric to a trace', () => {
  it("follows Tempo's exemplars and those of OpenTelemetry's libraries", () => {
    expect(source('prometheus').jsonData.exemplarTraceIdDestinations).toEqual([
      { name: 'traceID', datasourceUid: 'tempo' },
      { name: 'trace_id', datasourceUid: 'tempo' },
    ]);
  });
});
