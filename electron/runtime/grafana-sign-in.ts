// Asks Grafana whether it takes a password, and gives it another one.
// https://grafana.com/docs/grafana/latest/developers/http_api/user/ (Change Password, with basic authentication)
import type { DefaultPassword } from '../core/catalog/service.ts';
import { findContainer } from '../core/conflicts.ts';
import { isHeldByStack, type ServiceDoor, serviceDoor } from '../core/telemetry/doors.ts';
import type { Answer } from '../core/telemetry/signal-answer.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import { askService } from './telemetry/signal-request.ts';
import type { World } from './world.ts';

const service = 'grafana';
const timeoutMilliseconds = 5000;
// Grafana locks the account for five minutes after five refusals within five minutes: whoever was refused is not asked
// again that soon.
const refusalMilliseconds = 5 * 60_000;

export type SignIn = 'accepted' | 'refused' | 'unknown';

export interface GrafanaHere {
  readonly door: ServiceDoor;
  readonly container: string;
  readonly first: DefaultPassword;
}

// undefined: it does not run, is off, or nothing leads there from this machine.
export function grafanaHere(world: World, { catalog, settings }: RuntimeParts): GrafanaHere | undefined {
  const first = catalog.find(({ id }) => id === service)?.lan?.defaultPassword;
  const container = world.observed === undefined ? undefined : findContainer(world.observed, service);
  if (first === undefined || container?.phase !== 'running' || world.isRemote()) return undefined;
  const door = serviceDoor(world.desired(), service, first.port, settings.get().baseDomain);
  if (door === undefined || !isHeldByStack(door, world.observed)) return undefined;
  return { door, container: container.id, first };
}

// Of a process: container and password that were refused -> until when nobody asks again (milliseconds since 1970).
const refusals = new WeakMap<World, Map<string, number>>();

export async function signIn(world: World, parts: RuntimeParts, here: GrafanaHere, password: string): Promise<SignIn> {
  const known = refusals.get(world) ?? new Map<string, number>();
  refusals.set(world, known);
  const key = parts.hash(JSON.stringify([here.container, password]));
  if ((known.get(key) ?? 0) > parts.clock.now()) return 'refused';
  const answer = await ask(here, password, { path: here.first.path });
  const result = signInOf(answer);
  if (result === 'refused') known.set(key, parts.clock.now() + refusalMilliseconds);
  return result;
}

export async function givePassword(here: GrafanaHere, current: string, next: string): Promise<Answer> {
  const body = JSON.stringify({ oldPassword: current, newPassword: next, confirmNew: next });
  return ask(here, current, { path: '/api/user/password', body, method: 'PUT' });
}

export function signInOf(answer: Answer): SignIn {
  if (answer.kind !== 'answer') return 'unknown';
  if (answer.status === 401 || answer.status === 403) return 'refused';
  return answer.status === 200 ? 'accepted' : 'unknown';
}

function ask(
  { door, first }: GrafanaHere,
  password: string,
  request: { readonly path: string; readonly body?: string; readonly method?: 'PUT' },
): Promise<Answer> {
  const signal = new AbortController().signal;
  return askService({ door, auth: { user: first.user, password }, timeoutMilliseconds, signal, ...request });
}
