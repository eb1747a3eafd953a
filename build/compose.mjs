import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { debianMirror } from './bootstrap/mirror.mjs';
import { cacheFolder } from './bootstrap/paths.mjs';
import { output, quietly } from './bootstrap/processes.mjs';
import { SetUpError, say } from './bootstrap/say.mjs';

// Compose, the peer of the benchmarks. The plugin is a program that also runs alone; where the machine has none it
// comes from a Debian package that is taken apart, and never installed.

const pluginFolders = [
  join(homedir(), '.docker/cli-plugins'),
  '/usr/local/lib/docker/cli-plugins',
  '/usr/local/libexec/docker/cli-plugins',
  '/usr/lib/docker/cli-plugins',
  '/usr/libexec/docker/cli-plugins',
];
const cached = join(cacheFolder, 'compose/docker-compose');

/** @param {string} file */
function isVersion2(file) {
  return existsSync(file) && /v?[2-9]\d*\./.test(output(file, ['version', '--short']) ?? '');
}

function systemMirror() {
  const mirror = debianMirror();
  if (mirror === undefined)
    throw new SetUpError('Compose could not be fetched: this system names no mirror of Debian.');
  return mirror;
}

/**
 * apt with lists, settings and a cache of its own: neither root nor a change of this system is needed.
 * @param {string} work
 */
function privateApt(work) {
  const settings = [
    `Dir::State "${work}/state";`,
    `Dir::Cache "${work}/cache";`,
    `Dir::Etc::SourceList "${work}/sources.list";`,
    'Dir::Etc::SourceParts "/dev/null";',
    'Dir::Etc::Preferences "/dev/null";',
    'Dir::Etc::PreferencesParts "/dev/null";',
    // Mirrors that stand still are out of date soon; the signature still counts.
    'Acquire::Check-Valid-Until "false";',
    'Acquire::Languages "none";',
    'APT::Sandbox::User "";',
  ];
  for (const folder of ['state/lists/partial', 'cache/archives/partial'])
    mkdirSync(join(work, folder), { recursive: true });
  writeFileSync(join(work, 'sources.list'), `deb ${systemMirror()} sid main\n`);
  writeFileSync(join(work, 'apt.conf'), settings.join('\n'));
  /** @param {string[]} args */
  return (args) => {
    const result = quietly('env', [`APT_CONFIG=${work}/apt.conf`, ...args], { cwd: work });
    if (!result.ok) throw new SetUpError(`Compose could not be fetched (${args.join(' ')}):\n${result.lastLines}`);
  };
}

function fetchPlugin() {
  say('fetching Compose from a Debian package, to compare with');
  mkdirSync(join(cacheFolder, 'compose'), { recursive: true });
  const work = mkdtempSync(join(cacheFolder, 'compose/work-'));
  try {
    const run = privateApt(work);
    run(['apt-get', 'update', '--error-on=any']);
    run(['apt-get', 'download', 'docker-compose']);
    const archive = readdirSync(work).find((name) => name.endsWith('.deb')) ?? '';
    run(['dpkg-deb', '--extract', archive, 'unpacked']);
    renameSync(join(work, 'unpacked/usr/libexec/docker/cli-plugins/docker-compose'), cached);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @returns {string} a program to be called as `<it> -p project up` */
export function prepareCompose() {
  const installed = pluginFolders.map((folder) => join(folder, 'docker-compose')).find(isVersion2);
  if (installed !== undefined) return installed;
  if (!isVersion2(cached)) fetchPlugin();
  if (!isVersion2(cached)) throw new SetUpError(`The Compose that was fetched does not run here: ${cached}`);
  return cached;
}
