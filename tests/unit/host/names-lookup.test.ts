import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { canaryAddress, canaryPort } from '../../../electron/core/host/canary.ts';
import { isGuarded } from '../../../electron/host/guard-check.ts';
import { lookUpNames } from '../../../electron/host/names-lookup.ts';

it('names through the system, each with its time', async () => {
  const names = [
    { host: 'localhost', address: '127.0.0.1' },
    { host: 'nothing.of.that.name.invalid', address: '127.0.0.2' },
  ];
  const [known, unknown] = await lookUpNames(names);
  expect(known).toEqual({
    host: 'localhost',
    wanted: '127.0.0.1',
    found: expect.arrayContaining([expect.stringMatching(/^127\.0\.0\.1$|^::1$/)]),
    milliseconds: expect.any(Number),
  });
  expect(unknown).toMatchObject({ host: 'nothing.of.that.name.invalid', wanted: '127.0.0.2', found: [] });
});

it('who does not answer in time has not answered', async () => {
  const begun = performance.now();
  const [lookup] = await lookUpNames([{ host: 'nothing.of.that.name.invalid', address: '127.0.0.2' }], 0);
  expect(lookup?.found).toEqual([]);
  expect(performance.now() - begun).toBeLessThan(1000);
});

const guard = { subnet: '172.23.0.0/16', ports: [3000], interface: 'eth0', ranges: ['192.168.77.0/24'] };

it.runIf(process.platform === 'linux')('without a guard nobody refuses, listener or not', async () => {
  expect(await isGuarded(guard)).toBe(false);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(canaryPort(guard), canaryAddress, resolve));
  try {
    expect(await isGuarded(guard)).toBe(false);
  } finally {
    server.close();
  }
});
