import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../bootstrap/paths.mjs';
import { output } from '../bootstrap/processes.mjs';
import { say } from '../bootstrap/say.mjs';
import { apart, madeOnce, proxies } from './base-root.mjs';

// The test machine of the package: over the file system that all start from lies what the package depends on, fetched
// from Debian by its own control file. Made again when the package asks for something else.

const script = fileURLToPath(new URL('desktop-layer.sh', import.meta.url));

/**
 * @param {string} base
 * @param {string} file
 */
function layerName(base, file) {
  const asked = output('dpkg-deb', ['--field', file, 'Depends', 'Recommends']) ?? '';
  const parts = [basename(base), readFileSync(script, 'utf8'), asked];
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}

/**
 * @param {string} base the path of the base root
 * @param {string} file of the package
 * @returns {Promise<string>} the file systems that a machine of the package starts from, the uppermost first
 */
export async function prepareDesktopLayer(base, file) {
  const layer = await madeOnce(join(cacheFolder, 'package-machine'), layerName(base, file), (work) => {
    say('fetching what the package depends on, for its test machine (once, about half a minute)');
    apart(['sh', script, 'outside', base, work, file, ...proxies()]);
    return join(work, 'changes');
  });
  return `${layer}:${base}`;
}
