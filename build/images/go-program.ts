// Prometheus, Loki and Tempo out of their Go modules, at the versions that go/<id>/go.mod requires.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeLayer } from './archive/layer.ts';
import { Tree } from './archive/tree.ts';
import { recipeHash } from './cache.ts';
import { Go, missingGo, requiredVersion } from './go-toolchain.ts';
import { addAccounts, addFolders, outfitOf } from './programs.ts';
import { embedPrometheusUi, prometheusUiRevision } from './prometheus-ui.ts';
import type { Draft, ImageService, Kitchen, Recipe } from './recipe.ts';
import { findFile } from './run-command.ts';
import { notThePinned, readableVersion, shortVersion } from './versions.ts';

interface GoProgram {
  readonly module: string;
  // Package below the module -> place in the image.
  readonly binaries: Readonly<Record<string, string>>;
  // Files of the module -> place in the image.
  readonly files: Readonly<Record<string, string>>;
  // The package that holds Version, Revision, Branch.
  readonly versionPackage: string;
  readonly hasUi?: true;
}

export const goPrograms: Readonly<Record<string, GoProgram>> = {
  prometheus: {
    module: 'github.com/prometheus/prometheus',
    binaries: { 'cmd/prometheus': 'bin/prometheus', 'cmd/promtool': 'bin/promtool' },
    files: {
      'documentation/examples/prometheus.yml': 'etc/prometheus/prometheus.yml',
      LICENSE: 'LICENSE',
      NOTICE: 'NOTICE',
    },
    versionPackage: 'github.com/prometheus/common/version',
    hasUi: true,
  },
  loki: {
    module: 'github.com/grafana/loki/v3',
    binaries: { 'cmd/loki': 'usr/bin/loki' },
    files: { 'cmd/loki/loki-docker-config.yaml': 'etc/loki/local-config.yaml', LICENSE: 'LICENSE' },
    versionPackage: 'github.com/grafana/loki/v3/pkg/util/build',
  },
  tempo: {
    module: 'github.com/grafana/tempo',
    binaries: { 'cmd/tempo': 'tempo' },
    files: { LICENSE: 'LICENSE' },
    versionPackage: 'main',
  },
};

export async function goRecipe(
  service: ImageService,
  program: GoProgram,
  sources: string,
  architecture: string,
): Promise<Recipe> {
  const folder = join(sources, 'go', service.id);
  const mod = await readFile(join(folder, 'go.mod'), 'utf8');
  const sum = await readFile(join(folder, 'go.sum'));
  const outfit = outfitOf(service.id, []);
  const { repository, tag } = service.image;
  const about = [architecture, repository, tag, JSON.stringify(program), JSON.stringify(outfit)];
  return {
    how: 'built',
    isSlow: true,
    hash: recipeHash(['go program 1', ...about, mod, sum, program.hasUi ? prometheusUiRevision : '']),
    missing: missingGo,
    async make(kitchen: Kitchen, work: string, log: string): Promise<Draft> {
      const moduleVersion = requiredVersion(mod, program.module);
      const version = readableVersion(moduleVersion);
      const go = await Go.prepare({ folder: work, mod, sum, architecture, log, signal: kitchen.signal });
      kitchen.say(`fetching ${program.module} ${moduleVersion} and what it needs`);
      await go.run('mod', 'download', program.module);
      const moduleFolder = await go.moduleFolder(program.module);
      const ui = program.hasUi ? await withUi(kitchen, go, moduleFolder, work, log) : undefined;
      kitchen.say(`compiling ${version}`);
      const tree = new Tree();
      for (const [name, place] of Object.entries(program.binaries)) {
        const file = join(work, 'out', name);
        await go.build(`${program.module}/${name}`, file, versionVariables(program, moduleVersion), ui?.tags ?? []);
        await tree.copyFile(file, place, { mode: 0o755 });
      }
      for (const [name, place] of Object.entries(program.files)) await tree.copyFile(join(moduleFolder, name), place);
      const certificates = await findFile(certificateFiles);
      if (certificates) await tree.copyFile(certificates, 'etc/ssl/certs/ca-certificates.crt');
      addFolders(tree, outfit);
      addAccounts(tree, outfit);
      tree.file('etc/nsswitch.conf', 'hosts: files dns\n');
      const note = [notThePinned(version, tag), ui?.lack].filter((part) => part !== undefined).join('; ');
      return {
        version,
        description: `${service.title} ${version}, built from ${program.module} ${moduleVersion}, in the place of ${repository}:${tag}.`,
        ...(note ? { note } : {}),
        layers: [await writeLayer(join(work, 'layer.tar'), tree.entries(), kitchen.signal)],
        defaults: outfit.defaults,
      };
    },
  };
}

// The program is worth having without its pages too.
async function withUi(kitchen: Kitchen, go: Go, moduleFolder: string, work: string, log: string) {
  kitchen.say('building its web pages');
  try {
    await embedPrometheusUi(go, moduleFolder, work, log, kitchen.signal);
    return { tags: ['builtinassets'] };
  } catch (error) {
    kitchen.signal?.throwIfAborted();
    kitchen.say(`going on without the web pages: ${error instanceof Error ? error.message : String(error)}`);
    return { tags: [], lack: 'without its web pages, which could not be built' };
  }
}

function versionVariables({ versionPackage }: GoProgram, moduleVersion: string): Record<string, string> {
  return {
    [`${versionPackage}.Version`]: shortVersion(moduleVersion),
    [`${versionPackage}.Revision`]: moduleVersion,
    [`${versionPackage}.Branch`]: 'HEAD',
  };
}

// Where distributions keep the authorities they trust.
const certificateFiles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];
