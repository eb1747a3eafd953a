// Copies an image from the tests' engine to another one, as "docker save" and "docker load" would.
import { request } from 'node:http';
import { engineSocket } from '../../e2e/engine-api.ts';

export function copyImage(name: string, socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const get = request({ socketPath: engineSocket, path: `/images/${name}/get` }, (saved) => {
      if (saved.statusCode !== 200) return reject(new Error(`${name} could not be saved: ${saved.statusCode}`));
      const headers = { 'Content-Type': 'application/x-tar' };
      const load = request({ socketPath, method: 'POST', path: '/v1.41/images/load', headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () =>
          response.statusCode === 200 && !text.includes('"error"') ? resolve() : reject(new Error(`${name}: ${text}`)),
        );
      });
      load.on('error', reject);
      saved.pipe(load);
    });
    get.on('error', reject);
    get.end();
  });
}
