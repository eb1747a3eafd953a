// This machine's names and firewall, as the rest of the app knows them. Implemented by electron/host.
import type { HostFacts, LanNetwork } from './host-facts.ts';
import type { Applied, HostIntent, HostName, HostPlan, HostState, PortOwner } from './host-request.ts';

// Every method throws FailureError for what is expected to go wrong (codes that begin with 'host-').
export interface HostPort {
  observe(names: readonly HostName[]): Promise<HostFacts>;
  // What the root program's record says: one file is read, no program runs.
  record(): Promise<HostState>;
  // The LAN that this machine is on now; without one, why. A few files are read.
  network(): Promise<{ readonly lan?: LanNetwork; readonly problem?: string }>;
  // Whether the guard is in force: a few milliseconds, no root.
  isGuarded(guard: NonNullable<HostIntent['guard']>): Promise<boolean>;
  plan(intent: HostIntent): Promise<HostPlan>;
  // Asks for a password where that is needed; a prompt that is dismissed is 'host-dismissed'.
  apply(intent: HostIntent, hash: string): Promise<Applied>;
  // Everything back, whatever it is now.
  undo(hash?: string): Promise<Applied>;
  // As root, with what the guard counted.
  status(): Promise<HostState>;
  portOwners(ports: readonly number[]): Promise<readonly PortOwner[]>;
  // The line that does the same in a terminal.
  commandLine(intent: HostIntent, hash: string): Promise<string>;
}
