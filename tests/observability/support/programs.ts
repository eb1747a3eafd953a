// Which programs of the stack are the real ones. A stub takes their place in lifecycle tests only.
import { catalog } from '../../../electron/core/catalog/index.ts';
import { askEngine } from '../../e2e/engine-api.ts';

// Why a test that asks these services must be skipped, or undefined.
export async function missingPrograms(ids: readonly string[]): Promise<string | undefined> {
  const stubs = await stubsAmong(ids);
  if (stubs.length === 0) return undefined;
  return `${stubs.join(', ')}: only a stub is here, which proves nothing. A registry has the real one; npm run images builds Prometheus, Loki and Tempo where Go is`;
}

export async function stubsAmong(ids: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(ids.map(async (id) => ((await isStub(id)) ? id : undefined)));
  return found.filter((id) => id !== undefined);
}

async function isStub(id: string): Promise<boolean> {
  const service = catalog.find((each) => each.id === id);
  if (service === undefined) throw new Error(`There is no service "${id}"`);
  const { repository, tag } = service.image;
  const image = (await askEngine('GET', `/images/${repository}:${tag}/json`)) as {
    readonly Config: { readonly Labels?: Readonly<Record<string, string>> | null };
  };
  return image.Config.Labels?.['io.macula.substitute'] === 'stub';
}
