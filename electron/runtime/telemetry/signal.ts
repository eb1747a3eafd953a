// The signal check on this runtime: what can be asked now, ids by chance, and Grafana's sign-in.
import { randomBytes } from 'node:crypto';
import type { DefaultPassword } from '../../core/catalog/service.ts';
import { findContainer } from '../../core/conflicts.ts';
import { FailureError } from '../../core/failure.ts';
import { isHeldByStack } from '../../core/telemetry/doors.ts';
import { refusalOf } from '../../core/telemetry/signal-answer.ts';
import { closedReason, movedReason, passwordReason, troubleStep } from '../../core/telemetry/signal-hops.ts';
import { doorAddress, type Place, signalPlaces } from '../../core/telemetry/signal-places.ts';
import type { SignalReport } from '../../core/telemetry/signal-report.ts';
import { traceToLogsQuery } from '../../core/telemetry/trace-to-logs.ts';
import type { RuntimeParts } from '../runtime-parts.ts';
import type { World } from '../world.ts';
import { checkSignals } from './signal-check.ts';
import { askService } from './signal-request.ts';
import type { SeekTools, SignalLimits } from './signal-seek.ts';

// Ends within a minute, whatever answers.
export const wholeLimits: SignalLimits = { hop: 30_000, slowHop: 30_000, whole: 55_000, isImpatient: false };
// Somebody waits for the doctor's other checks.
export const doctorLimits: SignalLimits = { hop: 12_000, slowHop: 30_000, whole: 18_000, isImpatient: true };

// Rejects with the signal's reason when that is aborted; throws FailureError where nothing could be sent at all.
export async function runSignalCheck(
  world: World,
  parts: RuntimeParts,
  limits: SignalLimits,
  signal: AbortSignal,
): Promise<SignalReport> {
  signal.throwIfAborted();
  const snapshot = world.store.get();
  if (snapshot.engine.kind === 'unavailable') throw new FailureError(snapshot.engine.failure.failure);
  const obstacle = obstacleTo(world);
  if (obstacle !== undefined) throw new FailureError({ code: 'telemetry-unavailable', detail: obstacle });
  const { clock, catalog } = parts;
  const begun = performance.now();
  const tools: SeekTools = {
    ask: askService,
    clock,
    elapsed: () => performance.now() - begun,
    limits,
    signal,
  };
  const desired = world.desired();
  const places = signalPlaces({ catalog, desired, snapshot });
  const first = catalog.find(({ id }) => id === 'grafana')?.lan?.defaultPassword;
  const password = first === undefined ? undefined : await passwordOf(first, parts);
  const mark = {
    check: randomHex(4),
    traceId: randomHex(16),
    spanIds: [randomHex(8), randomHex(8)] as const,
    at: clock.now(),
    milliseconds: 30,
  };
  const laterSpanIds = [randomHex(8), randomHex(8)] as const;
  const signIn = signInTo(places.grafana, password, { world, hash: parts.hash }, tools);
  const traceToLogs = traceToLogsQuery(desired, mark.traceId);
  return checkSignals({ places, mark, laterSpanIds, tools, traceToLogs, password, signIn });
}

function obstacleTo(world: World): string | undefined {
  const { engine, stack } = world.store.get();
  if (engine.kind === 'connecting') return 'No container engine is connected yet.';
  if (world.isRemote()) return 'The engine is on another machine, and so are the addresses of its services.';
  return stack.state === 'off' ? 'The stack is off: nothing takes a signal.' : undefined;
}

// The kept one in the place of the one that Grafana comes with; undefined: in a keychain that cannot be opened.
async function passwordOf(first: DefaultPassword, { secrets }: RuntimeParts): Promise<DefaultPassword | undefined> {
  const secret = await secrets.read();
  if (secret.kind === 'closed') return undefined;
  return secret.kind === 'known' ? { ...first, password: secret.password } : first;
}

function randomHex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}

// Containers of Grafana that refused. It locks the account for minutes after five refusals, so that it is not asked
// again until it was started anew, or somebody may have put the password back.
const refusals = new WeakMap<World, { readonly container: string; readonly until: number }>();
const refusalMilliseconds = 5 * 60_000;

async function signInTo(
  place: Place,
  password: DefaultPassword | undefined,
  { world, hash }: { readonly world: World; readonly hash: RuntimeParts['hash'] },
  { ask, clock, signal }: SeekTools,
): Promise<Place> {
  const { way } = place;
  if (way.kind !== 'open') return place;
  const refused: Place = { ...place, way: { kind: 'not-run', reason: passwordReason } };
  if (!isHeldByStack(way.door, world.observed)) return { ...refused, way: { kind: 'not-run', reason: movedReason } };
  if (password === undefined) return { ...refused, way: { kind: 'not-run', reason: closedReason } };
  const id = world.observed === undefined ? '' : (findContainer(world.observed, place.service)?.id ?? '');
  // Another password is another question.
  const container = hash(`${id} ${password.password}`);
  const before = refusals.get(world);
  if (before !== undefined && before.container === container && clock.now() < before.until) return refused;
  const answer = await ask({
    door: way.door,
    path: password.path,
    auth: password,
    timeoutMilliseconds: 5000,
    signal,
  });
  const reason = refusalOf(answer, doorAddress(way.door));
  if (reason === undefined) return place;
  if (answer.kind === 'answer' && (answer.status === 401 || answer.status === 403)) {
    refusals.set(world, { container, until: clock.now() + refusalMilliseconds });
    return refused;
  }
  return { ...place, way: { kind: 'failed', reason, nextStep: troubleStep(place.service) } };
}
