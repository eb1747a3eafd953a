// The dashboards as they are put into Grafana, and what they ask of the stores with Grafana's own words filled in.
import { parse } from 'yaml';
import { templates } from '../../../electron/runtime/templates.ts';

export interface Grid {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Source {
  readonly type: string;
  readonly uid: string;
}

export interface Target {
  readonly refId: string;
  readonly datasource: Source;
  readonly expr?: string;
  readonly query?: string;
  readonly queryType?: string;
  readonly instant?: boolean;
  readonly legendFormat?: string;
  readonly exemplar?: boolean;
  // The least step, and how often a sample comes.
  readonly interval?: string;
}

export interface DataLink {
  readonly title: string;
  readonly url: string;
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: Grid;
  readonly datasource?: Source;
  readonly targets?: readonly Target[];
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string; readonly links?: readonly DataLink[] } };
}

export interface Variable {
  readonly name: string;
  readonly type: 'query' | 'custom' | 'textbox';
  readonly datasource?: Source;
  readonly query: string | Readonly<Record<string, unknown>>;
  readonly includeAll?: boolean;
  readonly allValue?: string;
  readonly current: { readonly value: string | readonly string[] };
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly schemaVersion: number;
  readonly links: readonly (DataLink & { readonly keepTime: boolean; readonly includeVars: boolean })[];
  readonly templating: { readonly list: readonly Variable[] };
  readonly panels: readonly Panel[];
}

const folder = 'grafana/dashboards/';

export const dashboards: readonly (Dashboard & { readonly file: string })[] = Object.entries(templates)
  .filter(([path]) => path.startsWith(folder))
  .map(([path, text]) => ({ ...(JSON.parse(text) as Dashboard), file: path.slice(folder.length) }));

export interface StoreQuery {
  readonly store: 'prometheus' | 'loki' | 'tempo';
  // A node graph asks Prometheus, through Tempo's data source: it has no text of its own.
  readonly kind: 'range' | 'instant' | 'traces' | 'service graph' | 'label values';
  readonly where: string;
  readonly text: string;
}

// What Grafana puts in place of its own words, for an hour at a step of a minute.
const builtIn: Readonly<Record<string, string>> = {
  __rate_interval: '1m',
  __range: '1h',
  __auto: '1m',
};

const namePattern = /\$\{?(\w+)(?::\w+)?\}?/g;

export function namesIn(text: string): readonly string[] {
  return [...text.matchAll(namePattern)].map(([, name = '']) => name);
}

export const isBuiltIn = (name: string): boolean => name in builtIn;

// With the values that a dashboard opens with.
function filled(text: string, variables: readonly Variable[], interval?: string): string {
  return text.replace(namePattern, (_match, name: string) => {
    // Four samples.
    const isLonger = name === '__rate_interval' && interval === '30s';
    const value = isLonger
      ? '2m'
      : (builtIn[name] ?? openingValue(variables.find((variable) => variable.name === name)));
    if (value === undefined) throw new Error(`"${name}" has no value: ${text}`);
    return value;
  });
}

function openingValue(variable: Variable | undefined): string | undefined {
  if (variable === undefined) return undefined;
  const { value } = variable.current;
  if (typeof value === 'string') return value;
  return value.includes('$__all') ? variable.allValue : value.join('|');
}

export function storeQueries(): readonly StoreQuery[] {
  return dashboards.flatMap(({ title, panels, templating }) => [
    ...panels.flatMap((panel) =>
      (panel.targets ?? []).map((target) => ({
        store: target.datasource.uid as StoreQuery['store'],
        kind: kindOf(target),
        where: `${title} / ${panel.title} ${target.refId}`,
        text: filled(target.expr ?? target.query ?? '', templating.list, target.interval),
      })),
    ),
    ...templating.list.flatMap(({ name, datasource, query }) =>
      datasource === undefined
        ? []
        : [
            {
              store: datasource.uid as StoreQuery['store'],
              kind: 'label values' as const,
              where: `${title} / variable ${name}`,
              text: typeof query === 'string' ? query : String(query.query ?? query.label),
            },
          ],
    ),
  ]);
}

interface TracesToMetrics {
  readonly queries: readonly { readonly name: string; readonly query: string }[];
}

// What a span of the given service offers to ask Prometheus.
export function spanQueries(service: string): readonly StoreQuery[] {
  const { datasources } = parse(templates['grafana/datasources.yml'] ?? '') as {
    readonly datasources: readonly { readonly jsonData: { readonly tracesToMetrics?: TracesToMetrics } }[];
  };
  return datasources
    .flatMap(({ jsonData }) => jsonData.tracesToMetrics?.queries ?? [])
    .map(({ name, query }) => ({
      store: 'prometheus',
      kind: 'range',
      where: `Tempo / ${name}`,
      text: query.replaceAll('$$__tags', `service="${service}"`),
    }));
}

function kindOf({ datasource, queryType, instant }: Target): StoreQuery['kind'] {
  if (datasource.uid === 'tempo') return queryType === 'serviceMap' ? 'service graph' : 'traces';
  return instant === true || queryType === 'instant' ? 'instant' : 'range';
}
