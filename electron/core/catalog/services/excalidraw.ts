import type { ServiceDefinition } from '../service.ts';

export const service: ServiceDefinition = {
  id: 'excalidraw',
  title: 'Excalidraw',
  group: 'tools',
  order: 60,
  summary: 'A whiteboard for one person: drawings stay in the browser, under the address they were made at.',
  containerName: 'macula-excalidraw',
  image: {
    repository: 'excalidraw/excalidraw',
    tag: 'latest',
    digest: 'sha256:f7ee194addd607bf831d2af0f0a34463dd4225e426cf35199ef0b12a803398e9',
  },
  hostNumber: 24,
  loopback: '127.0.0.7',
  // Reached through the ingress only.
  ports: [],
  web: { label: 'draw', port: 80 },
  lan: { protection: 'none', ports: [{ port: 8888, containerPort: 80 }] },
  command: [],
  environment: {},
  volumes: [],
  files: [],
  needs: [],
  ready: { port: 80, path: '/', timeoutSeconds: 60 },
  stopSeconds: 5,
  dashboard: { uid: 'macula-containers', title: 'Containers', variables: { service: 'excalidraw' } },
  keepsInBrowser: true,
  open: { path: '/' },
};
