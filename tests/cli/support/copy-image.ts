// Copies an image from the tests' engine to another one, as "docker save" and "docker load" would.
import { request } from 'node:http';
import { engineSocket } from '../../e2e/engine-api.ts';

export async function copyImage(repository: string, tag: string, socketPath: string): Promise<void> {
  const loaded = await saveAndLoad(`${repository}:${tag}`, socketPath);
  // Podman takes a short name in an archive for one of its own: "localhost/nginx".
  if (!loaded.startsWith('localhost/')) return;
  const full = repository.includes('/') ? `docker.io/${repository}` : `docker.io/library/${repository}`;
  const query = new URLSearchParams({ repo: full, tag }).toString();
  await post(`/v1.41/images/${encodeURIComponent(loaded)}/tag?${query}`, socketPath);
}

function post(path: string, socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, method: 'POST', path }, (response) => {
      response
        .resume()
        .on('end', () =>
          response.statusCode === 201 ? resolve() : reject(new Error(`${path}: ${response.statusCode}`)),
        );
    });
    asked.on('error', reject);
    asked.end();
  });
}

// Returns the name that the image has there.
function saveAndLoad(name: string, socketPath: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const get = request({ socketPath: engineSocket, path: `/images/${name}/get` }, (saved) => {
      if (saved.statusCode !== 200) return reject(new Error(`${name} could not be saved: ${saved.statusCode}`));
      const headers = { 'Content-Type': 'application/x-tar' };
      const load = request({ socketPath, method: 'POST', path: '/v1.41/images/load', headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => {
          const loaded = /Loaded image: ([^\s"\\]+)/.exec(text)?.[1];
          if (response.statusCode === 200 && loaded !== undefined) resolve(loaded);
          else reject(new Error(`${name}: ${text}`));
        });
      });
      load.on('error', reject);
      saved.pipe(load);
    });
    get.on('error', reject);
    get.end();
  });
}
