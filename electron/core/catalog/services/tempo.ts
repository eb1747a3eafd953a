import type { ServiceDefinition } from '../service.ts';

export const service: ServiceDefinition = {
  id: 'tempo',
  title: 'Tempo',
  group: 'observability',
  order: 50,
  summary: 'Keeps traces and answers TraceQL. Its pages are in Grafana.',
  containerName: 'macula-tempo',
  image: {
    repository: 'grafana/tempo',
    tag: '3.1.0',
    digest: 'sha256:3076b8dcdfb32fd6bc5ccef85e7b7313e6199b9cb84366257fc17ecb696db5fd',
  },
  hostNumber: 23,
  loopback: '127.0.0.6',
  ports: [
    { name: 'api', port: 3200 },
    // Alloy takes all three signals there, and passes traces on.
    { name: 'OTLP gRPC', port: 4317, isPage: false, insteadOf: 'alloy' },
    { name: 'OTLP HTTP', port: 4318, isPage: false, insteadOf: 'alloy' },
  ],
  web: { label: 'tempo', port: 3200 },
  metricsPort: 3200,
  lan: {
    protection: 'none',
    ports: [
      { port: 3200, containerPort: 3200 },
      { port: 4317, containerPort: 4317, insteadOf: 'alloy' },
      { port: 4318, containerPort: 4318, insteadOf: 'alloy' },
    ],
  },
  command: ['-config.file=/etc/tempo.yml'],
  environment: {},
  // The image has this directory under its own user; a volume on another path would belong to root.
  volumes: [{ name: 'tempo-data', path: '/var/tempo' }],
  files: [
    { template: 'tempo/tempo.yml', path: '/etc/tempo.yml' },
    { template: 'tempo/overrides.yml', path: '/etc/tempo-overrides.yml', live: true },
  ],
  check: { entrypoint: ['/tempo'], command: ['-config.file=/etc/tempo.yml', '-config.verify=true'] },
  needs: [],
  ready: { port: 3200, path: '/ready', timeoutSeconds: 120 },
  // Asked to stop just after traces came in, it was seen to hang for minutes; what it acknowledged is on disk by then.
  stopSeconds: 5,
  dashboard: { uid: 'macula-red', title: 'Requests and service graph' },
};
