// The names that should lead to this machine's services: one for each that the ingress serves and that has an address.
import type { DesiredStack } from '../desired.ts';
import type { HostName } from './host-request.ts';

export function wantedNames(desired: DesiredStack, baseDomain: string): readonly HostName[] {
  return desired.services.flatMap(({ definition: { web, loopback } }) =>
    web === undefined || loopback === undefined ? [] : [{ host: `${web.label}.${baseDomain}`, address: loopback }],
  );
}
