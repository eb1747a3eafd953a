// Plans the download of images that are missing, and nothing else.
import type { DesiredService } from './desired.ts';
import type { Observed } from './observed.ts';
import type { PlanResult } from './reconcile-up.ts';

export function planPull(_services: readonly DesiredService[], _observed: Observed): PlanResult {
  throw new Error('Not built yet');
}
