// A socket before the engine's that writes down what is asked of it.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineSocket } from '../../e2e/engine-api.ts';

export interface CountingProxy {
  // For DOCKER_HOST.
  readonly endpoint: string;
  // 'GET /containers/json'
  readonly calls: readonly string[];
  // Everything but looking.
  changes(): readonly string[];
  close(): Promise<void>;
}

export interface CountingProxyOptions {
  // What it answers itself, in the engine's place; undefined is left to the engine.
  readonly answers?: (call: string) => { readonly status: number; readonly body: unknown } | undefined;
}

export async function startCountingProxy(options: CountingProxyOptions = {}): Promise<CountingProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'macula-proxy-'));
  const path = join(folder, 'engine.sock');
  const calls: string[] = [];
  const server = createServer((incoming, answer) => {
    const call = `${incoming.method} ${incoming.url}`;
    calls.push(call);
    const own = options.answers?.(call);
    if (own !== undefined) {
      incoming.resume();
      answer.writeHead(own.status, { 'Content-Type': 'application/json' }).end(JSON.stringify(own.body));
      return;
    }
    const { method, url, headers } = incoming;
    const outgoing = request({ socketPath: engineSocket, method, path: url, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 500, response.headers);
      // A stream of events says with its headers alone that it listens.
      answer.flushHeaders();
      response.pipe(answer);
    });
    outgoing.on('error', () => answer.destroy());
    incoming.pipe(outgoing);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    endpoint: `unix://${path}`,
    calls,
    changes: () => calls.filter((call) => !/^(GET|HEAD) /.test(call)),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
