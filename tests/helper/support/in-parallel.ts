import { Sandbox } from './sandbox.ts';

// Each item once, in two worlds at a time.
export async function inParallel<Item>(
  items: readonly Item[],
  work: (item: Item, sandbox: Sandbox) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    const sandbox = await new Sandbox().ready();
    try {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item, sandbox);
    } finally {
      await sandbox.close();
    }
  };
  await Promise.all([worker(), worker()]);
}
