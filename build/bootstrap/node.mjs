import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { root } from './paths.mjs';
import { must } from './processes.mjs';
import { SetUpError, say } from './say.mjs';

// The newest line with long-term support, as Electron embeds it.
const version = '24.21.0';

// These packages hold Node's binary itself; the one called "node" needs an install script, which npm no longer runs unasked.
const platforms = new Set(['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']);

/**
 * The lines of Node that the bundler, the test runner and Electron's package accept.
 * @param {string} candidate
 */
export function isSuitable(candidate) {
  const [major = 0, minor = 0] = candidate.split('.').map(Number);
  return (major === 22 && minor >= 12) || major === 24 || major >= 26;
}

/**
 * The path of this project's own Node, fetched on first use.
 * @param {string} why
 */
export function ownNode(why) {
  const platform = `${process.platform}-${process.arch}`;
  if (!platforms.has(platform)) {
    throw new SetUpError(`${why}, and there is none for ${platform} to fetch. Please install a newer one.`);
  }
  const binary = join(root, '.tools/node_modules', `node-${platform}`, 'bin/node');
  if (!existsSync(binary)) {
    say(`${why}: fetching Node ${version} into .tools`);
    const quiet = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error'];
    must('npm', ['install', '--prefix', join(root, '.tools'), ...quiet, `node-${platform}@${version}`]);
  }
  return binary;
}

/** The path of a Node that is new enough; it also becomes the first on PATH. */
export function newerNode() {
  const binary = ownNode(`The tools need Node 22.12 or newer, this is ${process.versions.node}`);
  // npm looks for the machine's settings (certificates, proxies) beside the Node that runs it; those of this one stay.
  process.env['npm_config_globalconfig'] ??= join(dirname(dirname(process.execPath)), 'etc/npmrc');
  process.env['PATH'] = `${dirname(binary)}${delimiter}${process.env['PATH']}`;
  return binary;
}
