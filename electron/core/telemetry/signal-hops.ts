// How a hop is told: that it succeeded and when, or what stood in its way. Pure.
import type { Place, Way } from './signal-places.ts';
import type { SignalHop } from './signal-report.ts';

type Told = Pick<SignalHop, 'name' | 'service'>;

export function hopOk(told: Told, milliseconds: number): SignalHop {
  return { ...told, result: 'ok', milliseconds: Math.max(0, Math.round(milliseconds)) };
}

export function hopFailed(told: Told, reason: string, nextStep: string): SignalHop {
  return { ...told, result: 'failed', reason, nextStep };
}

export function hopNotRun(told: Told, reason: string): SignalHop {
  return { ...told, result: 'not-run', reason };
}

export function hopOfWay(told: Told, way: Exclude<Way, { kind: 'open' }>): SignalHop {
  return way.kind === 'failed' ? hopFailed(told, way.reason, way.nextStep) : hopNotRun(told, way.reason);
}

// What comes after a hop that did not succeed is not tried: it would fail for the same reason.
export function hopAfter(told: Told, before: SignalHop): SignalHop {
  const reason = before.result === 'not-run' ? before.reason : undefined;
  return hopNotRun(told, reason ?? `Not tried, since this did not succeed: ${before.name}.`);
}

export function absentReason(place: Place, expected: string, seconds: number): string {
  return `${place.title} answers, but within ${seconds} s it did not have ${expected}.`;
}

export function unfinishedReason(place: Place, expected: string, seconds: number): string {
  return `${place.title} did not have ${expected} yet when the ${seconds} s of this check were over. macula signal waits longer.`;
}

// `from`: who should have brought it there.
export function absentStep(from: string): string {
  return `macula logs ${from} --tail 50 tells whether it could take it and pass it on.`;
}

export function troubleStep(service: string): string {
  return `macula doctor tells whether ${service} can be reached; macula logs ${service} --tail 50 says more.`;
}

export const closedReason =
  "Grafana's password is in the desktop's keychain, which cannot be opened from here: the app asks with it.";
export const movedReason = 'Nothing of the stack listens at that port: it moves there with the next Start.';
export const passwordReason =
  'Grafana does not take the password that is known here: it was changed. Explore in Grafana shows the same once you signed in.';
