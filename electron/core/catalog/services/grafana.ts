import type { ServiceDefinition } from '../service.ts';

const dashboards = ['overview', 'containers', 'logs', 'red', 'pipeline'];

export const service: ServiceDefinition = {
  id: 'grafana',
  title: 'Grafana',
  group: 'observability',
  order: 30,
  summary: 'Dashboards over metrics, logs and traces. Sign in as admin; the password is admin until you change it.',
  containerName: 'macula-grafana',
  image: {
    repository: 'grafana/grafana',
    tag: '13.2.3',
    digest: 'sha256:b28bae15e219c998fb0e0424ed724930cc61b1f61fb404d47c862f9a23f9e572',
  },
  hostNumber: 21,
  loopback: '127.0.0.4',
  ports: [{ name: 'web', port: 3000 }],
  web: { label: 'grafana', port: 3000 },
  metricsPort: 3000,
  lan: {
    protection: 'password',
    ports: [{ port: 3000, containerPort: 3000 }],
    // Its own, of a volume that is new: no container is told a password.
    defaultPassword: { port: 3000, path: '/api/org', user: 'admin', password: 'admin' },
  },
  command: [],
  environment: {
    // Links in alerts and shared panels; live views take a page of this origin too.
    GF_SERVER_ROOT_URL: 'http://grafana.{{localhostDomain}}:{{httpPort}}/',
    GF_USERS_ALLOW_SIGN_UP: 'false',
    GF_ANALYTICS_REPORTING_ENABLED: 'false',
    GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
    GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
    GF_ANALYTICS_FEEDBACK_LINKS_ENABLED: 'false',
    GF_NEWS_NEWS_FEED_ENABLED: 'false',
    GF_SECURITY_DISABLE_GRAVATAR: 'true',
    GF_SNAPSHOTS_EXTERNAL_ENABLED: 'false',
    // Without these two the background installer replaces bundled data sources at each start; offline they go blank.
    GF_PLUGINS_PREINSTALL_DISABLED: 'true',
    GF_PLUGINS_PREINSTALL_AUTO_UPDATE: 'false',
  },
  volumes: [{ name: 'grafana-data', path: '/var/lib/grafana' }],
  files: [
    {
      template: 'grafana/datasources.yml',
      path: '/etc/grafana/provisioning/datasources/macula.yml',
      // One of its queries has double braces of its own.
      raw: true,
    },
    { template: 'grafana/dashboards.yml', path: '/etc/grafana/provisioning/dashboards/macula.yml' },
    ...dashboards.map((name) => ({
      template: `grafana/dashboards/${name}.json`,
      path: `/etc/grafana/dashboards/${name}.json`,
      // Legends have double braces of their own.
      raw: true as const,
    })),
  ],
  needs: ['prometheus', 'loki', 'tempo'],
  startsAtOnce: true,
  ready: { port: 3000, path: '/api/health', json: { key: 'database', value: 'ok' }, timeoutSeconds: 180 },
  stopSeconds: 15,
  dashboard: { uid: 'macula-overview', title: 'Macula overview' },
  open: { path: '/' },
};
