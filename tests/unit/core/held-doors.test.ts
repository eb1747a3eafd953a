// Tempo and Alloy take turns on one address: whoever is to have it waits until the other has given it up.
import { describe, expect, it } from 'vitest';
import type { DesiredStack } from '../../../electron/core/desired.ts';
import type { Observed } from '../../../electron/core/observed.ts';
import type { PlannedOperation } from '../../../electron/core/plan.ts';
import { planUp } from '../../../electron/core/reconcile-up.ts';
import { defaultSettings } from '../../../electron/core/settings.ts';
import { allRunning, desiredStack, withContainer } from './fixtures.ts';

const withoutAlloy = desiredStack({ settings: { ...defaultSettings, disabledServices: ['alloy'] } });
const withAlloy = desiredStack();

// What the engine says of the ports of what runs.
function listening(stack: DesiredStack): Observed {
  const observed = allRunning(stack);
  const listeners = stack.services.flatMap(({ container }) => {
    const found = observed.containers.find(({ name }) => name === container.name);
    return container.publishes.map(({ hostAddress, hostPort }) => ({
      address: hostAddress,
      port: hostPort,
      owner: `container "${container.name}"`,
      ...(found === undefined ? {} : { containerId: found.id }),
    }));
  });
  return { ...observed, listeners };
}

function planned(desired: DesiredStack, observed: Observed, ids: readonly string[] = []): readonly PlannedOperation[] {
  const chosen = desired.services.filter(({ definition }) => ids.length === 0 || ids.includes(definition.id));
  const result = planUp(desired, observed, { chosen, wholeStack: ids.length === 0 });
  if (!result.ok) throw new Error(JSON.stringify(result.failures));
  return result.plan.operations;
}

// Everything that has to be done before it, directly or not.
function before(operations: readonly PlannedOperation[], id: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (one: string): void => {
    for (const wait of operations.find((each) => each.id === one)?.after ?? []) {
      if (found.has(wait)) continue;
      found.add(wait);
      visit(wait);
    }
  };
  visit(id);
  return found;
}

describe('a port that changes hands', () => {
  it.each([[[]], [['alloy']]])('Alloy starts only when Tempo has let go (up %j)', (ids) => {
    const operations = planned(withAlloy, listening(withoutAlloy), ids);
    expect(before(operations, 'start-container alloy')).toContain('remove-container tempo');
    expect(before(operations, 'start-container tempo')).not.toContain('start-container alloy');
  });

  it.each([[[]], [['tempo']]])('Tempo starts only when Alloy has gone (up %j)', (ids) => {
    const operations = planned(withoutAlloy, listening(withAlloy), ids);
    expect(before(operations, 'start-container tempo')).toContain('remove-container alloy');
  });

  it('touches nothing where nothing changes hands', () => {
    expect(planned(withAlloy, listening(withAlloy))).toEqual([]);
    expect(planned(withoutAlloy, listening(withoutAlloy), ['tempo'])).toEqual([]);
  });
});

describe('networks of others', () => {
  const joined = { networks: ['macula-infra', 'shop_default'] };

  it('do not matter while the container runs', () => {
    expect(planned(withAlloy, withContainer(listening(withAlloy), 'prometheus', joined))).toEqual([]);
  });

  it('have a stopped one made anew: one that is gone would keep it from starting', () => {
    const stopped = { ...joined, phase: 'exited' as const, exitCode: 0 };
    const ids = planned(withAlloy, withContainer(listening(withAlloy), 'prometheus', stopped)).map(({ id }) => id);
    expect(ids).toContain('create-container prometheus');
  });
});
