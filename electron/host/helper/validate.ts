// What may be asked. Written apart from the app's own schema, and trusting nothing of it: what is not known to be good
// is refused.
import { isIPv4, isIPv6 } from 'node:net';
import { type HostRequest, leastLanPort, mostLanPorts, namesMethods } from '../protocol.ts';
import { Refused } from './refused.ts';

type Check = (value: unknown) => boolean;
type Checks = Readonly<Record<string, Check>>;

// A name below a domain that belongs to nobody: one of the real Internet is never taken over.
const host =
  /^(?=.{5,200}$)[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+\.(local|test|internal|lan|home\.arpa)$/;
// Not Docker's resolver (.11), nor systemd-resolved (.53, .54), nor the first and the last few.
const loopback = /^127\.0\.0\.(?!(1|11|53|54)$)([1-9]\d?|1\d\d|2[0-4]\d)$/;
const networkInterface = /^(?!lo$|docker|macula|br-|veth)[a-zA-Z0-9][a-zA-Z0-9._-]{0,14}$/;
const weekMilliseconds = 7 * 24 * 3600 * 1000;
const isMac = process.platform === 'darwin';

const text =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const either =
  (...checks: Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));
const oneOf =
  (values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);

function whole(least: number, most: number): Check {
  return (value) => Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
}

function list(most: number, check: Check): Check {
  return (value) =>
    Array.isArray(value) && value.length > 0 && value.length <= most && value.every(check) && areDifferent(value);
}

function areDifferent(values: readonly unknown[]): boolean {
  return new Set(values.map((value) => JSON.stringify(value))).size === values.length;
}

// Every field that is needed, and no other.
function fields(needed: Checks, optional: Checks = {}): Check {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const known: Checks = { ...needed, ...optional };
    const isKnown = ([name, part]: [string, unknown]) => Object.hasOwn(known, name) && known[name]?.(part) === true;
    return Object.keys(needed).every((name) => Object.hasOwn(value, name)) && Object.entries(value).every(isKnown);
  };
}

// Private, not wider or narrower than asked, and nothing but zeros behind the prefix.
function range4(widest: number, narrowest: number): Check {
  return (value) => {
    const [, address = '', length = ''] = /^([\d.]+)\/(\d\d)$/.exec(String(value)) ?? [];
    if (typeof value !== 'string' || !isIPv4(address) || !whole(widest, narrowest)(Number(length))) return false;
    const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
    const isPrivate = a === 10 || (a === 172 && b >> 4 === 1) || (a === 192 && b === 168) || (a === 169 && b === 254);
    return isPrivate && (((a << 24) | (b << 16) | (c << 8) | d) & (2 ** (32 - Number(length)) - 1)) === 0;
  };
}

const range6: Check = (value) => {
  const [, address = '', length = ''] = /^([0-9a-f:]+)\/([1-9]\d\d?)$/.exec(String(value)) ?? [];
  const isLocal = /^(fe80|f[cd][0-9a-f]{2}|[23][0-9a-f]{3}):/.test(address);
  return typeof value === 'string' && isIPv6(address) && isLocal && whole(48, 128)(Number(length));
};

// One name each, all below the same domain.
const names: Check = (value) => {
  if (!list(32, fields({ host: text(host), address: text(loopback) }))(value)) return false;
  const hosts = (value as readonly { readonly host: string }[]).map((entry) => entry.host);
  return areDifferent(hosts) && new Set(hosts.map((name) => name.slice(name.indexOf('.')))).size === 1;
};

const method = oneOf(namesMethods.filter((name) => name === 'hosts' || (name === 'resolver') === isMac));
const until: Check = (value) => whole(Date.now() + 1, Date.now() + weekMilliseconds)(value);
const guard = fields(
  {
    subnet: range4(16, 24),
    ports: list(mostLanPorts, whole(leastLanPort, 65_535)),
    interface: text(networkInterface),
    ranges: list(8, either(range4(16, 30), range6)),
  },
  { until },
);
const aliases: Checks = isMac ? { aliases: list(32, text(loopback)) } : {};
const intent = fields({}, { names: fields({ method, names }), guard, ...aliases });
const plan = text(/^[0-9a-f]{64}$/);

const requests = [
  fields({ verb: oneOf(['status']) }),
  fields({ verb: oneOf(['plan']), intent }),
  fields({ verb: oneOf(['apply']), intent, plan }),
  fields({ verb: oneOf(['undo']) }, { plan }),
  fields({ verb: oneOf(['port-owner']), ports: list(32, whole(1, 65_535)) }),
];

export function parseRequest(words: string): HostRequest {
  try {
    const request: unknown = JSON.parse(words);
    if (either(...requests)(request)) return request as HostRequest;
  } catch {
    // No JSON is no request either.
  }
  throw new Refused('bad-request', 'The request is not one that may be asked. Nothing was changed');
}
