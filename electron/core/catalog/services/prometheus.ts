import type { ServiceDefinition } from '../service.ts';

export const service: ServiceDefinition = {
  id: 'prometheus',
  title: 'Prometheus',
  group: 'observability',
  order: 20,
  summary: 'Collects metrics and answers PromQL.',
  containerName: 'macula-prometheus',
  image: {
    repository: 'prom/prometheus',
    tag: 'v3.15.0',
    digest: 'sha256:efd719c99d83b060d9daefdcf00360461adf279f45ef5391f8d111892118753e',
  },
  hostNumber: 20,
  loopback: '127.0.0.3',
  ports: [{ name: 'web', port: 9090 }],
  web: { label: 'prometheus', port: 9090 },
  metricsPort: 9090,
  lan: { protection: 'none', ports: [{ port: 9090, containerPort: 9090 }] },
  command: [
    '--config.file=/etc/prometheus/prometheus.yml',
    '--storage.tsdb.path=/prometheus',
    // Tempo's metrics generator writes here.
    '--web.enable-remote-write-receiver',
    '--web.enable-otlp-receiver',
    '--enable-feature=exemplar-storage',
    // The jobs of KinD clusters are exchanged while it runs.
    '--config.auto-reload',
    '--config.auto-reload-interval=5s',
  ],
  environment: {},
  volumes: [{ name: 'prometheus-data', path: '/prometheus' }],
  files: [
    { template: 'prometheus/prometheus.yml', path: '/etc/prometheus/prometheus.yml' },
    { template: 'prometheus/targets.json', path: '/etc/prometheus/targets/user.json', live: true },
    { template: 'prometheus/observed.json', path: '/etc/prometheus/targets/observed.json', live: true },
  ],
  check: { entrypoint: ['/bin/promtool'], command: ['check', 'config', '/etc/prometheus/prometheus.yml'] },
  hostGateway: true,
  needs: [],
  ready: { port: 9090, path: '/-/ready', timeoutSeconds: 120 },
  stopSeconds: 30,
  dashboard: { uid: 'macula-overview', title: 'Macula overview' },
  open: { path: '/' },
};
