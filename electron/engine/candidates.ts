// The places where people have their engine, best first. Every strategy is a pure function of the surroundings.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { EndpointCandidate } from './endpoint.ts';

export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: string;
  // Undefined where users have no numbers.
  readonly userId: number | undefined;
  // Undefined when the file is not there or cannot be read.
  readonly readText: (path: string) => string | undefined;
}

type Strategy = (surroundings: Surroundings) => readonly EndpointCandidate[];

const strategies: readonly Strategy[] = [
  currentContext,
  standardSocket,
  rootlessDocker,
  dockerDesktop,
  colima,
  orbStack,
  podman,
  podmanMachine,
];

export interface Candidates {
  readonly candidates: readonly EndpointCandidate[];
  // Asked for by name: where it does not answer, no other engine is what the user wants.
  readonly explicit: boolean;
}

export function findCandidates(setting: string, surroundings: Surroundings): Candidates {
  if (setting !== 'auto') {
    const certificates = nonEmpty(surroundings.environment['DOCKER_CERT_PATH']);
    return explicitly({
      endpoint: setting,
      foundBy: 'the settings',
      named: true,
      ...(certificates && { certificates }),
    });
  }
  const [host] = dockerHost(surroundings);
  if (host !== undefined) return explicitly(host);
  const candidates = strategies.flatMap((strategy) => strategy(surroundings));
  const explicit = nonEmpty(surroundings.environment['DOCKER_CONTEXT']) !== undefined;
  return { candidates: explicit ? candidates.slice(0, 1) : candidates, explicit };
}

function explicitly(candidate: EndpointCandidate): Candidates {
  return { candidates: [candidate], explicit: true };
}

function dockerHost({ environment }: Surroundings): readonly EndpointCandidate[] {
  const endpoint = nonEmpty(environment['DOCKER_HOST']);
  if (endpoint === undefined) return [];
  const certificates = nonEmpty(environment['DOCKER_CERT_PATH']);
  return [{ endpoint, foundBy: 'DOCKER_HOST', named: true, ...(certificates && { certificates }) }];
}

function currentContext({ environment, home, platform, readText }: Surroundings): readonly EndpointCandidate[] {
  const folder = nonEmpty(environment['DOCKER_CONFIG']) ?? join(home, '.docker');
  const fromEnvironment = nonEmpty(environment['DOCKER_CONTEXT']);
  const name = fromEnvironment ?? textAt(parseJson(readText(join(folder, 'config.json'))), 'currentContext');
  if (name === undefined) return [];
  const foundBy =
    fromEnvironment === undefined
      ? `the current Docker context "${name}"`
      : `DOCKER_CONTEXT, the Docker context "${name}"`;
  if (name === 'default') return [{ endpoint: defaultEndpoint(platform), foundBy, named: true }];
  const id = createHash('sha256').update(name).digest('hex');
  const meta = parseJson(readText(join(folder, 'contexts', 'meta', id, 'meta.json')));
  const endpoint = textAt(meta, 'Endpoints', 'docker', 'Host');
  if (endpoint === undefined) {
    // Named but not there: only worth saying when somebody asked for it by hand.
    const problem = 'there is no Docker context of this name';
    return fromEnvironment === undefined ? [] : [{ endpoint: `context ${name}`, foundBy, named: true, problem }];
  }
  const certificates = join(folder, 'contexts', 'tls', id, 'docker');
  const hasCertificates = readText(join(certificates, 'ca.pem')) !== undefined;
  return [{ endpoint, foundBy, named: true, ...(hasCertificates && { certificates }) }];
}

function defaultEndpoint(platform: string): string {
  return platform === 'win32' ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock';
}

function standardSocket({ platform }: Surroundings): readonly EndpointCandidate[] {
  return [{ endpoint: defaultEndpoint(platform), foundBy: "Docker's standard socket", named: false }];
}

function rootlessDocker(surroundings: Surroundings): readonly EndpointCandidate[] {
  return runtimeFolders(surroundings).map((folder) => at(join(folder, 'docker.sock'), 'the socket of rootless Docker'));
}

function dockerDesktop({ home, platform }: Surroundings): readonly EndpointCandidate[] {
  if (platform === 'win32') return [];
  const foundBy = 'the socket of Docker Desktop';
  return [
    at(join(home, '.docker', 'run', 'docker.sock'), foundBy),
    at(join(home, '.docker', 'desktop', 'docker.sock'), foundBy),
  ];
}

function colima({ environment, home, platform }: Surroundings): readonly EndpointCandidate[] {
  if (platform === 'win32') return [];
  const own = nonEmpty(environment['COLIMA_HOME']);
  const configuration = nonEmpty(environment['XDG_CONFIG_HOME']) ?? join(home, '.config');
  const folders = [...(own === undefined ? [] : [own]), join(home, '.colima'), join(configuration, 'colima')];
  const profile = nonEmpty(environment['COLIMA_PROFILE']) ?? 'default';
  return folders.map((folder) => at(join(folder, profile, 'docker.sock'), 'the socket of Colima'));
}

function orbStack({ home, platform }: Surroundings): readonly EndpointCandidate[] {
  return platform === 'darwin' ? [at(join(home, '.orbstack', 'run', 'docker.sock'), 'the socket of OrbStack')] : [];
}

function podman(surroundings: Surroundings): readonly EndpointCandidate[] {
  if (surroundings.platform !== 'linux') return [];
  return [
    ...runtimeFolders(surroundings).map((folder) =>
      at(join(folder, 'podman', 'podman.sock'), 'the socket of rootless Podman'),
    ),
    at('/run/podman/podman.sock', 'the socket of Podman'),
  ];
}

function podmanMachine({ environment, home, platform }: Surroundings): readonly EndpointCandidate[] {
  if (platform !== 'darwin') return [];
  const foundBy = "the socket of Podman's machine";
  const temporary = nonEmpty(environment['TMPDIR']);
  const machine = join(home, '.local', 'share', 'containers', 'podman', 'machine');
  return [
    // Podman 5 keeps it among the temporary files, 4 beside the machine.
    ...(temporary === undefined ? [] : [at(join(temporary, 'podman', 'podman-machine-default-api.sock'), foundBy)]),
    at(join(machine, 'podman.sock'), foundBy),
    at(join(machine, 'qemu', 'podman.sock'), foundBy),
  ];
}

function runtimeFolders({ environment, userId, platform }: Surroundings): readonly string[] {
  if (platform !== 'linux') return [];
  const named = nonEmpty(environment['XDG_RUNTIME_DIR']);
  if (named !== undefined) return [named];
  return userId === undefined || userId <= 0 ? [] : [`/run/user/${userId}`];
}

function at(path: string, foundBy: string): EndpointCandidate {
  return { endpoint: `unix://${path}`, foundBy, named: false };
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value;
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // A broken file of another program is no reason to fail: the other places are still looked at.
    return undefined;
  }
}

function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return typeof at === 'string' && at !== '' ? at : undefined;
}
