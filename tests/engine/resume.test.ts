// A pull that is cancelled in the middle, and the next one: what is downloaded a second time.
import { describe, expect, it } from 'vitest';
import { engineKinds, useEngine } from './both-engines.ts';
import { until } from './engine-under-test.ts';

const never = new AbortController().signal;
const silent = (): void => undefined;
const largeBytes = 10_000_000;

describe.each(engineKinds)('%s', (kind) => {
  const real = useEngine(kind, [1_000_000, 1_500_000, 12_000_000]);

  it('goes on after a pull that was cancelled, and downloads nothing of an image that is whole', async (context) => {
    const { engine, registry } = real(context);
    // The large layer takes a minute, the others none.
    registry.slowDown(3000, largeBytes);
    const cancel = new AbortController();
    const pull = engine.pullImage(registry.pin, silent, cancel.signal);
    const ended = pull.then(
      () => 'done',
      (error: unknown) => (error as Error).name,
    );
    await until(
      () => registry.sentBytes(),
      (sent) => sent.size === 4,
    );
    // Unpacking follows the download; nobody tells from outside when it is done.
    await new Promise((resolve) => setTimeout(resolve, 5000));
    cancel.abort();
    expect(await ended).toBe('AbortError');
    registry.slowDown(0);
    const before = registry.sentBytes();

    await engine.pullImage(registry.pin, silent, never);
    const after = registry.sentBytes();
    const largest = Math.max(...after.values());
    const small = [...after].filter(([, bytes]) => bytes < largest);
    expect(small).toHaveLength(3);
    const again = small.map(([digest, bytes]) => bytes - (before.get(digest) ?? 0));
    // Podman keeps the layers that were finished. Docker's older store throws away all of an image that is not whole.
    if (kind === 'Podman') expect(again).toEqual([0, 0, 0]);
    await engine.pullImage(registry.pin, silent, never);
    expect(registry.sentBytes()).toEqual(after);
  }, 120_000);
});
