import { expect, test } from 'vitest';
import { tidySeldom } from '../../../electron/shell/seldom-tidying.ts';

test.each([
  ['', 'PartitionAllocMemoryReclaimer:interval/60s'],
  ['Another,More', 'Another,More,PartitionAllocMemoryReclaimer:interval/60s'],
])('what the starter enables (%j) stays enabled', (given, expected) => {
  const switches = new Map([['enable-features', given]]);
  tidySeldom({
    commandLine: {
      ...{ hasSwitch: (key: string) => switches.has(key), removeSwitch: (key: string) => void switches.delete(key) },
      getSwitchValue: (key) => switches.get(key) ?? '',
      appendSwitch: (key, value) => void switches.set(key, value ?? ''),
      appendArgument: () => undefined,
    },
  });
  expect(switches.get('enable-features')).toBe(expected);
});
