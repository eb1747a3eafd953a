// nginx and a shell out of the distribution's packages, without a distribution around them: the layer that the ingress,
// the whiteboard and every stub stand on.
import { basename, join } from 'node:path';
import { writeLayer } from '../archive/layer.ts';
import { Tree } from '../archive/tree.ts';
import { type Cache, type Cached, recipeHash } from '../cache.ts';
import { findProgram, run } from '../run-command.ts';
import { fetchPackages } from './private-apt.ts';

export interface RootFacts {
  readonly digest: string;
  readonly size: number;
  // Of the nginx package: '1.30.6-2'.
  readonly version: string;
  readonly origin: string;
}

// Raised when what this file makes changes.
const revision = '1';
const packages = ['nginx', 'busybox-static'];

// What an administrator may want inside: the shell, and the few tools the official Alpine image is used with.
const tools =
  'sh ash cat chmod chown cp cut date df du echo env find free grep head hostname id ip kill less ln ls mkdir more mv nc netstat nslookup ping printf ps pwd rm sed sleep sort stat tail tar tee test top touch traceroute uname uniq vi wc wget which whoami xargs'.split(
    ' ',
  );

export async function missingForRoot(): Promise<string | undefined> {
  for (const program of ['apt-get', 'apt-config', 'dpkg-deb']) {
    if (!(await findProgram(program)))
      return `nginx comes out of Debian or Ubuntu packages, and ${program} is not here`;
  }
  return undefined;
}

export function rootHash(architecture: string): string {
  return recipeHash(['nginx root', revision, architecture, ...packages, '/', ...tools, nginxConf]);
}

export async function nginxRoot(cache: Cache, architecture: string, signal?: AbortSignal): Promise<Cached<RootFacts>> {
  const name = `nginx-root-${rootHash(architecture)}`;
  const found = await cache.find<RootFacts>(name);
  if (found) return found;
  const log = await cache.log(name);
  await cache.dropOthers('nginx-root', [name]);
  return cache.workIn(name, async (folder) => {
    const fetched = await fetchPackages(packages, { folder, log, signal });
    const unpacked = join(folder, 'root');
    for (const file of fetched.files) await run({ program: 'dpkg-deb', args: ['-x', file, unpacked], log, signal });
    const tree = await treeOf(unpacked);
    const version =
      basename(fetched.files.find((file) => basename(file).startsWith('nginx_')) ?? '').split('_')[1] ?? '';
    return cache.store<RootFacts>(name, async (target) => {
      const { digest, size } = await writeLayer(target, tree.entries(), signal);
      return { digest, size, version: decodeURIComponent(version), origin: fetched.origin };
    });
  });
}

async function treeOf(unpacked: string): Promise<Tree> {
  const tree = new Tree();
  await tree.copyFolder(unpacked, placeOf);
  for (const tool of tools) tree.link(`usr/bin/${tool}`, 'busybox');
  for (const merged of ['bin', 'sbin', 'lib']) tree.link(merged, `usr/${merged}`);
  // The loader of some architectures is there.
  if (tree.has('usr/lib64')) tree.link('lib64', 'usr/lib64');
  tree.file('etc/passwd', passwd).file('etc/group', group).file('etc/nsswitch.conf', 'hosts: files dns\n');
  tree.file('etc/nginx/nginx.conf', nginxConf).folder('etc/nginx/conf.d');
  tree.folder('var/log/nginx').folder('var/cache/nginx').folder('run').folder('root', { mode: 0o700 });
  tree.link('var/log/nginx/access.log', '/dev/stdout').link('var/log/nginx/error.log', '/dev/stderr');
  // Where Debian's nginx keeps what passes through it; it makes the folders below by itself.
  tree.folder('var/lib/nginx', { uid: 101, gid: 101 });
  tree.folder('tmp', { mode: 0o1777 });
  return tree;
}

// Only what runs: programs, the libraries themselves (not what they can load besides), and everybody's licence.
// Older releases have files outside /usr that belong below it.
export function placeOf(relative: string): string | undefined {
  const path = relative.replace(/^(bin|sbin|lib[^/]*)\//, 'usr/$1/');
  if (/^usr\/s?bin\/(nginx|busybox)$/.test(path)) return path;
  if (/^usr\/lib(\/[^/]+-linux-gnu[^/]*|32|64)?\/[^/]+\.so(\.[^/]*)?$/.test(path)) return path;
  if (/^usr\/share\/doc\/[^/]+\/copyright$/.test(path)) return path;
  if (/^etc\/nginx\/(mime\.types|fastcgi_params|uwsgi_params|scgi_params|proxy_params)$/.test(path)) return path;
  return undefined;
}

const passwd = `root:x:0:0:root:/root:/bin/sh
nginx:x:101:101:nginx:/var/cache/nginx:/bin/false
nobody:x:65534:65534:nobody:/nonexistent:/bin/false
`;

const group = `root:x:0:
tty:x:5:
nginx:x:101:
nogroup:x:65534:
`;

const nginxConf = `user nginx;
worker_processes auto;
error_log /var/log/nginx/error.log notice;
pid /run/nginx.pid;

events {
  worker_connections 1024;
}

http {
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log /var/log/nginx/access.log combined;
  sendfile on;
  keepalive_timeout 65;
  include /etc/nginx/conf.d/*.conf;
}
`;
