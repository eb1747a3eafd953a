import { afterAll, beforeAll, type TestContext } from 'vitest';
import { bootMachine, type Machine, missingForMachine } from './machine.ts';
import { createNetwork, type Network } from './network.ts';

export interface Setting {
  readonly machine: Machine;
  readonly network: Network;
}

// Call once at the top of a file or of a group; what it returns gives a test the machine that they share, or skips the
// test where there can be none.
export function useMachine(
  prepare: (setting: Setting) => Promise<void> = async () => undefined,
  resolver: 'link' | 'plain' = 'link',
): (context: TestContext) => Setting {
  const missing = missingForMachine();
  let setting: Setting | undefined;
  let machine: Machine | undefined;
  beforeAll(async () => {
    if (missing !== undefined) return;
    machine = await bootMachine();
    setting = { machine, network: await createNetwork(machine, resolver) };
    await prepare(setting);
  });
  afterAll(() => machine?.stop());
  return (context) => {
    context.skip(missing !== undefined, missing);
    if (setting === undefined) throw new Error('The machine did not start');
    return setting;
  };
}
