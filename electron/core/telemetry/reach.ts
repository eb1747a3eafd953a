// What stands in the way of telemetry now: of asking Prometheus, and of sending to where applications send. Pure.
import { troubleStep } from './signal-hops.ts';
import { otlpHttpPort } from './otlp-addresses.ts';
import { placeOf, type PlaceFacts, stubReason, type Way } from './signal-places.ts';
import type { Silence } from './telemetry-view.ts';

export interface ReachFacts extends PlaceFacts {
  // The engine is on another machine, and so are the addresses of its services.
  readonly isRemote: boolean;
}

// Whether Prometheus of this very stack can be asked: another may listen at its address.
export function prometheusWay(facts: ReachFacts): Way {
  if (facts.snapshot.engine.kind !== 'connected') return noEngine;
  if (facts.isRemote) return { kind: 'not-run', reason: 'The engine is on another machine, and so is Prometheus.' };
  return placeOf('prometheus', 9090, facts).way;
}

const noEngine: Way = { kind: 'failed', reason: 'No container engine answers.', nextStep: 'macula doctor tells why.' };

// undefined: it has answered.
export function silenceOf(way: Way, hasAnswered: boolean): Silence | undefined {
  switch (way.kind) {
    case 'open':
      return hasAnswered ? undefined : { reason: 'Prometheus does not answer.', nextStep: troubleStep('prometheus') };
    case 'failed':
      return { reason: way.reason, nextStep: way.nextStep };
    case 'not-run':
      return { reason: way.reason };
  }
}

// Why what is sent to the address of applications does not get through, in sentences; undefined where it does. Where
// nobody is meant to listen there is nothing to say.
export function sendingProblem(facts: ReachFacts): string | undefined {
  const { desired, snapshot } = facts;
  const isOn = (id: string): boolean => desired.services.some(({ definition }) => definition.id === id);
  const taker = ['alloy', 'tempo'].find(isOn);
  if (taker === undefined) return undefined;
  if (snapshot.engine.kind !== 'connected') return 'Nothing is known to listen there now: no container engine answers.';
  if (facts.isRemote) return 'These are addresses of the machine that the engine is on.';
  const { title, way } = placeOf(taker, otlpHttpPort, facts);
  if (stubReason(taker, facts) !== undefined) {
    return `Only a stub of ${title} is here: what is sent there is not kept.`;
  }
  const state = snapshot.services.find(({ id }) => id === taker)?.state;
  if (state === 'off') return `Nothing listens there now: macula up ${taker} starts it.`;
  return way.kind === 'failed' ? `${way.reason} ${way.nextStep}` : undefined;
}
