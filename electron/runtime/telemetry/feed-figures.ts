// What each container uses, which services are ready and how much the volumes hold: every fifteen seconds, or thirty
// while no window can be seen. Nothing is done while there is nobody to send it to.
import type { EnginePort } from '../../core/engine-port.ts';
import { endedPoints, metricsBody, type Point, points } from '../../core/telemetry/container-metrics.ts';
import type { FeedSource } from '../../core/telemetry/feed-sources.ts';
import type { PushAnswer } from '../../core/telemetry/log-push.ts';
import type { Clock } from '../runtime-parts.ts';
import { patientStatsOf, statsOf } from './stats-round.ts';
import { createVolumeWatch } from './stats-volumes.ts';

export interface FigureParts {
  readonly clock: Clock;
  // undefined while nothing can be sent: no engine, or Prometheus is not ready.
  engine(): EnginePort | undefined;
  sources(): readonly FeedSource[];
  services(): readonly { readonly service: string; readonly isReady: boolean }[];
  // Volume name -> service.
  volumes(): Readonly<Record<string, string>>;
  // Volume name -> bytes; those that cannot be told are left out.
  measure(): Promise<Readonly<Record<string, number>>>;
  // A command is under way: whatever can wait leaves the engine to it.
  isBusy(): boolean;
  // Somebody looks at the app: nothing is put off.
  isSeen(): boolean;
  // isPatient: the answer can wait.
  push(body: string, signal: AbortSignal, isPatient: boolean): Promise<PushAnswer>;
  sent(at: number): void;
  // isLost: nothing of this round arrived.
  failed(problem: string, isLost: boolean): void;
}

export interface FigureFeed {
  // Something changed: it may be able to send now, or is to send more often.
  hurry(): void;
  stop(): void;
}

const everyMilliseconds = 15_000;
// The dashboards' rates of these figures reckon with it: "interval" in their queries.
const unseenMilliseconds = 30_000;

export function createFigureFeed(parts: FigureParts): FigureFeed {
  const { clock } = parts;
  const ended = new AbortController();
  const volumes = createVolumeWatch(parts);
  let timer: { readonly dueAt: number; readonly cancel: () => void } | undefined;
  let isRunning = false;
  let lastAt = -Infinity;
  let before: readonly Point[] = [];

  // Nothing runs, and of what ran the end was told.
  const isIdle = (): boolean => before.length === 0 && !parts.sources().some((source) => source.isRunning);

  function hurry(): void {
    if (isRunning || ended.signal.aborted) return;
    const dueAt = Math.max(clock.now(), lastAt + (parts.isSeen() ? everyMilliseconds : unseenMilliseconds));
    // Never put off.
    if ((timer !== undefined && timer.dueAt <= dueAt) || parts.engine() === undefined || isIdle()) return;
    timer?.cancel();
    const cancel = clock.after(dueAt - clock.now(), () => {
      timer = undefined;
      const engine = parts.engine();
      if (engine === undefined) return;
      isRunning = true;
      lastAt = clock.now();
      void round(engine)
        .catch((error: unknown) => parts.failed(String(error), true))
        .finally(() => {
          isRunning = false;
          hurry();
        });
    });
    timer = { dueAt, cancel };
  }

  async function round(engine: EnginePort): Promise<void> {
    volumes.look();
    const running = parts.sources().filter((source) => source.isRunning);
    const isPatient = !parts.isSeen();
    const { figures, missing } = await (isPatient ? patientStatsOf : statsOf)(engine, running, clock);
    if (ended.signal.aborted || parts.engine() !== engine) return;
    // By the engine's clock, which is the one that Prometheus goes by: an engine in a machine of its own may differ.
    const at = Math.max(...figures.map(({ stats }) => stats.at));
    const now = points({ containers: figures, services: parts.services(), volumes: volumes.sizes() });
    const isMissing = ({ labels }: Point): boolean => missing.includes(labels['container.name'] ?? '');
    const gone = endedPoints(before, now).filter((point) => !isMissing(point));
    const body = metricsBody(Number.isFinite(at) ? at : clock.now(), now, gone);
    const { status, text } = await parts.push(body, ended.signal, isPatient);
    if (ended.signal.aborted) return;
    if (status < 200 || status > 299) {
      return parts.failed(text.trim().slice(0, 300) || `Prometheus answers with status ${status}`, true);
    }
    before = now;
    parts.sent(clock.now());
    if (missing.length > 0) parts.failed(`The engine did not tell the figures of ${missing.join(', ')}`, false);
  }

  return {
    hurry,
    stop() {
      ended.abort();
      timer?.cancel();
      timer = undefined;
    },
  };
}
