// A stand-in for an image registry on loopback: one image under one name, by its digest, served as slowly as a test
// wants. Engines speak plain HTTP to 127.0.0.0/8, so that a real pull can be watched where no registry is reached.
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { ImagePin } from '../../electron/core/catalog/service.ts';
import { type ImageContent, imageParts, sha256 } from './docker-archive.ts';

export interface LocalRegistry {
  readonly host: string;
  // The image that is there.
  readonly pin: ImagePin;
  // Milliseconds between the pieces of a blob, of those that have so many bytes at least.
  slowDown(milliseconds: number, leastBytes?: number): void;
  // Requests are answered with 401.
  deny(isDenied: boolean): void;
  // Only "name:password" is let in; undefined lets in everybody.
  requireSignIn(credentials: string | undefined): void;
  // Layers and configuration, as they come over the network.
  readonly downloadBytes: number;
  // Digest of each layer -> bytes of it that were sent so far, all times together.
  sentBytes(): ReadonlyMap<string, number>;
  close(): Promise<void>;
}

const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';
const pieces = 20;

// moreLayers: bytes of each further layer.
export async function startLocalRegistry(
  content: Omit<ImageContent, 'repository' | 'tag'>,
  moreLayers: readonly number[] = [],
): Promise<LocalRegistry> {
  const name = 'macula-tests/thing';
  // Its own layer, which no engine has from elsewhere.
  const files = [...content.files, { path: 'etc/pulled', content: randomBytes(16).toString('hex'), mode: 0o644 }];
  const more = moreLayers.map((size, number) => [{ path: `srv/${number}`, content: randomBytes(size), mode: 0o644 }]);
  const { config, layers } = imageParts({ ...content, repository: name, tag: '1', files }, more);
  // Stored, not compressed: a download of some size is what is to be seen.
  const packed: readonly Buffer[] = layers.map((layer) => gzipSync(layer, { level: 0 }));
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: {
        mediaType: 'application/vnd.docker.container.image.v1+json',
        size: config.length,
        digest: sha256(config),
      },
      layers: packed.map((layer) => ({
        mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
        size: layer.length,
        digest: sha256(layer),
      })),
    }),
  );
  const digest = sha256(manifest);
  const blobs = new Map<string, Buffer>([config, ...packed].map((blob) => [sha256(blob), blob]));
  const sent = new Map<string, number>();
  const state = { slowness: 0, slowFrom: 0, denied: false, credentials: undefined as string | undefined };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const given = request.headers.authorization?.replace(/^Basic /, '') ?? '';
    if (state.credentials !== undefined && Buffer.from(given, 'base64').toString() !== state.credentials) {
      response.setHeader('WWW-Authenticate', 'Basic realm="macula-tests"');
      return refuse(response, 401, 'UNAUTHORIZED', 'authentication required');
    }
    if (path === '/v2/')
      return void response.writeHead(200, { 'Docker-Distribution-Api-Version': 'registry/2.0' }).end('{}');
    if (state.denied) return refuse(response, 401, 'UNAUTHORIZED', 'authentication required');
    const reference = /^\/v2\/(.+)\/(manifests|blobs)\/(.+)$/.exec(path);
    if (reference?.[1] !== name) return refuse(response, 404, 'NAME_UNKNOWN', 'repository name not known to registry');
    const blob = reference[2] === 'blobs' ? blobs.get(reference[3] ?? '') : undefined;
    if (blob !== undefined) {
      const digest = reference[3] ?? '';
      const slowness = blob.length >= state.slowFrom ? state.slowness : 0;
      return serveSlowly(request, response, blob, slowness, (bytes) => {
        if (packed.includes(blob)) sent.set(digest, (sent.get(digest) ?? 0) + bytes);
      });
    }
    if (reference[2] === 'manifests' && (reference[3] === digest || reference[3] === '1')) {
      const headers = {
        'Content-Type': manifestType,
        'Content-Length': manifest.length,
        'Docker-Content-Digest': digest,
      };
      return void response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : manifest);
    }
    return refuse(response, 404, 'MANIFEST_UNKNOWN', 'manifest unknown');
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    pin: { repository: `${host}/${name}`, tag: '1', digest },
    downloadBytes: [...blobs.values()].reduce((sum, blob) => sum + blob.length, 0),
    sentBytes: () => new Map(sent),
    slowDown(milliseconds, leastBytes = 0) {
      state.slowness = milliseconds;
      state.slowFrom = leastBytes;
    },
    deny(isDenied) {
      state.denied = isDenied;
    },
    requireSignIn(credentials) {
      state.credentials = credentials;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serveSlowly(
  request: IncomingMessage,
  response: ServerResponse,
  blob: Buffer,
  slowness: number,
  onSent: (bytes: number) => void,
): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': blob.length });
  if (request.method === 'HEAD') return void response.end();
  const size = Math.ceil(blob.length / pieces);
  for (let at = 0; at < blob.length && !response.destroyed; at += size) {
    response.write(blob.subarray(at, at + size));
    onSent(Math.min(size, blob.length - at));
    if (slowness > 0) await new Promise((resolve) => setTimeout(resolve, slowness));
  }
  response.end();
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ errors: [{ code, message }] }));
}
