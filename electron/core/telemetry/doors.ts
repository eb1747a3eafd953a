// How a program on this machine reaches a port of a service: its published address, else its name at the ingress. Pure.
import type { DesiredStack } from '../desired.ts';
import type { Observed } from '../observed.ts';
import { ingressPort, localDoors } from '../publishes.ts';
import { localhostDomain, webHost } from '../web-names.ts';

export interface ServiceDoor {
  // 'http://127.0.0.3:9090', without a slash at the end.
  readonly origin: string;
  // Sent as the Host header where the way leads through the ingress.
  readonly host?: string;
}

// Whether a container of the stack listens there now. Before the next Start a port of the settings may be somebody else's,
// who is told no password.
export function isHeldByStack({ origin }: ServiceDoor, observed: Observed | undefined): boolean {
  const port = Number(/:(\d+)$/.exec(origin)?.[1]);
  const ids = new Set(observed?.containers.map(({ id }) => id));
  return observed?.listeners.some((one) => one.port === port && ids.has(one.containerId ?? '')) === true;
}

// undefined: switched off, or nothing leads there from this machine.
export function serviceDoor(
  desired: DesiredStack,
  service: string,
  port: number,
  baseDomain: string,
): ServiceDoor | undefined {
  const found = desired.services.find(({ definition }) => definition.id === service);
  if (found === undefined) return undefined;
  const { definition, container } = found;
  const direct = localDoors(definition, container.publishes).find((door) => door.containerPort === port);
  if (direct !== undefined) {
    const address = direct.hostAddress.includes(':') ? `[${direct.hostAddress}]` : direct.hostAddress;
    return { origin: `http://${address}:${direct.hostPort}` };
  }
  const [host] = webHost(definition, localhostDomain(baseDomain));
  const throughPort = ingressPort(desired);
  if (throughPort === undefined || host === undefined || definition.web?.port !== port) return undefined;
  return { origin: `http://127.0.0.1:${throughPort}`, host };
}
