// Placeholder until the real one lands.
import type { DesiredStack } from '../desired.ts';
import type { Listener, Observed } from '../observed.ts';
import type { PortOwner } from './host-request.ts';
import type { PortHolder } from './host-view.ts';

export interface PortHoldersInput {
  readonly port: number;
  readonly listeners: readonly Listener[];
  readonly owners: readonly PortOwner[];
  readonly observed: Observed | undefined;
  readonly desired: DesiredStack;
}

export function portHolders(_input: PortHoldersInput): readonly PortHolder[] {
  return [];
}
