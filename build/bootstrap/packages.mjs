import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { must } from './processes.mjs';
import { say } from './say.mjs';

// Inside node_modules, so that it goes when that folder goes.
const stamp = join(root, 'node_modules/.macula-lock');

function recorded() {
  try {
    return readFileSync(stamp, 'utf8');
  } catch {
    return undefined;
  }
}

export function preparePackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (recorded() === lock) return;
  say('installing packages (npm ci)');
  must('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root });
  writeFileSync(stamp, lock);
}
