// What the running app has sent to the stack, for those who show it. Pure.
import type { Shipping } from './feed-plan.ts';
import type { DropCount } from './telemetry-view.ts';

export interface FeedState {
  readonly figures: {
    // Why none are sent at all, in one sentence.
    readonly hindrance?: string;
    // Milliseconds since 1970.
    readonly lastSentAt?: number;
    // Why the last round was not sent or not whole; gone with the next good one.
    readonly problem?: string;
    // Rounds that were lost since the app was started.
    readonly lostRounds: number;
  };
  readonly logs: {
    readonly shipping: Shipping;
    readonly lastSentAt?: number;
    // What it waits for now; gone with the next lines that were taken.
    readonly problem?: string;
    // Lines since the app was started.
    readonly sent: number;
    readonly tooOld: number;
    readonly refused: number;
    // Loki's words on the lines that it refused last.
    readonly refusal?: string;
  };
}

export function emptyFeed(): FeedState {
  return { figures: { lostRounds: 0 }, logs: { shipping: { by: 'nobody' }, sent: 0, tooOld: 0, refused: 0 } };
}

export function feedDrops({ figures, logs }: FeedState): readonly DropCount[] {
  const refusal = logs.refusal === undefined ? '' : ` (${logs.refusal})`;
  return [
    { what: `log lines that the app sent and Loki refused${refusal}`, count: logs.refused },
    { what: 'log lines older than a day that the app left out', count: logs.tooOld },
    { what: 'rounds of figures that the app could not send', count: figures.lostRounds },
  ].filter(({ count }) => count > 0);
}
