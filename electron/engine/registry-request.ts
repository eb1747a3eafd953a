// One question to a registry over HTTPS: few bytes, little time, and nothing secret to anybody else.
import { request as askPlain } from 'node:http';
import { Agent, request as askSecure } from 'node:https';

export interface RegistryAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

const mostBytes = 4 * 1024 * 1024;
const mostRedirects = 3;

// Throws what the network says.
export async function askRegistry(
  address: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<RegistryAnswer> {
  let url = address;
  let given = headers;
  for (let redirects = 0; ; redirects += 1) {
    const answer = await ask(url, given, signal);
    const { location } = answer.headers;
    if (answer.status < 300 || answer.status >= 400 || typeof location !== 'string') return answer;
    if (redirects === mostRedirects || !URL.canParse(location, url.href))
      throw new Error('it leads from place to place');
    const next = new URL(location, url);
    if (!mayBeAsked(next, address)) throw new Error(`it leads to ${next.protocol}//${next.host}`);
    // A sign-in is meant for one place only.
    if (next.host !== url.host) given = withoutSignIn(given);
    url = next;
  }
}

// Plain HTTP only between places of this machine.
export function mayBeAsked(url: URL, from: URL): boolean {
  return (
    url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname) && isLoopback(from.hostname))
  );
}

export function isLoopback(host: string): boolean {
  return /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host) || host === 'localhost' || host === '[::1]';
}

function withoutSignIn({ authorization: _secret, ...headers }: Readonly<Record<string, string>>) {
  return headers;
}

function ask(url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<RegistryAnswer> {
  return new Promise((resolve, reject) => {
    const options = { headers, signal, agent: url.protocol === 'https:' ? secureAgent() : false } as const;
    const asked = (url.protocol === 'https:' ? askSecure : askPlain)(url, options, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > mostBytes) asked.destroy(new Error('its answer is too long'));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

// Goes by HTTPS_PROXY and NO_PROXY where Node knows of them (24.5 and newer).
function secureAgent(): Agent {
  return new Agent({ proxyEnv: process.env });
}
