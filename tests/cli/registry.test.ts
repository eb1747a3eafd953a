// An image that cannot be had: why, and what to do. The engine is real but for what it would say of its images.
import { expect, test } from 'vitest';
import { stackContainers } from '../e2e/engine-api.ts';
import { startCountingProxy } from './support/counting-proxy.ts';
import { json, macula } from './support/macula.ts';
import { useStack } from './support/stack.ts';

const needsStack = useStack();

test.for([
  {
    says: "pull access denied for excalidraw/excalidraw, repository does not exist or may require 'docker login'",
    code: 'image-denied',
    words: ['The registry refuses excalidraw/excalidraw:latest', 'docker login'],
  },
  {
    says: 'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host',
    code: 'registry-unreachable',
    words: ['excalidraw/excalidraw:latest could not be downloaded', 'no such host', 'npm run images'],
  },
])('up says $code when no image is here, and status goes on', async ({ says, code, words }, context) => {
  needsStack(context);
  const proxy = await startCountingProxy({
    answers(call) {
      if (/^GET [^?]*\/images\/json/.test(call)) return { status: 200, body: [] };
      return /^POST [^?]*\/images\/create/.test(call) ? { status: 500, body: { message: says } } : undefined;
    },
  });
  try {
    const options = { environment: { DOCKER_HOST: proxy.endpoint } };
    const up = await macula(['up', 'excalidraw'], options);
    expect(up.code).toBe(1);
    for (const word of [...words, 'Next: ']) expect(up.stderr).toContain(word);
    expect(await json(['up', 'excalidraw'], options)).toMatchObject({
      outcome: 'failed',
      failures: expect.arrayContaining([expect.objectContaining({ code, image: 'excalidraw/excalidraw:latest' })]),
    });
    expect((await macula(['status'], options)).code).toBe(0);
    expect(await stackContainers()).toEqual([]);
  } finally {
    await proxy.close();
  }
});
