// How a program on this machine reaches a port of a service: its published address, else its name at the ingress. Pure.
import type { DesiredStack } from '../desired.ts';
import { ingressPort, localDoors } from '../publishes.ts';
import { localhostDomain, webHost } from '../web-names.ts';

export interface ServiceDoor {
  // 'http://127.0.0.3:9090', without a slash at the end.
  readonly origin: string;
  // Sent as the Host header where the way leads through the ingress.
  readonly host?: string;
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
