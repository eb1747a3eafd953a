// Which service keeps which signal.
import type { ServiceDefinition } from '../catalog/service.ts';
import type { Signal } from '../settings.ts';

export const signalServices: Readonly<Record<Signal, string>> = {
  metrics: 'prometheus',
  logs: 'loki',
  traces: 'tempo',
};

// undefined: the catalog does not have it.
export function keeperOf(catalog: readonly ServiceDefinition[], signal: Signal): ServiceDefinition | undefined {
  return catalog.find(({ id }) => id === signalServices[signal]);
}
