// The ingress: nginx out of the distribution's packages.
import { writeLayer } from './archive/layer.ts';
import { Tree } from './archive/tree.ts';
import { missingForRoot, nginxRoot, rootHash } from './apt/nginx-root.ts';
import { recipeHash } from './cache.ts';
import { outfitOf } from './programs.ts';
import type { Draft, ImageService, Kitchen, Recipe } from './recipe.ts';
import { notThePinned } from './versions.ts';

export function nginxRecipe(service: ImageService, architecture: string): Recipe {
  const { repository, tag } = service.image;
  const outfit = outfitOf(service.id, [80]);
  return {
    how: 'packaged',
    isSlow: false,
    hash: recipeHash(['nginx 1', repository, tag, rootHash(architecture), JSON.stringify(outfit), welcome, site]),
    missing: missingForRoot,
    async make({ cache, signal }: Kitchen, folder: string): Promise<Draft> {
      const root = await nginxRoot(cache, architecture, signal);
      const tree = new Tree()
        .file('usr/share/nginx/html/index.html', welcome)
        .file('etc/nginx/conf.d/default.conf', site);
      const own = await writeLayer(`${folder}/site.tar`, tree.entries(), signal);
      const note = notThePinned(root.facts.version, tag);
      return {
        version: root.facts.version,
        description: `nginx ${root.facts.version} from the packages of ${root.facts.origin}, in the place of ${repository}:${tag}.`,
        ...(note ? { note } : {}),
        layers: [{ file: root.file, digest: root.facts.digest, size: root.facts.size }, own],
        defaults: outfit.defaults,
      };
    },
  };
}

const welcome = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>nginx</title><p>nginx is running and has no site of its own yet.</p></html>
`;

const site = `server {
  listen 80;
  server_name localhost;
  location / {
    root /usr/share/nginx/html;
    index index.html;
  }
}
`;
