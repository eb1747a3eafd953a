// The guard shows that it is there to everybody on this machine, root or not: connecting to this address, at a port
// that follows from what the guard holds, is refused by the guard in a way of its own. Flushed away, it is gone too.
import type { GuardIntent } from './host-request.ts';

export const canaryAddress = '127.86.77.1';

// 1024 to 61023; another guard has another port (nearly always), so an old one is not taken for the new one.
export function canaryPort(guard: GuardIntent): number {
  const text = [guard.subnet, [...guard.ports].sort((a, b) => a - b), guard.interface, [...guard.ranges].sort()].join(
    ' ',
  );
  let sum = 7;
  for (let index = 0; index < text.length; index += 1) sum = (sum * 31 + text.charCodeAt(index)) % 1_000_003;
  return 1024 + (sum % 60_000);
}
