// A question as a client of HTTP/1.0 asks it, to whom an answer is given whole. On a local socket only.
import type Docker from 'dockerode';
import type { StreamRequest } from './stream.ts';

export interface PlainRequest {
  readonly socketPath: string;
  readonly text: string;
}

// undefined: this engine is not reached by a local socket.
export function plainRequest(docker: Docker, { path, query }: StreamRequest): PlainRequest | undefined {
  const { socketPath, version } = docker.modem as { readonly socketPath?: unknown; readonly version?: string };
  if (typeof socketPath !== 'string') return undefined;
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) words.set(name, String(value));
  const prefix = version === undefined ? '' : `/${version}`;
  return { socketPath, text: `GET ${prefix}${path}?${words.toString()} HTTP/1.0\r\nHost: docker\r\n\r\n` };
}
