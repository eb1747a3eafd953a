import type { Page } from '../../electron/contract/contract.ts';

// In the order of the tabs and of their shortcuts. Written out here: the contract's list would bring its schemas along.
const order: Readonly<Record<Page, number>> = {
  services: 0,
  logs: 1,
  figures: 2,
  timeline: 3,
  images: 4,
  telemetry: 5,
  host: 6,
  settings: 7,
};

export const pageNames = (Object.keys(order) as Page[]).sort((a, b) => order[a] - order[b]);
