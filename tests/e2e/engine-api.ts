// The tests' own look at the engine, past the app: raw requests on its socket.
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { labels, stackName } from '../../electron/core/identity.ts';
import { catalog } from '../../electron/core/catalog/index.ts';

export interface Container {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly State: string;
  readonly Labels: Readonly<Record<string, string>>;
}

export const engineSocket = (process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock').replace(/^unix:\/\//, '');

export async function askEngine(method: string, path: string, sent?: Uint8Array): Promise<unknown> {
  const { status, body } = await new Promise<{ status: number; body: string }>((resolve, reject) => {
    const asked = request({ socketPath: engineSocket, method, path }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(sent);
  });
  if (status >= 400) throw new Error(`${method} ${path}: ${status} ${body.trim()}`);
  return body === '' ? undefined : (JSON.parse(body) as unknown);
}

// An image of a file system with nothing in it, under that name. It says that it is a stub of ours.
export async function importEmptyImage(repository: string, tag: string): Promise<void> {
  const emptyTar = new Uint8Array(1024);
  const changes = encodeURIComponent(`LABEL ${labels.substitute}=stub`);
  await askEngine('POST', `/images/create?fromSrc=-&repo=${repository}&tag=${tag}&changes=${changes}`, emptyTar);
}

export async function containers(): Promise<readonly Container[]> {
  return (await askEngine('GET', '/containers/json?all=1')) as readonly Container[];
}

export async function stackContainers(): Promise<readonly Container[]> {
  return (await containers()).filter((container) => container.Labels[labels.stack] === stackName);
}

export async function runningServices(): Promise<readonly string[]> {
  const ours = (await stackContainers()).filter((container) => container.State === 'running');
  return ours.map((container) => container.Labels[labels.service] ?? '').toSorted();
}

export async function startedAt(service: string): Promise<string> {
  const [found] = (await stackContainers()).filter((container) => container.Labels[labels.service] === service);
  if (found === undefined) throw new Error(`There is no container of ${service}`);
  const { State } = (await askEngine('GET', `/containers/${found.Id}/json`)) as { State: { StartedAt: string } };
  return State.StartedAt;
}

export async function killContainer(name: string): Promise<void> {
  await askEngine('POST', `/containers/${name}/kill`);
}

// Why the real stack cannot run here, or undefined.
export async function missingForStack(): Promise<string | undefined> {
  if (!existsSync(engineSocket)) return `no container engine at ${engineSocket}`;
  const images = (await askEngine('GET', '/images/json')) as readonly { readonly RepoTags: readonly string[] | null }[];
  const present = new Set(images.flatMap((image) => image.RepoTags ?? []));
  const missing = catalog.map(({ image }) => `${image.repository}:${image.tag}`).filter((name) => !present.has(name));
  return missing.length === 0 ? undefined : `no image ${missing.join(', ')}: npm run images makes them`;
}

interface Things {
  readonly containers: readonly Container[];
  readonly volumes: readonly string[];
  readonly networks: readonly string[];
}

// What has our names or our labels.
async function stackThings(): Promise<Things> {
  const names = new Set(catalog.map((service) => `/${service.containerName}`));
  const volumeNames = new Set(catalog.flatMap((service) => service.volumes.map((volume) => volume.name)));
  const isOurs = (given: Readonly<Record<string, string>> | null) => given?.[labels.stack] === stackName;
  type Named = { readonly Name: string; readonly Labels: Readonly<Record<string, string>> | null };
  const { Volumes } = (await askEngine('GET', '/volumes')) as { readonly Volumes: readonly Named[] | null };
  const networks = (await askEngine('GET', '/networks')) as readonly Named[];
  return {
    containers: (await containers()).filter(
      (container) => isOurs(container.Labels) || container.Names.some((name) => names.has(name)),
    ),
    volumes: (Volumes ?? [])
      .filter((volume) => isOurs(volume.Labels) || volumeNames.has(volume.Name))
      .map(({ Name }) => Name),
    networks: networks
      .filter((network) => isOurs(network.Labels) || network.Name === 'macula-infra')
      .map(({ Name }) => Name),
  };
}

// The tests use the real names and ports, and delete what they made: they never begin on top of somebody's stack.
export async function requireNoStack(): Promise<void> {
  const things = await stackThings();
  const found = [...things.containers.flatMap((container) => container.Names), ...things.volumes, ...things.networks];
  if (found.length > 0) {
    throw new Error(`A stack is here already (${found.join(', ')}). Remove it first: npm run macula -- down --volumes`);
  }
}

// Everything that was made since requireNoStack.
export async function removeStack(): Promise<void> {
  const things = await stackThings();
  await Promise.all(things.containers.map(({ Id }) => askEngine('DELETE', `/containers/${Id}?force=1&v=1`)));
  await Promise.all([
    ...things.volumes.map((name) => askEngine('DELETE', `/volumes/${name}`)),
    ...things.networks.map((name) => askEngine('DELETE', `/networks/${name}`)),
  ]);
}
