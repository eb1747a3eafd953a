// The real stack under the tests' hands: never somebody's own.
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, type TestContext } from 'vitest';
import { labels } from '../../../electron/core/identity.ts';
import {
  askEngine,
  engineSocket,
  missingForStack,
  removeStack,
  requireNoStack,
  stackContainers,
} from '../../e2e/engine-api.ts';

// Call once at the top of a file; the function it returns skips a test where the stack cannot run.
export function useStack(): (context: TestContext) => void {
  let missing: string | undefined = 'the stack was not looked for';
  beforeAll(async () => {
    missing = await missingForStack();
    if (missing === undefined) await requireNoStack();
  });
  afterAll(async () => {
    if (missing === undefined) await removeStack();
  });
  return (context) => context.skip(missing !== undefined, missing);
}

interface Inspected {
  readonly Id: string;
  readonly State: { readonly StartedAt: string };
}

// Service -> what tells whether its container is the same, in the same run.
export async function containerRuns(): Promise<Readonly<Record<string, string>>> {
  const found = await Promise.all(
    (await stackContainers()).map(async (container) => {
      const { Id, State } = (await askEngine('GET', `/containers/${container.Id}/json`)) as Inspected;
      return [container.Labels[labels.service] ?? '', `${Id} ${State.StartedAt}`] as const;
    }),
  );
  return Object.fromEntries(found.toSorted(([a], [b]) => a.localeCompare(b)));
}

export function changedServices(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((id) => before[id] !== after[id])
    .toSorted();
}

export function postToEngine(path: string, body: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { socketPath: engineSocket, method: 'POST', path, headers: { 'Content-Type': 'application/json' } },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () =>
          (response.statusCode ?? 500) < 400 ? resolve() : reject(new Error(`${path}: ${response.statusCode} ${text}`)),
        );
      },
    );
    asked.on('error', reject);
    asked.end(JSON.stringify(body));
  });
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

// Through the ingress, as a browser would ask for this name.
export function getByName(host: string, path = '/'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port: 8080, path, agent: false, headers: { Host: `${host}:8080` } },
      (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

export function isListening(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
  });
}
