// Asks a service again and again until it has what was sent, or until the time for it is over.
import { judgeSearch, refusalOf, type Verdict } from '../../core/telemetry/signal-answer.ts';
import {
  absentReason,
  absentStep,
  hopAfter,
  hopFailed,
  hopNotRun,
  hopOfWay,
  hopOk,
  troubleStep,
  unfinishedReason,
} from '../../core/telemetry/signal-hops.ts';
import { doorAddress, type Place, type SendingPlace } from '../../core/telemetry/signal-places.ts';
import type { SignalHop } from '../../core/telemetry/signal-report.ts';
import type { Search } from '../../core/telemetry/signal-searches.ts';
import type { Clock } from '../runtime-parts.ts';
import type { AskService, SignalRequest } from './signal-request.ts';

export interface SignalLimits {
  // Milliseconds for one hop.
  readonly hop: number;
  // For one that is slow by nature: what Tempo writes to Prometheus now and then.
  readonly slowHop: number;
  // For all together. What is still looked for then has failed, or where nobody wants to wait, was not run.
  readonly whole: number;
  readonly isImpatient: boolean;
}

export interface SeekTools {
  readonly ask: AskService;
  readonly clock: Clock;
  // Milliseconds since the check began, whatever happens to the clock.
  elapsed(): number;
  readonly limits: SignalLimits;
  readonly signal: AbortSignal;
}

export interface Sought<Found> {
  readonly hop: SignalHop;
  // Set where the hop is ok.
  readonly found?: Found;
}

export interface Seeking<Found> {
  readonly name: string;
  readonly place: Place;
  readonly search: Search<Found>;
  // Comes before its path.
  readonly prefix?: string;
  readonly auth?: SignalRequest['auth'];
  readonly isSlow?: boolean;
  // Id of the service that should have brought it there.
  readonly from: string;
}

const requestMilliseconds = 5000;
// A service that was just started anew is asked again for so long.
const patienceMilliseconds = 5000;
const firstPauseMilliseconds = 100;
const longestPauseMilliseconds = 500;

export async function send(name: string, place: SendingPlace, body: unknown, tools: SeekTools): Promise<SignalHop> {
  const told = { name, service: place.service };
  const { way, path } = place;
  if (way.kind !== 'open') return hopOfWay(told, way);
  const { ask, signal } = tools;
  const answer = await ask({
    door: way.door,
    path,
    body: JSON.stringify(body),
    timeoutMilliseconds: requestMilliseconds,
    signal,
  });
  const refusal = refusalOf(answer, doorAddress(way.door));
  if (refusal === undefined) return hopOk(told, tools.elapsed());
  if (answer.kind === 'unreachable' && place.unreachableReason !== undefined) {
    return hopNotRun(told, place.unreachableReason);
  }
  return hopFailed(told, refusal, troubleStep(place.service));
}

// `before`: what has to have come about.
export async function seek<Found>(
  seeking: Seeking<Found>,
  before: SignalHop | undefined,
  tools: SeekTools,
): Promise<Sought<Found>> {
  const { name, place, from } = seeking;
  const told = { name, service: place.service };
  const { way } = place;
  if (way.kind === 'not-run') return { hop: hopOfWay(told, way) };
  if (before !== undefined && before.result !== 'ok') return { hop: hopAfter(told, before) };
  if (way.kind === 'failed') return { hop: hopOfWay(told, way) };
  const { limits } = tools;
  const begunAt = tools.elapsed();
  const endsAt = Math.min(limits.whole, begunAt + (seeking.isSlow === true ? limits.slowHop : limits.hop));
  const last = await poll(seeking, endsAt, tools);
  if (last.kind === 'found') return { hop: hopOk(told, tools.elapsed()), found: last.found };
  if (last.kind !== 'absent') return { hop: hopFailed(told, last.reason, troubleStep(place.service)) };
  const { expected } = seeking.search;
  if (endsAt === limits.whole && limits.isImpatient) {
    return { hop: hopNotRun(told, unfinishedReason(place, expected, inSeconds(limits.whole))) };
  }
  return {
    hop: hopFailed(
      { name, service: from },
      absentReason(place, expected, inSeconds(endsAt - begunAt)),
      absentStep(from),
    ),
  };
}

async function poll<Found>(
  { place, search, prefix = '', auth }: Seeking<Found>,
  endsAt: number,
  tools: SeekTools,
): Promise<Verdict<Found>> {
  const { way } = place;
  if (way.kind !== 'open') return { kind: 'absent' };
  let pause = firstPauseMilliseconds;
  let troubleSince: number | undefined;
  for (;;) {
    // Also where no time is left, it is asked once.
    const timeoutMilliseconds = Math.min(requestMilliseconds, Math.max(1000, endsAt - tools.elapsed()));
    const path = `${prefix}${search.path(tools.clock.now())}`;
    const { ask, signal } = tools;
    const answer = await ask({
      door: way.door,
      path,
      timeoutMilliseconds,
      signal,
      ...(auth === undefined ? {} : { auth }),
    });
    const verdict = judgeSearch(answer, doorAddress(way.door), search.find);
    if (verdict.kind === 'found' || verdict.kind === 'refused') return verdict;
    const now = tools.elapsed();
    troubleSince = verdict.kind === 'trouble' ? (troubleSince ?? now) : undefined;
    const isOverPatience = troubleSince !== undefined && now - troubleSince >= patienceMilliseconds;
    if (isOverPatience || now + pause > endsAt) return verdict;
    await wait(pause, tools);
    pause = Math.min(longestPauseMilliseconds, pause * 1.5);
  }
}

// Rejects with the signal's reason when that is aborted.
export function wait(milliseconds: number, { clock, signal }: SeekTools): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve();
    };
    const cancel = clock.after(milliseconds, end);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}

function inSeconds(milliseconds: number): number {
  return Math.round(milliseconds / 1000);
}
