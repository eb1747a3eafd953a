// The command behind `npm run images`.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalog } from '../../electron/core/catalog/index.ts';
import { FailureError } from '../../electron/core/failure.ts';
import { failureText } from '../../electron/core/failure-text.ts';
import { connectEngine } from '../../electron/engine/connect.ts';
import { defaultCacheFolder } from './cache.ts';
import { imageEngine } from './engine.ts';
import { makeImages } from './make-images.ts';
import { type Options, parseOptions, usage } from './options.ts';

const write = (line: string) => console.log(line);

async function main(): Promise<number> {
  let options: Options;
  try {
    options = parseOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${words(error)}\n\n${usage}`);
    return 2;
  }
  if (options.help) {
    write(usage);
    return 0;
  }
  const cancel = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => cancel.abort());
  const { engine } = await connectEngine({
    endpoint: 'auto',
    environment: process.env,
    home: homedir(),
    platform: process.platform,
    userId: process.getuid?.(),
    signal: cancel.signal,
  });
  try {
    const outcomes = await makeImages({
      services: catalog,
      ids: options.ids,
      stubs: options.stubs,
      cacheDirectory: defaultCacheFolder(),
      sources: sourcesFolder(),
      engine: imageEngine(engine),
      write,
      words,
      signal: cancel.signal,
    });
    return outcomes.every(({ how }) => how !== 'failed') ? 0 : 1;
  } catch (error) {
    if (!cancel.signal.aborted) throw error;
    console.error('Stopped. What was finished is kept.');
    return 130;
  } finally {
    engine.close();
  }
}

// The go.mod files and the page are read from the checkout, which this file is either in or was bundled from.
function sourcesFolder(): string {
  const own = dirname(fileURLToPath(import.meta.url));
  const found = [own, join(own, '..', 'build', 'images'), join(process.cwd(), 'build', 'images')].find((folder) =>
    existsSync(join(folder, 'go', 'prometheus', 'go.mod')),
  );
  if (!found) throw new Error('Images are made from a checkout of Macula Desktop, and this is none.');
  return found;
}

function words(error: unknown): string {
  if (!(error instanceof FailureError)) return error instanceof Error ? error.message : String(error);
  const { title, detail, nextStep } = failureText(error.failure);
  return [title, detail, nextStep].filter((part) => part !== '').join('\n');
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(words(error));
  process.exitCode = 1;
}
