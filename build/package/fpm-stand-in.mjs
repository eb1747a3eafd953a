#!/usr/bin/env node
// Stands in for fpm where there is none: takes the arguments that electron-builder gives it for a Debian package, and
// lets dpkg-deb make it. It knows no more than those; whatever it does not know is refused.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeControl } from './deb-control.mjs';
import { placeFiles } from './deb-files.mjs';

// Of each, the last one given counts.
const single = new Set([
  '-s',
  '-t',
  '--architecture',
  '--after-install',
  '--after-remove',
  '--before-remove',
  '--category',
  '--deb-compression',
  '--deb-priority',
  '--description',
  '--license',
  '--maintainer',
  '--name',
  '--package',
  '--url',
  '--vendor',
  '--version',
]);
const repeated = new Set(['-d', '--deb-recommends', '--deb-suggests']);
const switches = new Set(['--force']);

/** @param {readonly string[]} args */
function readArguments(args) {
  /** @type {Record<string, string>} */
  const options = {};
  /** @type {Record<string, string[]>} */
  const lists = {};
  /** @type {{ from: string, to: string }[]} */
  const files = [];
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? '';
    const value = () => args[(index += 1)] ?? '';
    if (single.has(argument)) options[argument] = value();
    else if (repeated.has(argument)) (lists[argument] ??= []).push(value());
    else if (argument.startsWith('-') && !switches.has(argument))
      throw new Error(`This stand-in for fpm does not know ${argument}`);
    else if (argument.includes('=')) {
      const at = argument.lastIndexOf('=');
      files.push({ from: argument.slice(0, at), to: argument.slice(at + 1) });
    }
  }
  if (options['-s'] !== 'dir' || options['-t'] !== 'deb')
    throw new Error('This stand-in makes Debian packages of folders only');
  return { options, lists, files };
}

const { options, lists, files } = readArguments(process.argv.slice(2));
const target = options['--package'] ?? '';
const tree = mkdtempSync(join(dirname(target), 'tree-'));
try {
  placeFiles(tree, files);
  writeControl(tree, options, lists);
  const compression = options['--deb-compression'] === 'zst' ? ['-Zzstd', '-z1'] : ['-Zxz'];
  const result = spawnSync('dpkg-deb', ['--root-owner-group', ...compression, '--build', tree, target], {
    stdio: 'inherit',
  });
  process.exitCode = result.status ?? 1;
} finally {
  rmSync(tree, { recursive: true, force: true });
}
