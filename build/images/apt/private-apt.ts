// apt with a state, a cache and a configuration of its own in one folder: needs no root, and this system's packages,
// lists and settings stay as they are. It starts from an empty system, so what it fetches is complete.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../run-command.ts';
import { archiveSources, formatDeb822, parseDeb822, parseOneLine, type Source } from './sources.ts';

interface Place {
  readonly folder: string;
  readonly log: string;
  readonly signal?: AbortSignal | undefined;
}

export interface Fetched {
  // The .deb files.
  readonly files: readonly string[];
  // Where they came from, in words.
  readonly origin: string;
}

// From the first source that has them.
export async function fetchPackages(names: readonly string[], place: Place): Promise<Fetched> {
  const sources = archiveSources(await systemSources(), await systemName());
  if (sources.length === 0) throw new Error('No source of distribution packages was found in /etc/apt.');
  const reasons: unknown[] = [];
  for (const [index, source] of sources.entries()) {
    try {
      const files = await fetchFrom(source, names, { ...place, folder: join(place.folder, `source-${index}`) });
      return { files, origin: `${source.uri} ${source.suites.join(' ')}` };
    } catch (error) {
      place.signal?.throwIfAborted();
      reasons.push(error);
    }
  }
  throw reasons[0];
}

async function fetchFrom(source: Source, names: readonly string[], place: Place): Promise<string[]> {
  const { folder, log, signal } = place;
  for (const part of ['lists/partial', 'cache/archives/partial', 'parts'])
    await mkdir(join(folder, part), { recursive: true });
  await writeFile(join(folder, 'status'), '');
  await mkdir(join(folder, 'sources'));
  await writeFile(join(folder, 'sources', 'private.sources'), formatDeb822(source));
  const configuration = join(folder, 'apt.conf');
  await writeFile(configuration, `${await transportSettings(place)}\n${settings(folder)}`);
  const environment = { APT_CONFIG: configuration, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  const aptGet = (...args: string[]) => run({ program: 'apt-get', args, environment, log, signal });
  await aptGet('update', '--error-on=any');
  await aptGet('install', '--yes', '--download-only', ...names);
  const archives = join(folder, 'cache', 'archives');
  const found = await readdir(archives);
  return found
    .filter((name) => name.endsWith('.deb'))
    .sort()
    .map((name) => join(archives, name));
}

function settings(folder: string): string {
  return [
    `Dir::State "${folder}";`,
    `Dir::State::lists "${folder}/lists";`,
    `Dir::State::status "${folder}/status";`,
    `Dir::Cache "${folder}/cache";`,
    'Dir::Etc::sourcelist "/dev/null";',
    `Dir::Etc::sourceparts "${folder}/sources";`,
    // Settings of the system come in through the transport settings only: no hooks, no pins.
    'Dir::Etc::main "/dev/null";',
    `Dir::Etc::parts "${folder}/parts";`,
    'Dir::Etc::preferences "/dev/null";',
    'Dir::Etc::preferencesparts "/dev/null";',
    'Acquire::Languages "none";',
    'APT::Install-Recommends "false";',
    'APT::Install-Suggests "false";',
    // The folder may be one that only this user can enter.
    'APT::Sandbox::User "";',
  ].join('\n');
}

// How this system reaches its sources and judges their age: proxies, time limits, certificates.
async function transportSettings({ log, signal }: Place): Promise<string> {
  const all = await run({ program: 'apt-config', args: ['dump'], log, signal });
  return all
    .split('\n')
    .filter((line) =>
      /^Acquire::(http|https|ftp|Retries|ForceIPv[46]|Check-Valid-Until|Check-Date|Max-ValidTime)\b/.test(line),
    )
    .join('\n');
}

async function systemSources(): Promise<Source[]> {
  const folder = '/etc/apt/sources.list.d';
  const text = (file: string) => readFile(file, 'utf8').catch(() => '');
  const sources = parseOneLine(await text('/etc/apt/sources.list'));
  for (const name of (await readdir(folder).catch(() => [])).sort()) {
    if (name.endsWith('.sources')) sources.push(...parseDeb822(await text(join(folder, name))));
    if (name.endsWith('.list')) sources.push(...parseOneLine(await text(join(folder, name))));
  }
  return sources;
}

async function systemName(): Promise<{ id: string; codename: string }> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const field = (name: string) => text.match(new RegExp(`^${name}="?([^"\\n]*)"?$`, 'm'))?.[1] ?? '';
  return { id: field('ID'), codename: field('VERSION_CODENAME') };
}
