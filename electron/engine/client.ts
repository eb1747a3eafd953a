// One dockerode client for one address.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Docker from 'dockerode';
import type { EngineAddress } from './endpoint.ts';

export interface ClientOptions {
  readonly certificates?: string;
  // 'v1.44': answers keep their shape whatever the engine's own version is. Undefined is the engine's newest.
  readonly version?: string;
}

export function openClient(address: EngineAddress, options: ClientOptions): Docker {
  const version = options.version === undefined ? {} : { version: options.version };
  return withoutDockerHost(() => {
    if (address.kind === 'socket') return new Docker({ socketPath: address.path, ...version });
    const { host, port } = address;
    const certificates =
      address.tls && options.certificates !== undefined ? readCertificates(options.certificates) : {};
    return new Docker({ host, port, protocol: address.tls ? 'https' : 'http', ...certificates, ...version });
  });
}

// The library reads DOCKER_HOST for itself and fails on one that it cannot use, even when it is told everything.
function withoutDockerHost<T>(create: () => T): T {
  const kept = process.env['DOCKER_HOST'];
  if (kept === undefined) return create();
  delete process.env['DOCKER_HOST'];
  try {
    return create();
  } finally {
    process.env['DOCKER_HOST'] = kept;
  }
}

function readCertificates(folder: string) {
  try {
    return {
      ca: readFileSync(join(folder, 'ca.pem')),
      cert: readFileSync(join(folder, 'cert.pem')),
      key: readFileSync(join(folder, 'key.pem')),
    };
  } catch (error) {
    // Without its code, which would read as if the engine's own place could not be opened.
    throw new Error(`the certificates in ${folder} cannot be read`, { cause: error });
  }
}
