// Through the ingress, as a browser or an application would ask for this name.
import { request } from 'node:http';
import { catalog } from '../../../electron/core/catalog/index.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export const hostOf = (id: string): string => {
  const label = catalog.find((service) => service.id === id)?.web?.label;
  if (label === undefined) throw new Error(`${id} has no name`);
  return `${label}.macula.localhost:8080`;
};

export function postByName(host: string, path: string, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { Host: host, 'Content-Type': 'application/json', 'Content-Length': body.length };
    const options = { host: '127.0.0.1', port: 8080, path, method: 'POST', agent: false as const, headers };
    let hasAnswer = false;
    const asked = request(options, (response) => {
      hasAnswer = true;
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    // Who refuses a body answers before it has read all of it.
    asked.on('error', (error) => (hasAnswer ? undefined : reject(error)));
    asked.end(body);
  });
}
