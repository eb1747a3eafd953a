// How long logs and traces are kept where their cap on the disk is reached before their time is. Prometheus has a cap of
// its own; Loki and Tempo only know a time, so what they use is measured and the time made shorter until it fits. Pure.
import type { ObservedContainer } from '../observed.ts';
import type { Retention } from '../settings.ts';

export type CappedSignal = 'logs' | 'traces';
export const cappedSignals: readonly CappedSignal[] = ['logs', 'traces'];

// Loki deletes nothing younger than a day; Tempo puts an hour into one block.
export const shortestHours: Readonly<Record<CappedSignal, number>> = { logs: 24, traces: 1 };

export interface HoursInForce {
  // Whole hours.
  readonly hours: number;
  // Of the settings at that time.
  readonly most: number;
  // Milliseconds since 1970 of the last change.
  readonly changedAt: number;
  // What was used when the time was made shorter last.
  readonly usedThen?: number;
}

const hoursADay = 24;
const bytesAGigabyte = 1e9;
const hourMilliseconds = 3_600_000;

// What is too old is gone from the disk half an hour later at most (see the templates): before that, what is measured
// says nothing of the last change.
const settleMilliseconds = 45 * 60_000;

// Shorter above the first, to what makes the second; longer below the third. Between them nothing is changed, so that
// what is used may swing a little without the time swinging along.
const shortenAbove = 0.95;
const shortenTo = 0.85;
const lengthenBelow = 0.75;

// usedBytes undefined: not known, so nothing is changed.
export function nextHours(
  signal: CappedSignal,
  policy: Retention,
  usedBytes: number | undefined,
  before: HoursInForce | undefined,
  now: number,
): HoursInForce {
  const most = policy.days * hoursADay;
  const current = before ?? { hours: most, most, changedAt: -Infinity };
  if (current.most !== most) return chosenAnew(current, most, now);
  if (usedBytes === undefined || now - current.changedAt < settleMilliseconds) return current;
  const fill = usedBytes / capBytes(policy);
  if (fill > shortenAbove) return shortened(signal, fill, usedBytes, current, now);
  if (fill < lengthenBelow && current.hours < most) return lengthened(fill, current, now);
  return current;
}

// The user chose another time: what that deletes is waited for like any other change.
function chosenAnew({ hours, most: before }: HoursInForce, most: number, now: number): HoursInForce {
  return { hours: hours < before ? Math.min(hours, most) : most, most, changedAt: now };
}

function shortened(
  signal: CappedSignal,
  fill: number,
  usedBytes: number,
  current: HoursInForce,
  now: number,
): HoursInForce {
  // It did not fall: what is kept does not reach back as far as it may, so nothing was there to delete. A larger step
  // finds its end sooner.
  const isInVain = current.usedThen !== undefined && usedBytes >= current.usedThen;
  const share = (shortenTo / fill) ** (isInVain ? 2 : 1);
  const hours = Math.max(shortestHours[signal], Math.floor(current.hours * share));
  return hours >= current.hours ? current : { ...current, hours, changedAt: now, usedThen: usedBytes };
}

// As fast as time passes: what is kept now is kept on and nothing is deleted, so what is measured stays true of the
// hours in force, and the cap is not run into a second time.
function lengthened(fill: number, current: HoursInForce, now: number): HoursInForce {
  const passed = Math.floor((now - current.changedAt) / hourMilliseconds);
  // Of a few hours one more is much: not where the next look would take it back.
  const fitting = Math.floor((current.hours * shortenTo) / fill);
  const hours = Math.min(current.most, current.hours + passed, fitting);
  if (hours <= current.hours) return current;
  return { hours, most: current.most, changedAt: current.changedAt + passed * hourMilliseconds };
}

// Since when the container that keeps a signal runs: nobody else deletes what is too old.
export interface KeeperRun {
  // Which container since which start; undefined while none runs.
  readonly which: string | undefined;
  // Milliseconds since 1970.
  readonly since: number;
  readonly seenAt: number;
}

// Nobody looked for so long: this machine slept, and with it whoever deletes.
const sleptMilliseconds = 25 * 60_000;

// As it is at a look, after what an earlier look found.
export function keeperRun(
  container: ObservedContainer | undefined,
  before: KeeperRun | undefined,
  now: number,
): KeeperRun {
  const which = container?.phase === 'running' ? `${container.id} ${container.startedAt ?? ''}` : undefined;
  const isSame = before?.which === which && before !== undefined && now - before.seenAt < sleptMilliseconds;
  if (isSame) return { ...before, seenAt: now };
  // What ran before anybody looked is taken from the engine's word; the rest was seen.
  const since = before === undefined ? (container?.startedAt ?? now) : now;
  return { which, since, seenAt: now };
}

// Whether what is measured now says something of the hours in force.
export function hasHadTime({ which, since }: KeeperRun, now: number): boolean {
  return which !== undefined && now - since >= settleMilliseconds;
}

export function capBytes({ gigabytes }: Retention): number {
  return gigabytes * bytesAGigabyte;
}

// undefined while the whole time of the settings is kept.
export function shortenedHours({ hours, most }: Pick<HoursInForce, 'hours' | 'most'>): number | undefined {
  return hours < most ? hours : undefined;
}

// Nothing more can be deleted, and had the time to go.
export function isHopelesslyFull(
  signal: CappedSignal,
  policy: Retention,
  usedBytes: number | undefined,
  { hours, changedAt }: Pick<HoursInForce, 'hours' | 'changedAt'>,
  now: number,
): boolean {
  const isShortest = hours <= shortestHours[signal] && now - changedAt >= settleMilliseconds;
  return isShortest && usedBytes !== undefined && usedBytes > capBytes(policy);
}
