// Alloy's own judgement of the configuration that it is given, where the image is the real one. What can be said without
// Alloy is in tests/unit/core/alloy.test.ts.
import { homedir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { service as alloy } from '../../electron/core/catalog/services/alloy.ts';
import { defaultSettings, type Settings } from '../../electron/core/settings.ts';
import { connectEngine } from '../../electron/engine/connect.ts';
import { templates } from '../../electron/runtime/templates.ts';
import { askEngine, missingForStack } from '../e2e/engine-api.ts';
import { desiredStack } from '../unit/core/fixtures.ts';
import { missingPrograms } from './support/programs.ts';

const choices: readonly (readonly [string, Partial<Settings>])[] = [
  ['everything', {}],
  ['no logs of containers', { containerLogs: 'off' }],
  ['no Loki', { disabledServices: ['loki'] }],
  ['no store at all', { disabledServices: ['prometheus', 'loki', 'tempo'] }],
];

describe('Alloy', () => {
  for (const [name, change] of choices) {
    test(`takes its configuration with ${name}`, async (context) => {
      const missing = await missingForStack();
      context.skip(missing !== undefined, missing);
      const stub = await missingPrograms(['alloy']);
      context.skip(stub !== undefined, stub);
      expect(await judge(change)).toMatchObject({ exitCode: 0 });
    });
  }
});

async function judge(change: Partial<Settings>) {
  const { check, image } = alloy;
  const { Id: imageId } = (await askEngine('GET', `/images/${image.repository}:${image.tag}/json`)) as { Id: string };
  const stack = desiredStack({
    templates,
    settings: { ...defaultSettings, ...change },
    engineSocket: '/var/run/docker.sock',
  });
  const container = stack.services.find(({ definition }) => definition.id === 'alloy')?.container;
  if (check === undefined || container === undefined) throw new Error('The catalog has no check of Alloy');
  const { engine } = await connectEngine({
    endpoint: 'auto',
    environment: process.env,
    home: homedir(),
    platform: process.platform,
    userId: process.getuid?.() ?? -1,
  });
  try {
    const run = { service: 'alloy', imageId, ...check, files: container.files, seconds: 60 };
    return await engine.runProgram(run, AbortSignal.timeout(120_000));
  } finally {
    engine.close();
  }
}
