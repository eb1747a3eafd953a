// Where the signal check sends and asks, and of which place nothing can be said. Pure.
import type { ServiceDefinition } from '../catalog/service.ts';
import type { DesiredStack } from '../desired.ts';
import type { Signal } from '../settings.ts';
import type { Snapshot } from '../snapshot.ts';
import { type ServiceDoor, serviceDoor } from './doors.ts';
import type { SignalHop } from './signal-report.ts';

export type Way =
  | { readonly kind: 'open'; readonly door: ServiceDoor }
  | { readonly kind: 'not-run'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly nextStep: string };

export interface Place {
  // Its id.
  readonly service: string;
  readonly title: string;
  readonly way: Way;
}

export interface SendingPlace extends Place {
  // Below the origin of the door.
  readonly path: string;
  // Why nothing is known where nobody answers there; otherwise that is a failure.
  readonly unreachableReason?: string;
}

export interface SignalPlaces {
  readonly sending: Readonly<Record<Signal, SendingPlace>>;
  // Set where signals should go through the collector and do not.
  readonly collector?: SignalHop;
  readonly prometheus: Place;
  readonly loki: Place;
  readonly tempo: Place;
  readonly grafana: Place;
}

export interface PlaceFacts {
  readonly catalog: readonly ServiceDefinition[];
  readonly desired: DesiredStack;
  readonly snapshot: Snapshot;
}

const otlpPort = 4318;

export function signalPlaces(facts: PlaceFacts): SignalPlaces {
  const prometheus = placeOf('prometheus', 9090, facts);
  const loki = placeOf('loki', 3100, facts);
  const tempo = placeOf('tempo', 3200, facts);
  const stores = { prometheus, loki, tempo, grafana: placeOf('grafana', 3000, facts) };
  const alloy = placeOf('alloy', otlpPort, facts);
  const isOn = facts.desired.services.some(({ definition }) => definition.id === 'alloy');
  if (isOn && alloy.way.kind !== 'not-run') {
    const sending = (path: string): SendingPlace => ({ ...alloy, path });
    return {
      ...stores,
      sending: { metrics: sending('/v1/metrics'), logs: sending('/v1/logs'), traces: sending('/v1/traces') },
    };
  }
  const isStub = isOn && stubReason('alloy', facts) !== undefined;
  const traces = isStub ? onNetwork(tempo, facts) : { ...tempo, way: wayTo('tempo', otlpPort, facts) };
  const reason = alloy.way.kind === 'not-run' ? `${alloy.way.reason} The signals are sent past it.` : '';
  return {
    ...stores,
    sending: {
      metrics: { ...prometheus, path: '/api/v1/otlp/v1/metrics' },
      logs: { ...loki, path: '/otlp/v1/logs' },
      traces: { ...traces, path: '/v1/traces' },
    },
    ...(isOn
      ? { collector: { name: `sent through ${alloy.title}`, service: 'alloy', result: 'not-run' as const, reason } }
      : {}),
  };
}

export function placeOf(service: string, port: number, facts: PlaceFacts): Place {
  return { service, title: titleOf(service, facts), way: wayTo(service, port, facts) };
}

function titleOf(service: string, { catalog }: PlaceFacts): string {
  return catalog.find(({ id }) => id === service)?.title ?? service;
}

function wayTo(service: string, port: number, facts: PlaceFacts): Way {
  const { desired, snapshot } = facts;
  const title = titleOf(service, facts);
  if (!desired.services.some(({ definition }) => definition.id === service)) {
    return { kind: 'not-run', reason: `${title} is switched off in Settings.` };
  }
  const stub = stubReason(service, facts);
  if (stub !== undefined) return { kind: 'not-run', reason: stub };
  const shown = snapshot.services.find(({ id }) => id === service);
  if (shown?.state === 'off') {
    return { kind: 'failed', reason: `${title} does not run.`, nextStep: `macula up ${service} starts it.` };
  }
  if (shown?.state !== 'ready') {
    const why = shown === undefined || shown.reason === '' ? '' : `: ${shown.reason}`;
    const nextStep = `macula logs ${service} --tail 50 says more; macula up ${service} waits until it is ready.`;
    return { kind: 'failed', reason: `${title} is not ready${why}.`, nextStep };
  }
  const door = serviceDoor(desired, service, port, snapshot.baseDomain);
  if (door !== undefined) return { kind: 'open', door };
  return { kind: 'not-run', reason: `Nothing leads to port ${port} of ${title} from this machine.` };
}

export function stubReason(service: string, facts: PlaceFacts): string | undefined {
  const shown = facts.snapshot.services.find(({ id }) => id === service);
  if (shown?.image.substitute !== 'stub') return undefined;
  return `The image of ${titleOf(service, facts)} is a stub.`;
}

// While a stub has the published address, Tempo takes traces on the stack's own network only. An engine on this very
// machine leads there, one in a machine of its own does not.
function onNetwork(tempo: Place, { desired }: PlaceFacts): Omit<SendingPlace, 'path'> {
  const found = desired.services.find(({ definition }) => definition.id === 'tempo');
  if (found === undefined || tempo.way.kind !== 'open') return tempo;
  const origin = `http://${found.container.address}:${otlpPort}`;
  return {
    ...tempo,
    way: { kind: 'open', door: { origin } },
    unreachableReason: `A stub stands where traces are taken, and Tempo's own address ${origin} cannot be reached from here.`,
  };
}

// As a person would write it.
export function doorAddress({ origin, host }: ServiceDoor): string {
  return host === undefined ? origin : origin.replace(/\/\/[^/]*(?=:\d+$)/, `//${host}`);
}
