import type { ServiceDefinition } from '../service.ts';

export const service: ServiceDefinition = {
  id: 'ingress',
  title: 'Ingress',
  group: 'ingress',
  order: 10,
  summary: 'One door for all pages: routes each host name to its service.',
  containerName: 'macula-nginx-ingress',
  image: {
    repository: 'nginx',
    tag: '1.30.5-alpine',
    digest: 'sha256:0985e772fb9f729e6fa0980da05fca5d9c468e870eed43071545afa9d2e27d94',
  },
  hostNumber: 10,
  ports: [],
  isIngress: true,
  command: [],
  environment: {},
  volumes: [],
  files: [
    { template: 'nginx/ingress.conf', path: '/etc/nginx/conf.d/ingress.conf' },
    // The image's own default site would claim "localhost" on port 80.
    { template: 'nginx/default.conf', path: '/etc/nginx/conf.d/default.conf' },
  ],
  check: { entrypoint: ['nginx'], command: ['-t'] },
  needs: [],
  ready: { port: 80, path: '/healthz', timeoutSeconds: 30 },
  stopSeconds: 5,
  dashboard: { uid: 'macula-containers', title: 'Containers', variables: { service: 'ingress' } },
};
