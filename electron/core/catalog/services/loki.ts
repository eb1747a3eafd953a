import type { ServiceDefinition } from '../service.ts';

export const service: ServiceDefinition = {
  id: 'loki',
  title: 'Loki',
  group: 'observability',
  order: 40,
  summary: 'Keeps logs and answers LogQL. Its pages are in Grafana.',
  containerName: 'macula-loki',
  image: {
    repository: 'grafana/loki',
    tag: '3.7.8',
    digest: 'sha256:1107dd5274e0ada47e42472b7a7e71f3b2a2fe878878108f3e2f9e51528f0193',
  },
  hostNumber: 22,
  loopback: '127.0.0.5',
  ports: [{ name: 'api', port: 3100 }],
  web: { label: 'loki', port: 3100 },
  metricsPort: 3100,
  lan: { protection: 'none', ports: [{ port: 3100, containerPort: 3100 }] },
  command: ['-config.file=/etc/loki/loki.yml'],
  environment: {},
  volumes: [{ name: 'loki-data', path: '/loki' }],
  files: [
    { template: 'loki/loki.yml', path: '/etc/loki/loki.yml' },
    { template: 'loki/overrides.yml', path: '/etc/loki/overrides.yml', live: true },
  ],
  check: { entrypoint: ['/usr/bin/loki'], command: ['-config.file=/etc/loki/loki.yml', '-verify-config'] },
  needs: [],
  ready: { port: 3100, path: '/ready', timeoutSeconds: 120 },
  stopSeconds: 20,
  dashboard: { uid: 'macula-logs', title: 'Logs by service' },
};
