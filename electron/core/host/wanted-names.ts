// The names that should lead to this machine's services: one for each that the ingress serves and that has an address.
import type { DesiredStack } from '../desired.ts';
import type { HostName } from './host-request.ts';

// Domains that belong to nobody. Under any other, a real name of the Internet could be taken over.
const privateDomain = /\.(local|test|internal|lan|home\.arpa)$/;

// Undefined when the names of this domain may be set up.
export function domainProblem(baseDomain: string): string | undefined {
  if (privateDomain.test(`.${baseDomain}`) && baseDomain.split('.').length >= 2) return undefined;
  return `Names below ${baseDomain} may belong to somebody on the Internet. A base domain that ends in .local, .test, .internal, .lan or .home.arpa belongs to nobody.`;
}

export function wantedNames(desired: DesiredStack, baseDomain: string): readonly HostName[] {
  return desired.services.flatMap(({ definition: { web, loopback } }) =>
    web === undefined || loopback === undefined ? [] : [{ host: `${web.label}.${baseDomain}`, address: loopback }],
  );
}
