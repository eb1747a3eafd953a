// The behaviour of an engine port: one suite, run on the fake, on a real Docker engine and on Podman's service.
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type EngineUnderTest, TestRun, type Unavailable } from './engine-under-test.ts';
import { containerCases } from './suite-containers.ts';
import { imageCases } from './suite-images.ts';
import { lossCases } from './suite-loss.ts';
import { portCases } from './suite-ports.ts';
import { programCases } from './suite-programs.ts';
import { pullCases } from './suite-pulls.ts';
import { resourceCases } from './suite-resources.ts';
import { streamCases } from './suite-streams.ts';
import { telemetryCases } from './suite-telemetry.ts';

export interface EngineCase {
  readonly obligation: string;
  // What no engine in memory can show: programs, networks and registries that are real.
  readonly realOnly?: true;
  readonly verify: (run: TestRun) => Promise<void>;
}

const timeout = 60_000;

export function describeEngine(
  name: string,
  kind: 'fake' | 'real',
  setUp: () => Promise<EngineUnderTest | Unavailable>,
): void {
  describe(name, () => {
    let run: TestRun | undefined;
    let missing = '';

    beforeAll(async () => {
      const under = await setUp();
      if ('unavailable' in under) missing = under.unavailable;
      else run = new TestRun(under);
    }, timeout);

    afterAll(() => run?.cleanUp(), timeout);

    // In this order: the image and the network come first, and the engine is taken away last.
    const cases = [
      ...imageCases,
      ...pullCases,
      ...resourceCases,
      ...containerCases,
      ...portCases,
      ...streamCases,
      ...programCases,
      ...telemetryCases,
      ...lossCases,
    ];
    for (const { obligation, realOnly, verify } of cases) {
      if (realOnly && kind === 'fake') continue;
      test(obligation, { timeout }, async (context) => {
        if (run === undefined) context.skip(missing);
        else await verify(run);
      });
    }
  });
}
