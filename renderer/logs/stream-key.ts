// A stream has to be opened anew when a container was made or came up: this text then differs.
import type { ServiceSnapshot } from '../../electron/core/snapshot.ts';

const up: ReadonlySet<string> = new Set(['starting', 'ready', 'degraded']);

export function streamKey(services: readonly ServiceSnapshot[]): string {
  return services.map((service) => `${service.id}=${service.containerId ?? ''}${up.has(service.state) ? '+' : '-'}`).join(' ');
}
