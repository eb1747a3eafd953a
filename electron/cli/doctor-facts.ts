// Tries every hop from this side: ports, pages through the ingress, names.
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import type { DesiredService, Probe } from '../core/desired.ts';
import { localhostPort } from '../core/publishes.ts';
import type { DoctorFacts } from '../core/doctor.ts';
import type { ProbeResult } from '../core/status.ts';
import { probeService } from '../runtime/probe.ts';
import type { Runtime } from '../runtime/runtime-api.ts';

const doorMilliseconds = 2000;

export async function gatherDoctorFacts(runtime: Runtime): Promise<DoctorFacts> {
  const desired = runtime.desired();
  const publishes = desired.services.flatMap((service) => service.container.publishes);
  const hosts = desired.services.flatMap((service) => localhostName(service) ?? []);
  const [doors, pages, unknownNames] = await Promise.all([
    Promise.all(
      publishes.map(
        async ({ hostAddress, hostPort }) =>
          [`${hostAddress}:${hostPort}`, await knock(hostAddress, hostPort)] as const,
      ),
    ),
    Promise.all(desired.services.flatMap((service) => askThroughIngress(service) ?? [])),
    unknownOf(hosts.slice(0, 1)),
  ]);
  return {
    snapshot: runtime.snapshot(),
    desired,
    observed: runtime.observed(),
    doors: Object.fromEntries(doors),
    pages: Object.fromEntries(pages),
    unknownNames,
  };
}

function localhostName(service: DesiredService): string | undefined {
  if (service.definition.web === undefined) return undefined;
  return service.urls.map((url) => new URL(url.url).hostname).find((host) => host.endsWith('.localhost'));
}

function askThroughIngress(service: DesiredService): Promise<readonly [string, ProbeResult]> | undefined {
  const host = localhostName(service);
  if (host === undefined) return undefined;
  const { id, ready } = service.definition;
  const probe: Probe = {
    url: `http://127.0.0.1:${localhostPort}${ready.path}`,
    canAsk: true,
    host: `${host}:${localhostPort}`,
    timeoutSeconds: ready.timeoutSeconds,
    ...(ready.json === undefined ? {} : { json: ready.json }),
  };
  return probeService(probe, new AbortController().signal).then((result) => [id, result] as const);
}

// '' when somebody opens.
function knock(host: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: doorMilliseconds });
    const end = (words: string): void => {
      socket.destroy();
      resolve(words);
    };
    socket.on('connect', () => end(''));
    socket.on('timeout', () => end('Nobody answers'));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ECONNREFUSED' ? 'Nobody listens there' : error.message),
    );
  });
}

async function unknownOf(names: readonly string[]): Promise<readonly string[]> {
  const unknown = await Promise.all(
    names.map((name) =>
      lookup(name).then(
        () => [],
        () => [name],
      ),
    ),
  );
  return unknown.flat();
}
