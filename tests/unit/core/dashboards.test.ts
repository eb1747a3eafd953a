// What can be known of the dashboards without Grafana. Their queries are put to the real stores in
// tests/observability/dashboards.test.ts.
import { describe, expect, it } from 'vitest';
import { catalog } from '../../../electron/core/catalog/index.ts';
import { dashboards, isBuiltIn, namesIn, type Panel, storeQueries, type Target } from './dashboard-files.ts';

const uids = ['macula-overview', 'macula-containers', 'macula-logs', 'macula-red', 'macula-pipeline'];
const sources = new Map([
  ['prometheus', 'prometheus'],
  ['loki', 'loki'],
  ['tempo', 'tempo'],
]);
const hasNumbers = ['stat', 'timeseries', 'bargauge'];

const contentOf = (panels: readonly Panel[]): readonly Panel[] =>
  panels.filter(({ type }) => type !== 'row' && type !== 'text');
const linksOf = ({ fieldConfig }: Panel) => fieldConfig?.defaults.links ?? [];
const textOf = ({ expr, query }: Target): string => expr ?? query ?? '';

describe('the dashboards', () => {
  it('are five, under uids that never change, each with the title that links name it by', () => {
    expect(dashboards.map(({ uid }) => uid).sort()).toEqual([...uids].sort());
    const named = catalog.flatMap(({ dashboard }) => (dashboard === undefined ? [] : [dashboard]));
    expect(named.length).toBe(catalog.length);
    for (const { uid, title, variables } of named) {
      const found = dashboards.find((each) => each.uid === uid);
      expect(found?.title).toBe(title);
      const there = found?.templating.list.map(({ name }) => name) ?? [];
      expect(there).toEqual(expect.arrayContaining(Object.keys(variables ?? {})));
    }
  });

  it('lead to each other, with the same services and time', () => {
    for (const { uid, links } of dashboards) {
      expect(links.map(({ url }) => url).sort()).toEqual(
        uids
          .filter((each) => each !== uid)
          .map((each) => `/d/${each}`)
          .sort(),
      );
      expect(links.every(({ keepTime, includeVars }) => keepTime && includeVars)).toBe(true);
    }
  });
});

describe.each(dashboards.map((dashboard) => [dashboard.title, dashboard] as const))('%s', (_, dashboard) => {
  const { panels, templating } = dashboard;

  it('is of the schema that Grafana 13 writes', () => {
    expect(dashboard.schemaVersion).toBe(42);
    expect(dashboard.tags).toContain('macula');
  });

  it('has panels with a title and a number of their own, every number with a unit', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const panel of panels) expect(panel.title, `panel ${panel.id}`).not.toBe('');
    const without = panels.filter(({ type, fieldConfig }) => hasNumbers.includes(type) && !fieldConfig?.defaults.unit);
    expect(without.map(({ title }) => title)).toEqual([]);
  });

  it('asks only data sources of ours, by uid', () => {
    for (const { title, datasource, targets } of contentOf(panels)) {
      expect(targets?.length, title).toBeGreaterThan(0);
      for (const source of [datasource, ...(targets ?? []).map((target) => target.datasource)])
        expect([title, source?.type]).toEqual([title, sources.get(source?.uid ?? '')]);
    }
    for (const { datasource } of templating.list.filter(({ type }) => type === 'query'))
      expect(datasource?.type).toBe(sources.get(datasource?.uid ?? ''));
  });

  it('has no two panels in one place, and none beyond the edge', () => {
    const taken = new Map<string, string>();
    for (const { title, gridPos } of panels) {
      const { x, y, w, h } = gridPos;
      expect([title, x + w <= 24 && x >= 0 && y >= 0 && w > 0 && h > 0]).toEqual([title, true]);
      for (let column = x; column < x + w; column += 1)
        for (let line = y; line < y + h; line += 1) {
          expect(taken.get(`${column}:${line}`), title).toBeUndefined();
          taken.set(`${column}:${line}`, title);
        }
    }
  });

  it('names no variable that it does not have, and has none that nothing uses', () => {
    const own = templating.list.map(({ name }) => name);
    const named = panels.flatMap(({ targets }) => (targets ?? []).flatMap((target) => namesIn(textOf(target))));
    expect(named.filter((name) => !isBuiltIn(name) && !own.includes(name))).toEqual([]);
    expect(own.filter((name) => !named.includes(name))).toEqual([]);
  });

  it('links by labels that its queries give, to variables that the other dashboard has', () => {
    for (const panel of contentOf(panels)) {
      for (const { url } of linksOf(panel)) {
        const [, uid, variable, label] =
          /^\/d\/([\w-]+)\?var-(\w+)=\$\{__field\.labels\.(\w+)\}&\$\{__url_time_range\}$/.exec(url) ?? [];
        const target = dashboards.find((each) => each.uid === uid);
        expect(
          target?.templating.list.map(({ name }) => name),
          url,
        ).toContain(variable);
        // A panel may have queries without the label beside those that have it.
        const groups = (panel.targets ?? []).flatMap((each) =>
          [...textOf(each).matchAll(/\bby \(([^)]*)\)/g)].map(([, names = '']) => names.split(', ')),
        );
        expect([panel.title, groups.some((names) => names.includes(label ?? ''))]).toEqual([panel.title, true]);
      }
    }
  });
});

describe('a choice of services', () => {
  it('opens on all of them, also where none is known yet', () => {
    const choices = dashboards.flatMap(({ templating }) => templating.list.filter(({ type }) => type === 'query'));
    expect(choices.map(({ name }) => name)).toEqual(['service', 'service', 'service']);
    for (const { includeAll, current, allValue } of choices)
      expect([includeAll, current.value, allValue]).toEqual([true, ['$__all'], expect.stringMatching(/^\.[*+]$/)]);
  });
});

describe('exemplars', () => {
  it('are asked for where latency is shown', () => {
    const red = dashboards.find(({ uid }) => uid === 'macula-red')?.panels ?? [];
    const latency = red.filter(
      (panel) => panel.type === 'timeseries' && /spanmetrics_latency/.test(JSON.stringify(panel)),
    );
    expect(latency.length).toBeGreaterThan(0);
    expect(latency.every(({ targets }) => targets?.every(({ exemplar }) => exemplar === true))).toBe(true);
  });
});

describe('their queries', () => {
  it('reckon with thirty seconds between two samples where the app sends them, and with the usual ones elsewhere', () => {
    const targets = dashboards.flatMap(({ panels }) => panels.flatMap((panel) => panel.targets ?? []));
    const isFed = ({ expr = '' }: Target): boolean => /\b(container|macula)_(?!name\b)\w+/.test(expr);
    expect(targets.filter(isFed).length).toBeGreaterThan(10);
    for (const target of targets)
      expect([target.expr, target.interval]).toEqual([target.expr, isFed(target) ? '30s' : undefined]);
  });

  it('are whole once the words of Grafana are filled in', () => {
    const queries = storeQueries();
    expect(queries.length).toBeGreaterThan(80);
    for (const { where, kind, text } of queries) {
      expect([where, /[$]/.test(text)]).toEqual([where, false]);
      expect([where, text === '']).toEqual([where, kind === 'service graph']);
    }
  });
});
