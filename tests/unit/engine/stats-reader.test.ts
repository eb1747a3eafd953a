import { Readable } from 'node:stream';
import { describe, expect, it, test } from 'vitest';
import type { EngineDescription } from '../../../electron/core/observed.ts';
import { createStatsReader } from '../../../electron/engine/stats.ts';

type Docker = Parameters<typeof createStatsReader>[0];
const signal = new AbortController().signal;
const stats = {
  read: '2026-11-24T12:00:00Z',
  memory_stats: { usage: 10, limit: 1000 },
  networks: { eth0: { rx_bytes: 7, tx_bytes: 3 } },
};

// Answers in place of an engine: a text, or a status that is a refusal.
function engineThat(answers: (path: string) => string | number) {
  const asked: string[] = [];
  const dial = (request: { path: string }, done: (error: unknown, answer?: unknown) => void) => {
    asked.push(request.path);
    const answer = answers(request.path);
    if (typeof answer === 'number') done(Object.assign(new Error('refused'), { statusCode: answer }));
    else done(null, Readable.from([Buffer.from(answer)]));
  };
  return { docker: { modem: { dial } } as unknown as Docker, asked };
}

function reader(answers: (path: string) => string | number, product = 'Docker Engine', version = '28.5.1') {
  const { docker, asked } = engineThat(answers);
  const { read } = createStatsReader(docker, { product, version } as EngineDescription);
  return { read: () => read('c1', signal), asked };
}

const info = JSON.stringify({ MemTotal: 1000 });

describe('the figures of a container', () => {
  it('asks for the memory of the machine once', async () => {
    const { read, asked } = reader((path) => (path.startsWith('/info') ? info : JSON.stringify(stats)));
    expect(await read()).toMatchObject({ memoryBytes: 10, memoryLimitBytes: 0 });
    await read();
    expect(asked).toEqual(['/containers/c1/stats?', '/info?', '/containers/c1/stats?']);
  });

  it('takes the limit as it is where that is kept from us', async () => {
    const { read } = reader((path) => (path.startsWith('/info') ? 403 : JSON.stringify(stats)));
    expect(await read()).toMatchObject({ memoryLimitBytes: 1000 });
  });

  it.each([
    ['it is gone', 404],
    ['it does not run', 409],
    ['it does not run, as Podman 4 says it', ''],
    ['it does not run, as Docker says it', JSON.stringify({ read: '0001-01-01T00:00:00Z' })],
  ])('are none when %s', async (_name, answer) => {
    expect(await reader(() => answer).read()).toBeUndefined();
  });

  it('fail with the engine', async () => {
    await expect(reader(() => 500).read()).rejects.toThrow('refused');
  });
});

test.each([
  ['Docker Engine', '4.3.1', { networkReceivedBytes: 7, networkSentBytes: 3 }],
  ['Podman Engine', '4.4.0', { networkReceivedBytes: 7, networkSentBytes: 3 }],
  ['Podman Engine', '4.3.1', { networkReceivedBytes: 3, networkSentBytes: 7 }],
])('what was received and what was sent, by %s %s', async (product, version, expected) => {
  const { read } = reader((path) => (path.startsWith('/info') ? info : JSON.stringify(stats)), product, version);
  expect(await read()).toMatchObject(expected);
});
