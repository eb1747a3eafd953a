import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeTar } from '../../../electron/engine/tar.ts';

const long = `etc/${'folder/'.repeat(20)}file.yaml`;
const files = [
  { path: '/etc/nginx/nginx.conf', content: 'events {}\n', mode: 0o644 },
  { path: 'etc/empty', content: '', mode: 0o600 },
  { path: 'etc/größe', content: 'ü'.repeat(300), mode: 0o755 },
  { path: 'etc/owned', content: 'secret', mode: 0o400, owner: 10_001 },
  { path: long, content: 'x'.repeat(512), mode: 0o640 },
];

test('the tar of the system reads it back, modes, sizes and names', () => {
  const folder = mkdtempSync(join(tmpdir(), 'macula-tar-'));
  try {
    writeFileSync(join(folder, 'files.tar'), writeTar(files));
    const listing = execFileSync('tar', ['--numeric-owner', '-tvf', 'files.tar'], { cwd: folder, encoding: 'utf8' });
    expect(listing.trim().split('\n')).toHaveLength(files.length);
    expect(listing).toMatch(/^-rw-r--r-- 0\/0 +10 1970-01-01 \d\d:\d\d etc\/nginx\/nginx\.conf$/m);
    expect(listing).toMatch(/^-r-------- 10001\/10001 +6 1970-01-01 \d\d:\d\d etc\/owned$/m);
    execFileSync('tar', ['-xf', 'files.tar'], { cwd: folder });
    for (const { path, content, mode } of files) {
      const unpacked = join(folder, path);
      expect(readFileSync(unpacked, 'utf8')).toBe(content);
      expect(statSync(unpacked).mode & 0o777).toBe(mode);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the same files are the same bytes', () => {
  expect(writeTar(files).equals(writeTar(files))).toBe(true);
});

test('a path that no tar of this kind can hold is refused', () => {
  expect(() => writeTar([{ path: 'x'.repeat(101), content: '', mode: 0o644 }])).toThrow('too long');
});
