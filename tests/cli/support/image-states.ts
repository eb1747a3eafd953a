// The states that the images of an engine are in, each once.
import { json } from './macula.ts';

export async function imageStates(environment: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { images } = (await json(['images'], { environment })) as {
    readonly images: readonly { readonly state: string }[];
  };
  return [...new Set(images.map(({ state }) => state))].toSorted();
}
