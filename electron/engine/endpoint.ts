// Where an engine may be, as a written address and as what a connection needs.

export interface EndpointCandidate {
  // 'unix:///var/run/docker.sock', 'tcp://10.0.0.5:2376', ...
  readonly endpoint: string;
  // In words, after "found by": 'DOCKER_HOST', 'the current Docker context "work"'.
  readonly foundBy: string;
  // Somebody named it, so an engine is expected there: a missing socket means that it is not running.
  readonly named: boolean;
  // Folder with ca.pem, cert.pem and key.pem.
  readonly certificates?: string;
  // Known to lead nowhere before anything is tried.
  readonly problem?: string;
}

export type EngineAddress =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly tls: boolean };

export type ParsedEndpoint =
  | { readonly kind: 'address'; readonly address: EngineAddress }
  | { readonly kind: 'refused'; readonly reason: string };

export function parseEndpoint(endpoint: string, hasCertificates: boolean): ParsedEndpoint {
  // Docker takes a bare host:port as TCP, and so do people's profiles.
  const written = endpoint.includes('://') ? endpoint : `tcp://${endpoint}`;
  const scheme = written.slice(0, written.indexOf('://'));
  const rest = written.slice(scheme.length + 3);
  if (scheme === 'unix') {
    return rest.startsWith('/') ? socket(rest) : refused('the path of a socket must begin with a slash');
  }
  // Docker's own spelling is npipe:////./pipe/name.
  if (scheme === 'npipe') return socket(rest);
  if (scheme === 'ssh') {
    return refused(
      'ssh:// is not supported: forward the socket with "ssh -L /tmp/docker.sock:/var/run/docker.sock host" and use unix:///tmp/docker.sock',
    );
  }
  if (scheme !== 'tcp' && scheme !== 'http' && scheme !== 'https') {
    return refused(`${scheme}:// is not an address that can be connected to`);
  }
  if (!URL.canParse(`http://${rest}`)) return refused('not a valid address');
  const url = new URL(`http://${rest}`);
  const tls = scheme === 'https' || (scheme === 'tcp' && (hasCertificates || url.port === '2376'));
  const port = url.port === '' ? (tls ? 2376 : 2375) : Number(url.port);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return { kind: 'address', address: { kind: 'tcp', host, port, tls } };
}

function socket(path: string): ParsedEndpoint {
  return { kind: 'address', address: { kind: 'socket', path } };
}

function refused(reason: string): ParsedEndpoint {
  return { kind: 'refused', reason };
}
