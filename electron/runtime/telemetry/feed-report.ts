// Keeps what was sent and what was lost, for those who show it; the app's log gets each problem once.
import type { Shipping } from '../../core/telemetry/feed-plan.ts';
import { emptyFeed, type FeedState } from '../../core/telemetry/feed-state.ts';
import type { Clock } from '../runtime-parts.ts';
import type { ShipperReport } from './log-shipper.ts';

export interface FeedReport extends ShipperReport {
  decided(shipping: Shipping, hindrance: string | undefined): void;
  figuresSent(at: number): void;
  figuresFailed(problem: string, isLost: boolean): void;
}

export function createFeedReport(
  clock: Clock,
  log: (line: string) => void,
  show: (state: FeedState) => void,
): FeedReport {
  let { figures, logs } = emptyFeed();
  // What the log was told since it last went well.
  const told = { figures: false, logs: false, refusal: false };

  function tell(what: keyof typeof told, line: string): void {
    if (!told[what]) log(line);
    told[what] = true;
  }

  return {
    decided(shipping, hindrance) {
      const { hindrance: _before, ...others } = figures;
      figures = hindrance === undefined ? others : { ...others, hindrance };
      logs = { ...logs, shipping };
      show({ figures, logs });
    },
    figuresSent(at) {
      const { problem: _before, ...others } = figures;
      figures = { ...others, lastSentAt: at };
      told.figures = false;
      show({ figures, logs });
    },
    figuresFailed(problem, isLost) {
      figures = { ...figures, problem, lostRounds: figures.lostRounds + (isLost ? 1 : 0) };
      tell('figures', `Figures could not be sent to Prometheus: ${problem}`);
      show({ figures, logs });
    },
    sent(lines) {
      const { problem: _before, ...others } = logs;
      logs = { ...others, sent: logs.sent + lines, lastSentAt: clock.now() };
      told.logs = false;
      show({ figures, logs });
    },
    tooOld(lines) {
      logs = { ...logs, tooOld: logs.tooOld + lines };
      show({ figures, logs });
    },
    refused(lines, words) {
      logs = { ...logs, refused: logs.refused + lines, refusal: words };
      tell('refusal', `Loki refused ${lines} log lines: ${words}`);
      show({ figures, logs });
    },
    waiting(problem) {
      logs = { ...logs, problem };
      tell('logs', `Logs could not be sent to Loki: ${problem}`);
      show({ figures, logs });
    },
  };
}
