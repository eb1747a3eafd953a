import type { ServiceDefinition } from './service.ts';

// Every file in services/ is an entry: adding a service is adding a file.
const entries = import.meta.glob<ServiceDefinition>('./services/*.ts', { eager: true, import: 'service' });

export const catalog: readonly ServiceDefinition[] = Object.values(entries).sort(
  (a, b) => a.order - b.order || a.id.localeCompare(b.id),
);
