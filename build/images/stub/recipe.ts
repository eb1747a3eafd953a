// A stand-in for a program that could not be had, standing on nginx.
import { missingForRoot, nginxRoot, rootHash } from '../apt/nginx-root.ts';
import { writeLayer } from '../archive/layer.ts';
import { Tree } from '../archive/tree.ts';
import { recipeHash } from '../cache.ts';
import { addFolders, outfitOf } from '../programs.ts';
import type { Draft, ImageService, Kitchen, Recipe } from '../recipe.ts';
import { stubEntrypoint, stubFolder, stubNginxConf, stubPorts } from './nginx-conf.ts';
import { stubPage } from './page.ts';

export function stubRecipe(service: ImageService, architecture: string, buildable: boolean): Recipe {
  const { title, image } = service;
  const outfit = outfitOf(service.id, stubPorts(service));
  const conf = stubNginxConf(service, outfit.defaults.user);
  const page = stubPage(service, buildable);
  const parts = [
    image.repository,
    image.tag,
    rootHash(architecture),
    conf,
    page,
    ...stubEntrypoint,
    JSON.stringify(outfit),
  ];
  return {
    how: 'stub',
    isSlow: false,
    hash: recipeHash(['stub 1', ...parts]),
    missing: missingForRoot,
    async make({ cache, signal }: Kitchen, folder: string): Promise<Draft> {
      const root = await nginxRoot(cache, architecture, signal);
      const tree = new Tree().file(`${stubFolder}/nginx.conf`, conf).file(`${stubFolder}/html/index.html`, page);
      addFolders(tree, outfit);
      const own = await writeLayer(`${folder}/stub.tar`, tree.entries(), signal);
      return {
        version: 'stub',
        description: `Not ${title}: a stand-in for ${image.repository}:${image.tag} that answers that it is ready and shows a page saying so.`,
        layers: [{ file: root.file, digest: root.facts.digest, size: root.facts.size }, own],
        defaults: { ...outfit.defaults, entrypoint: stubEntrypoint, command: [] },
      };
    },
  };
}
