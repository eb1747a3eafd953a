// What a data source file may say: Grafana's pkg/services/provisioning/datasources/types.go, and for jsonData the pages
// "Configure the Prometheus data source", "Configure the Loki data source" and "Provision the Tempo data source" of
// Grafana's documentation (docs/sources/datasources), with the type DerivedFieldConfig of the Loki plugin.
// Grafana passes over a key that it does not know, so a misspelt one would do nothing.

export interface Keys {
  readonly [key: string]: true | Keys;
}

export const fileKeys: Keys = {
  apiVersion: true,
  prune: true,
  deleteDatasources: { name: true, orgId: true, orgName: true },
  datasources: {
    name: true,
    uid: true,
    orgId: true,
    orgName: true,
    type: true,
    access: true,
    url: true,
    isDefault: true,
    editable: true,
    version: true,
    // By type, below.
    jsonData: true,
  },
};

const traceLink: Keys = {
  datasourceUid: true,
  spanStartTimeShift: true,
  spanEndTimeShift: true,
  tags: { key: true, value: true },
};

export const jsonDataKeys: Readonly<Record<string, Keys>> = {
  prometheus: {
    httpMethod: true,
    timeInterval: true,
    queryTimeout: true,
    defaultEditor: true,
    disableMetricsLookup: true,
    prometheusType: true,
    prometheusVersion: true,
    cacheLevel: true,
    incrementalQuerying: true,
    incrementalQueryOverlapWindow: true,
    disableRecordingRules: true,
    customQueryParameters: true,
    manageAlerts: true,
    exemplarTraceIdDestinations: { name: true, datasourceUid: true, url: true, urlDisplayLabel: true },
  },
  loki: {
    timeout: true,
    maxLines: true,
    manageAlerts: true,
    derivedFields: {
      name: true,
      matcherType: true,
      matcherRegex: true,
      url: true,
      urlDisplayLabel: true,
      datasourceUid: true,
      targetBlank: true,
    },
  },
  tempo: {
    tracesToLogsV2: { ...traceLink, filterByTraceID: true, filterBySpanID: true, customQuery: true, query: true },
    tracesToMetrics: { ...traceLink, queries: { name: true, query: true } },
    serviceMap: { datasourceUid: true },
    nodeGraph: { enabled: true },
    search: { hide: true },
    traceQuery: { timeShiftEnabled: true, spanStartTimeShift: true, spanEndTimeShift: true },
    spanBar: { type: true, tag: true },
    streamingEnabled: { search: true, metrics: true },
  },
};

// Paths of the keys that are not known: 'jsonData.derivedFields.matcher'.
export function unknownKeys(value: unknown, keys: Keys, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => unknownKeys(item, keys, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const known = keys[key];
    if (known === undefined) return [`${path}${key}`];
    return known === true ? [] : unknownKeys(inner, known, `${path}${key}.`);
  });
}
