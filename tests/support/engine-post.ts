// A raw request with a body on the engine's socket.
import { request } from 'node:http';
import { engineSocket } from '../e2e/engine-api.ts';

export function postJson(path: string, body: unknown): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json' };
    const asked = request({ socketPath: engineSocket, method: 'POST', path, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => {
        const { statusCode = 500 } = response;
        if (statusCode < 400) resolve(text);
        else reject(new Error(`${path}: ${statusCode} ${text}`));
      });
    });
    asked.on('error', reject);
    asked.end(JSON.stringify(body));
  });
}
