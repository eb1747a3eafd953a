// The whiteboard: a page around the real @excalidraw/excalidraw component, built from npm and served by nginx.
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { missingForRoot, nginxRoot, rootHash } from './apt/nginx-root.ts';
import { writeLayer } from './archive/layer.ts';
import { Tree } from './archive/tree.ts';
import { recipeHash } from './cache.ts';
import { missingNpm, npm } from './npm.ts';
import { outfitOf } from './programs.ts';
import type { Draft, ImageService, Kitchen, Recipe } from './recipe.ts';

// As it stands in the compiled script, at the beginning of a template literal.
const fontServer = '`https://esm.sh/';
const thisServer = '`${location.origin}/';
const webRoot = 'usr/share/nginx/html';

export async function excalidrawRecipe(service: ImageService, sources: string, architecture: string): Promise<Recipe> {
  const page = join(sources, 'page');
  const { repository, tag } = service.image;
  const outfit = outfitOf(service.id, [80]);
  const parts = [repository, tag, rootHash(architecture), JSON.stringify(outfit), site];
  return {
    how: 'built',
    isSlow: true,
    hash: recipeHash(['excalidraw 3', ...parts, ...(await contentOf(page))]),
    missing: async () => (await missingNpm()) ?? missingForRoot(),
    async make({ cache, say, signal }: Kitchen, folder: string, log: string): Promise<Draft> {
      const root = await nginxRoot(cache, architecture, signal);
      const work = join(folder, 'page');
      await cp(page, work, { recursive: true, filter: (file) => !/\/(node_modules|dist)$/.test(file) });
      say('fetching the component and what it needs');
      await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { folder: work, log, signal });
      say('building the page');
      await npm(['exec', '--no', '--', 'vite', 'build'], { folder: work, log, signal });
      await cutOff(join(work, 'dist', 'assets'));
      const component = join(work, 'node_modules', '@excalidraw', 'excalidraw');
      const tree = new Tree().file('etc/nginx/conf.d/default.conf', site);
      await tree.copyFolder(join(work, 'dist'), (file) => `${webRoot}/${file}`);
      await tree.copyFolder(join(component, 'dist', 'prod', 'fonts'), (file) => `${webRoot}/fonts/${file}`);
      const { version } = JSON.parse(await readFile(join(component, 'package.json'), 'utf8')) as { version: string };
      return {
        version,
        description: `A page with the @excalidraw/excalidraw ${version} component from npm, in the place of ${repository}:${tag}.`,
        layers: [
          { file: root.file, digest: root.facts.digest, size: root.facts.size },
          await writeLayer(join(folder, 'page.tar'), tree.entries(), signal),
        ],
        defaults: outfit.defaults,
      };
    },
  };
}

// The component names a public server as a second place for each font. A browser would refuse it, loudly, at every start.
async function cutOff(assets: string): Promise<void> {
  for (const name of await readdir(assets)) {
    if (!name.endsWith('.js')) continue;
    const file = join(assets, name);
    const script = await readFile(file, 'utf8');
    if (script.includes(fontServer))
      await writeFile(
        file,
        script.replaceAll(fontServer, () => thisServer),
      );
  }
}

async function contentOf(folder: string): Promise<(string | Uint8Array)[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const own = files.filter((file) => !/\/(node_modules|dist)\//.test(file.slice(folder.length))).sort();
  const parts: (string | Uint8Array)[] = [];
  for (const file of own) parts.push(file.slice(folder.length), await readFile(file));
  return parts;
}

// The page talks to nobody but this server.
const policy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data: blob:",
  "connect-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
].join('; ');

const site = `server {
  listen 80 default_server;
  server_name _;
  root /${webRoot};
  index index.html;
  gzip on;
  gzip_types text/css text/javascript application/javascript application/json image/svg+xml;
  add_header Content-Security-Policy "${policy}";
  add_header X-Content-Type-Options nosniff;
  location / {
    try_files $uri $uri/ /index.html;
  }
  location ~ ^/(assets|fonts)/ {
    try_files $uri =404;
    expires 1y;
  }
}
`;
