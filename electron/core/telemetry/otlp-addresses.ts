// Where applications send their signals to. Pure.
import type { DesiredStack } from '../desired.ts';
import { isWildcard } from '../publishes.ts';
import type { Signal } from '../settings.ts';
import { serviceDoor } from './doors.ts';
import { doorAddress } from './signal-places.ts';
import type { OtlpAddresses } from './telemetry-view.ts';

export const otlpGrpcPort = 4317;
export const otlpHttpPort = 4318;

export interface OtlpQuery {
  readonly desired: DesiredStack;
  readonly baseDomain: string;
  // This machine's address on its network; undefined where it has none.
  readonly lanAddress?: string | undefined;
}

// Alloy takes all three signals; without it Tempo takes traces at the same address, and each store its own elsewhere.
export function otlpAddresses({ desired, baseDomain, lanAddress }: OtlpQuery): OtlpAddresses {
  const hasAlloy = desired.services.some(({ definition }) => definition.id === 'alloy');
  const service = hasAlloy ? 'alloy' : 'tempo';
  const grpc = serviceDoor(desired, service, otlpGrpcPort, baseDomain)?.origin;
  const http = serviceDoor(desired, service, otlpHttpPort, baseDomain)?.origin;
  const taker = desired.services.find(({ definition }) => definition.id === service);
  const open = taker?.container.publishes.find(
    ({ hostAddress, containerPort }) => containerPort === otlpHttpPort && isWildcard(hostAddress),
  );
  return {
    ...(grpc === undefined ? {} : { grpc }),
    ...(http === undefined ? {} : { http }),
    network: `http://${service}:${otlpHttpPort}`,
    ...(open !== undefined && lanAddress !== undefined ? { lan: `http://${lanAddress}:${open.hostPort}` } : {}),
    takes: taker === undefined ? [] : hasAlloy ? ['metrics', 'logs', 'traces'] : ['traces'],
    others: hasAlloy
      ? []
      : [...other('metrics', 'prometheus', 9090, '/api/v1/otlp'), ...other('logs', 'loki', 3100, '/otlp')],
  };

  function other(signal: Signal, store: string, port: number, path: string): OtlpAddresses['others'] {
    const door = serviceDoor(desired, store, port, baseDomain);
    return door === undefined ? [] : [{ signal, http: `${doorAddress(door)}${path}` }];
  }
}
