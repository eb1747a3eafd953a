// A Grafana whose volume is new has its first password again: it gets the kept one. Looked at once for each container,
// also across processes, so that it never goes round in a circle.
import { knownPassword } from './grafana-password.ts';
import { givePassword, grafanaHere, signIn, signInOf } from './grafana-sign-in.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import type { World } from './world.ts';

// Returns whether nothing is left to be done for the container that runs now.
export async function keepPassword(world: World, parts: RuntimeParts): Promise<boolean> {
  const { secrets } = parts;
  const here = grafanaHere(world, parts);
  if (here === undefined || secrets.kept() === 'nowhere' || secrets.settledIn() === here.container) return true;
  const kept = await knownPassword(parts, here);
  if (kept === undefined || kept === here.first.password) return true;
  const isTaken = await signIn(world, parts, here, kept);
  if (isTaken === 'unknown') return false;
  if (isTaken === 'accepted') {
    secrets.settle(here.container);
    return true;
  }
  // Only where the first one is taken was it made anew: else its user changed it, and knows why.
  const first = await signIn(world, parts, here, here.first.password);
  if (first === 'unknown') return false;
  if (first === 'refused') {
    // Noted as well: each look is refused twice, and a few starts in a row would lock the account for its user.
    secrets.settle(here.container);
    return true;
  }
  const isGiven = signInOf(await givePassword(here, here.first.password, kept)) === 'accepted';
  parts.log(isGiven ? 'Grafana is new: it has the kept password again' : 'Grafana did not take the kept password');
  if (isGiven) secrets.settle(here.container);
  return true;
}
