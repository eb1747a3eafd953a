// Which recipes there are for a service: the real one first, a stub at the end.
import { goPrograms, goRecipe } from './go-program.ts';
import { nginxRecipe } from './nginx.ts';
import { excalidrawRecipe } from './excalidraw.ts';
import type { ImageService, Recipe } from './recipe.ts';
import { stubRecipe } from './stub/recipe.ts';

export interface Recipes {
  readonly real?: Recipe;
  readonly stub?: Recipe;
}

export async function recipesFor(service: ImageService, sources: string, architecture: string): Promise<Recipes> {
  // nginx itself is what stubs are made of.
  if (service.id === 'ingress') return { real: nginxRecipe(service, architecture) };
  const real = await realRecipe(service, sources, architecture);
  const stub = stubRecipe(service, architecture, real !== undefined);
  return real ? { real, stub } : { stub };
}

async function realRecipe(service: ImageService, sources: string, architecture: string): Promise<Recipe | undefined> {
  if (service.id === 'excalidraw') return excalidrawRecipe(service, sources, architecture);
  const program = goPrograms[service.id];
  return program ? goRecipe(service, program, sources, architecture) : undefined;
}
