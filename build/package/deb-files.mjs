import { chmodSync, cpSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Puts files and the contents of folders where the package has them. As with fpm, a folder with a slash at its end
 * means what is in it.
 * @param {string} tree
 * @param {readonly { from: string, to: string }[]} files
 */
export function placeFiles(tree, files) {
  for (const { from, to } of files) {
    const isContents = from.endsWith('/');
    const target = join(tree, to, !isContents && to.endsWith('/') ? basename(from) : '');
    mkdirSync(isContents ? target : dirname(target), { recursive: true });
    cpSync(from, target, { recursive: true, verbatimSymlinks: true });
  }
  settleModes(tree);
}

/**
 * A package's modes must not depend on how files are created for whoever makes it.
 * @param {string} path
 */
function settleModes(path) {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return;
  const isOpen = stats.isDirectory() || (stats.mode & 0o100) !== 0;
  chmodSync(path, isOpen ? 0o755 : 0o644);
  if (stats.isDirectory()) for (const name of readdirSync(path)) settleModes(join(path, name));
}
