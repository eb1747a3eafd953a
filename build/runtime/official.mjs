import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder, root } from '../bootstrap/paths.mjs';
import { output } from '../bootstrap/processes.mjs';
import { say } from '../bootstrap/say.mjs';

const packageFolder = join(root, 'node_modules/electron');
const releases = 'https://github.com/electron/electron/releases/download/';

// Where the download was blocked it mostly stays so: asking once a day keeps every other start quick.
const blockedMark = join(cacheFolder, 'electron-download-blocked');
const dayMs = 24 * 60 * 60 * 1000;

/** @param {string} file inside the package */
function read(file) {
  try {
    return readFileSync(join(packageFolder, file), 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** @returns {{ executable: string, version: string } | undefined} */
export function installedOfficial() {
  const version = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version;
  const name = read('path.txt');
  if (name === undefined || read('dist/version')?.replace(/^v/, '') !== version) return undefined;
  const executable = join(packageFolder, 'dist', name);
  return existsSync(executable) ? { executable, version } : undefined;
}

/** @returns {Promise<string | undefined>} why the download cannot work, as far as one request can tell */
async function obstacle() {
  const { env } = process;
  // Behind a proxy only the downloader knows how to ask.
  if (env['HTTPS_PROXY'] ?? env['https_proxy'] ?? env['ELECTRON_GET_USE_PROXY']) return undefined;
  const address = env['ELECTRON_MIRROR'] ?? env['npm_config_electron_mirror'] ?? releases;
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(4000) });
    return undefined;
  } catch (error) {
    const cause = /** @type {{ cause?: { code?: string } }} */ (error).cause?.code;
    return `${new URL(address).host} does not answer (${cause ?? 'no reply in 4 s'})`;
  }
}

/**
 * Lets Electron's own package fetch its runtime; it checks the sums that the package carries.
 * @returns {Promise<string | undefined>} why there is none
 */
export async function downloadOfficial() {
  const age = Date.now() - (statSync(blockedMark, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  if (age < dayMs) return readFileSync(blockedMark, 'utf8');
  let reason = await obstacle();
  if (reason === undefined) {
    say('downloading the Electron runtime');
    output(process.execPath, [join(packageFolder, 'install.js')], 10 * 60 * 1000);
    if (installedOfficial() === undefined) reason = 'the download of the official runtime failed';
  }
  if (reason === undefined) {
    rmSync(blockedMark, { force: true });
    return undefined;
  }
  mkdirSync(dirname(blockedMark), { recursive: true });
  writeFileSync(blockedMark, reason);
  return reason;
}
