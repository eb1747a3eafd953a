// The user's own sign-in to a registry, as "docker login" keeps it: read for one pull, never kept, logged or written.
// The format of the file and of the helpers is Docker's: "auths", "credHelpers" and "credsStore" in config.json.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fullRepository } from '../core/images/image-names.ts';

export interface SignIn {
  readonly username: string;
  readonly password: string;
  readonly serveraddress: string;
}

export interface SignInSource {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly readText: (path: string) => string | undefined;
}

const helperMilliseconds = 10_000;
// Docker Hub goes by its oldest address in this file.
const dockerHub = 'https://index.docker.io/v1/';

interface DockerConfiguration {
  readonly auths?: Readonly<Record<string, { readonly auth?: string } | undefined>>;
  readonly credHelpers?: Readonly<Record<string, string | undefined>>;
  readonly credsStore?: string;
}

// Undefined where the user never signed in: most images need none.
export async function findSignIn(repository: string, source: SignInSource): Promise<SignIn | undefined> {
  const folder = source.environment['DOCKER_CONFIG'] || join(source.home, '.docker');
  const configuration = parse(source.readText(join(folder, 'config.json')));
  const host = fullRepository(repository).split('/')[0] ?? '';
  const server = host === 'docker.io' ? dockerHub : host;
  const helper = configuration.credHelpers?.[server] ?? configuration.credHelpers?.[host] ?? configuration.credsStore;
  return (helper === undefined ? undefined : await askHelper(helper, server)) ?? fromFile(configuration, server);
}

function parse(text: string | undefined): DockerConfiguration {
  try {
    return (JSON.parse(text ?? '{}') ?? {}) as DockerConfiguration;
  } catch {
    // Docker's own commands complain about a broken file; a public image can be pulled without it.
    return {};
  }
}

function fromFile(configuration: DockerConfiguration, server: string): SignIn | undefined {
  const stored = configuration.auths?.[server]?.auth ?? configuration.auths?.[`https://${server}`]?.auth;
  if (stored === undefined) return undefined;
  const text = Buffer.from(stored, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon <= 0
    ? undefined
    : { username: text.slice(0, colon), password: text.slice(colon + 1), serveraddress: server };
}

// A program of the user's own choice, found on PATH as Docker's command does. It gets the address on its input.
function askHelper(name: string, server: string): Promise<SignIn | undefined> {
  if (!/^[\w.-]+$/.test(name)) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const helper = spawn(`docker-credential-${name}`, ['get'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: helperMilliseconds,
    });
    let text = '';
    helper.stdout.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    // Not installed, or it knows nothing of this server: as if the user had not signed in.
    helper.on('error', () => resolve(undefined));
    helper.stdin.on('error', () => undefined);
    helper.on('close', (code) => resolve(code === 0 ? fromHelper(text, server) : undefined));
    helper.stdin.end(server);
  });
}

function fromHelper(text: string, server: string): SignIn | undefined {
  try {
    const { Username, Secret } = JSON.parse(text) as { readonly Username?: string; readonly Secret?: string };
    return Username && Secret ? { username: Username, password: Secret, serveraddress: server } : undefined;
  } catch {
    return undefined;
  }
}
