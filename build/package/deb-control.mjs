import { createHash } from 'node:crypto';
import { copyFileSync, chmodSync, lstatSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {Record<string, string>} Options */

const scripts = { postinst: '--after-install', prerm: '--before-remove', postrm: '--after-remove' };

/**
 * @param {string} tree
 * @param {string} [below]
 * @returns {string[]} every file and link, by its path in the package
 */
function listFiles(tree, below = '') {
  return readdirSync(join(tree, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? listFiles(tree, path) : [path];
  });
}

/**
 * By the rules for a Description: a line that says it in short, the rest indented and in short lines.
 * @param {string} text
 */
function described(text) {
  const [first = '', ...rest] = text.split('\n').map((line) => line.trim());
  return [first, ...rest.flatMap((line) => ` ${line}`.match(/ .{1,76}(?= |$)/g) ?? ' .')].join('\n');
}

/**
 * Writes what dpkg wants to know of the files in a tree.
 * @param {string} tree
 * @param {Options} options as fpm names them
 * @param {Record<string, string[]>} lists
 */
export function writeControl(tree, options, lists) {
  const files = listFiles(tree).sort();
  const stats = files.map((path) => ({ path, stat: lstatSync(join(tree, path)) }));
  const kibibytes = stats.reduce((sum, { stat }) => sum + Math.ceil(stat.size / 1024), 0);
  const fields = {
    Package: options['--name'],
    Version: options['--version'],
    Architecture: options['--architecture'],
    Maintainer: options['--maintainer'],
    'Installed-Size': String(kibibytes),
    Depends: lists['-d']?.join(', '),
    Recommends: lists['--deb-recommends']?.join(', '),
    Suggests: lists['--deb-suggests']?.join(', '),
    Section: options['--category'],
    Priority: options['--deb-priority'],
    Homepage: options['--url'],
    Description: described(options['--description'] ?? ''),
  };
  const folder = join(tree, 'DEBIAN');
  mkdirSync(folder, { mode: 0o755 });
  const lines = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}\n`]));
  writeFileSync(join(folder, 'control'), lines.join(''));
  const sums = stats
    .filter(({ stat }) => stat.isFile())
    .map(
      ({ path }) =>
        `${createHash('md5')
          .update(readFileSync(join(tree, path)))
          .digest('hex')}  ${path}\n`,
    );
  writeFileSync(join(folder, 'md5sums'), sums.join(''));
  for (const [name, option] of Object.entries(scripts)) {
    const script = options[option];
    if (script === undefined) continue;
    copyFileSync(script, join(folder, name));
    chmodSync(join(folder, name), 0o755);
  }
}
