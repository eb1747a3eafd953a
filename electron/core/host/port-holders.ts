// Who holds a port of this machine, from all that know something of it: the engine, the kernel's list of sockets, and
// root, where it was asked. Pure.
import type { DesiredStack } from '../desired.ts';
import type { Listener, Observed } from '../observed.ts';
import { isWildcard } from '../publishes.ts';
import type { PortOwner } from './host-request.ts';
import type { PortHolder } from './host-view.ts';

export interface PortHoldersInput {
  readonly port: number;
  // Of this machine.
  readonly listeners: readonly Listener[];
  // What root saw; empty where it was not asked.
  readonly owners: readonly PortOwner[];
  readonly observed: Observed | undefined;
  readonly desired: DesiredStack;
}

export function portHolders(input: PortHoldersInput): readonly PortHolder[] {
  const { port, observed, desired } = input;
  const atPort = (listener: Listener): boolean => listener.port === port;
  const containers = (observed?.listeners ?? []).filter((each) => atPort(each) && each.containerId !== undefined);
  // The engine's own forwarder listens for a container: that is the container's door.
  const others = input.listeners.filter(
    (each) => atPort(each) && !containers.some(({ address }) => address === each.address),
  );
  const own = desired.services
    .flatMap(({ container }) => container.publishes)
    .filter(({ hostAddress, hostPort }) => hostPort === port && !isWildcard(hostAddress))
    .map(({ hostAddress }) => hostAddress);
  return [...containers, ...others].map((listener) => {
    const { address } = listener;
    const known = listener.containerId === undefined ? ownerWords(listener, input.owners) : listener.owner;
    return {
      address,
      port,
      owner: known ?? listener.owner,
      covers: isWildcard(address) ? [...new Set(own)] : [],
      isPartial: known === undefined,
    };
  });
}

// Undefined where only root could tell. Workers of a server hold its socket too; the first of them opened it.
function ownerWords({ inode, owner }: Listener, owners: readonly PortOwner[]): string | undefined {
  const [first] = owners.filter((each) => each.inode === inode).sort((a, b) => a.process - b.process);
  if (first === undefined) return owner.includes('(process ') ? owner : undefined;
  const unit = first.unit === undefined ? '' : `, ${first.unit}`;
  return `${first.command} (process ${first.process}${unit})`;
}
