// This machine's names and firewall, for real.
import type { HostPort } from '../core/host/host-port.ts';
import { readRecord } from './record.ts';

export function systemHost(): HostPort {
  const later = (): never => {
    throw new Error('Not built yet');
  };
  return {
    observe: later,
    record: readRecord,
    network: later,
    isGuarded: later,
    plan: later,
    apply: later,
    undo: later,
    status: later,
    portOwners: later,
    commandLine: later,
  };
}
