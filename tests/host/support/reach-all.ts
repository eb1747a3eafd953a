// Who gets through to a port, by every way there is from outside.
import { lanAddress, lanAddress6, linkLocalFromOutside, type Network, wanAddress } from './network.ts';
import type { Reached } from './neighbour.ts';

export interface Ways {
  readonly lan4: Reached;
  readonly lan6: Reached;
  readonly lanLinkLocal: Reached;
  readonly untrusted4: Reached;
  readonly untrustedLinkLocal: Reached;
}

export async function reachAll({ lan, wan }: Network, port: number): Promise<Ways> {
  const [lan4, lan6, lanLinkLocal, untrusted4, untrustedLinkLocal] = await Promise.all([
    lan.reach(lanAddress, port),
    lan.reach(lanAddress6, port),
    lan.reach(linkLocalFromOutside, port),
    wan.reach(wanAddress, port),
    wan.reach(linkLocalFromOutside, port),
  ]);
  return { lan4, lan6, lanLinkLocal, untrusted4, untrustedLinkLocal };
}

export const openToAll: Ways = {
  lan4: 'open',
  lan6: 'open',
  lanLinkLocal: 'open',
  untrusted4: 'open',
  untrustedLinkLocal: 'open',
};
