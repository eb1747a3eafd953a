import type { ServiceDefinition } from '../service.ts';

export const service: ServiceDefinition = {
  id: 'alloy',
  title: 'Alloy',
  group: 'observability',
  order: 55,
  summary: 'Takes metrics, logs and traces at one address, and collects the logs of containers.',
  containerName: 'macula-alloy',
  image: {
    repository: 'grafana/alloy',
    tag: 'v1.20.1',
    digest: 'sha256:2aa2099af76c0098d4af7a4d6e48f86cb66dc1a000222ad927a1c67c6542d13f',
  },
  hostNumber: 25,
  loopback: '127.0.0.6',
  ports: [
    { name: 'page', port: 12345 },
    { name: 'OTLP gRPC', port: 4317, isPage: false },
    { name: 'OTLP HTTP', port: 4318, isPage: false },
  ],
  metricsPort: 12345,
  lan: {
    protection: 'none',
    // Its own page stays on this machine: it shows the configuration.
    ports: [
      { port: 4317, containerPort: 4317 },
      { port: 4318, containerPort: 4318 },
    ],
  },
  command: [
    'run',
    '/etc/alloy/config.alloy',
    '--storage.path=/var/lib/alloy/data',
    // By default only the container itself is listened to.
    '--server.http.listen-addr=0.0.0.0:12345',
    '--disable-reporting',
  ],
  environment: {},
  // How far each container's log was read.
  volumes: [{ name: 'alloy-data', path: '/var/lib/alloy/data' }],
  files: [{ template: 'alloy/config.alloy', path: '/etc/alloy/config.alloy' }],
  check: { entrypoint: ['/bin/alloy'], command: ['validate', '/etc/alloy/config.alloy'] },
  engineSocket: true,
  needs: ['prometheus', 'loki', 'tempo'],
  startsAtOnce: true,
  ready: { port: 12345, path: '/-/ready', timeoutSeconds: 60 },
  stopSeconds: 15,
  dashboard: { uid: 'macula-pipeline', title: 'Telemetry pipeline' },
  open: { path: '/' },
};
