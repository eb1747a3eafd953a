import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';

// Only enough to know whether an engine has to be started; the application has its own, explained way to choose one.

const home = homedir();
export const dockerSocket = '/var/run/docker.sock';

/** @param {string} file */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function contextEndpoint() {
  const folder = process.env['DOCKER_CONFIG'] ?? join(home, '.docker');
  const name = process.env['DOCKER_CONTEXT'] ?? readJson(join(folder, 'config.json'))?.currentContext;
  if (name === undefined || name === 'default') return undefined;
  const hash = createHash('sha256').update(name).digest('hex');
  return readJson(join(folder, 'contexts/meta', hash, 'meta.json'))?.Endpoints?.docker?.Host;
}

/** @returns {readonly string[]} where engines listen, as people have them */
function endpoints() {
  const chosen = process.env['DOCKER_HOST'] || contextEndpoint();
  if (chosen !== undefined) return [chosen];
  const runtimeFolder = process.env['XDG_RUNTIME_DIR'] ?? `/run/user/${process.getuid?.() ?? 0}`;
  const sockets = [
    dockerSocket,
    join(runtimeFolder, 'docker.sock'),
    join(home, '.docker/run/docker.sock'),
    join(home, '.docker/desktop/docker.sock'),
    join(home, '.colima/default/docker.sock'),
    join(home, '.orbstack/run/docker.sock'),
    join(runtimeFolder, 'podman/podman.sock'),
    '/run/podman/podman.sock',
  ];
  return sockets.map((socket) => `unix://${socket}`);
}

/**
 * @param {string} endpoint
 * @returns {Promise<'answers' | 'denied' | 'silent'>}
 */
export async function ask(endpoint) {
  // Encrypted and remote ones are the user's own choice: nothing that we start would replace them.
  if (!endpoint.startsWith('unix://')) return 'answers';
  const options = { socketPath: endpoint.slice('unix://'.length), path: '/_ping', timeout: 3000 };
  return new Promise((resolve) => {
    const sent = request(options, (response) => {
      response.resume();
      resolve(response.statusCode === 200 ? 'answers' : 'silent');
    });
    sent.on('timeout', () => sent.destroy(new Error('no reply')));
    sent.on('error', (error) => {
      resolve(/** @type {NodeJS.ErrnoException} */ (error).code === 'EACCES' ? 'denied' : 'silent');
    });
    sent.end();
  });
}

/** @returns {Promise<{ answers?: string, denied?: string }>} */
export async function findEngine() {
  const all = endpoints();
  const replies = await Promise.all(all.map(ask));
  const answers = all[replies.indexOf('answers')];
  const denied = all[replies.indexOf('denied')];
  return { ...(answers !== undefined && { answers }), ...(denied !== undefined && { denied }) };
}
