// The address at which Grafana shows the lines of some services, of a span of time, with the words that were looked for.

export interface ExploreQuery {
  readonly services: readonly string[];
  // Milliseconds since 1970.
  readonly span: { readonly from: number; readonly to: number };
  readonly search?:
    | { readonly words: string; readonly isPattern: boolean; readonly isCaseKept?: boolean | undefined }
    | undefined;
}

// As resources/templates/grafana/datasources.yml names it.
const dataSource = 'loki';

// base: the address of Grafana's own page.
export function exploreAddress(base: string, query: ExploreQuery): string {
  const pane = {
    datasource: dataSource,
    queries: [
      {
        refId: 'A',
        datasource: { type: 'loki', uid: dataSource },
        expr: logQuery(query),
        queryType: 'range',
        editorMode: 'code',
      },
    ],
    range: { from: String(Math.floor(query.span.from)), to: String(Math.ceil(query.span.to)) },
  };
  const panes = encodeURIComponent(JSON.stringify({ logs: pane }));
  return `${base.replace(/\/+$/, '')}/explore?schemaVersion=1&panes=${panes}&orgId=1`;
}

// Alloy and the app label each line with the id of its service.
export function logQuery({ services, search }: ExploreQuery): string {
  const names = services.map(escaped).join('|');
  const selector =
    services.length === 1 ? `{service_name=${quoted(services[0] ?? '')}}` : `{service_name=~${quoted(names)}}`;
  if (search === undefined || search.words === '') return selector;
  const { words, isPattern, isCaseKept = true } = search;
  if (!isPattern && isCaseKept) return `${selector} |= ${quoted(words)}`;
  return `${selector} |~ ${quoted(`${isCaseKept ? '' : '(?i)'}${isPattern ? words : escaped(words)}`)}`;
}

// A string as Go writes it. It knows all that JSON does, but for halves of a character.
function quoted(text: string): string {
  return JSON.stringify(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

function escaped(words: string): string {
  return words.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}
