// What the app may ask of the root program, checked before it is asked. The root program checks again by rules of its
// own writing; tests hold the two together.
import * as v from 'valibot';
import { type HostRequest, leastLanPort, mostLanPorts } from '../core/host/host-request.ts';

const weekMilliseconds = 604_800_000;
const listable = ['test', 'local', 'lan', 'internal'];

function many<Item extends v.GenericSchema>(item: Item, most: number) {
  return v.pipe(
    v.array(item),
    v.minLength(1),
    v.maxLength(most),
    v.check((items) => hasNoTwins(items)),
  );
}

function hasNoTwins(values: readonly unknown[]): boolean {
  const seen = values.map((value) => JSON.stringify(value));
  return seen.every((value, index) => seen.indexOf(value) === index);
}

function wordOf(isRight: (value: string) => boolean) {
  return v.pipe(v.string(), v.check(isRight));
}

function wholeNumber(least: number, most: number) {
  return v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most));
}

// A list passes for an object whose fields may all be absent.
const isNoList = (value: unknown): boolean => !Array.isArray(value);

const isLabel = (most: number) => (label: string) =>
  label.length <= most && /^[a-z0-9-]+$/.test(label) && !label.startsWith('-') && !label.endsWith('-');

// Service, domain of at least one label, and an ending that is nobody's on the Internet.
function isHost(value: string): boolean {
  const labels = value.split('.');
  const ending = value.endsWith('.home.arpa') ? 2 : 1;
  const [service = '', ...domain] = labels.slice(0, -ending);
  if (ending === 1 && !listable.includes(labels.at(-1) ?? '')) return false;
  return value.length <= 200 && isLabel(32)(service) && domain.length > 0 && domain.every(isLabel(63));
}

function isFreeLoopback(value: string): boolean {
  const last = value.startsWith('127.0.0.') ? value.slice('127.0.0.'.length) : '';
  const number = Number(last);
  return String(number) === last && number >= 2 && number <= 249 && ![11, 53, 54].includes(number);
}

function isNetworkInterface(value: string): boolean {
  if (value === 'lo' || ['docker', 'macula', 'br-', 'veth'].some((start) => value.startsWith(start))) return false;
  return value.length <= 15 && /^[a-z0-9][\w.-]*$/i.test(value);
}

// A private network, named by its first address.
const isNetwork4 = (widest: number, narrowest: number) => (value: string) => {
  const [address = '', prefix = '', ...more] = value.split('/');
  const bytes = address.split('.').map(Number);
  const length = Number(prefix);
  if (more.length > 0 || bytes.length !== 4 || bytes.join('.') !== address || String(length) !== prefix) return false;
  if (!bytes.every((byte) => byte >= 0 && byte <= 255) || length < widest || length > narrowest) return false;
  const [first = 0, second = 0] = bytes;
  const isPrivate =
    first === 10 ||
    (first === 172 && second >= 16 && second < 32) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254);
  const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  return isPrivate && number % 2 ** (32 - length) === 0;
};

// Local, or out of what providers give; the address may be any in the network.
function isNetwork6(value: string): boolean {
  const [address = '', prefix = '', ...more] = value.split('/');
  const length = Number(prefix);
  if (more.length > 0 || String(length) !== prefix || !Number.isInteger(length) || length < 48 || length > 128)
    return false;
  const first = address.split(':')[0] ?? '';
  const isKnown =
    first === 'fe80' || (first.length === 4 && ['fc', 'fd', '2', '3'].some((one) => first.startsWith(one)));
  return isKnown && isAddress6(address);
}

function isAddress6(value: string): boolean {
  const halves = value.split('::');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const isComplete = halves.length === 1 ? groups.length === 8 : halves.length === 2 && groups.length < 8;
  return isComplete && groups.every((group) => /^[0-9a-f]{1,4}$/.test(group));
}

const host = v.strictObject({ host: wordOf(isHost), address: wordOf(isFreeLoopback) });
const below = (name: string): string => name.slice(name.indexOf('.'));
const hosts = v.pipe(
  many(host, 32),
  v.check((list) => hasNoTwins(list.map((entry) => entry.host))),
  v.check((list) => list.every((entry) => below(entry.host) === below(list[0]?.host ?? ''))),
);

const guard = v.strictObject({
  subnet: wordOf(isNetwork4(16, 24)),
  ports: many(wholeNumber(leastLanPort, 65_535), mostLanPorts),
  interface: wordOf(isNetworkInterface),
  ranges: many(
    wordOf((range) => isNetwork4(16, 30)(range) || isNetwork6(range)),
    8,
  ),
  until: v.exactOptional(
    v.pipe(
      v.number(),
      v.safeInteger(),
      v.check((moment) => moment > Date.now() && moment <= Date.now() + weekMilliseconds),
    ),
  ),
});

const intentOf = {
  linux: intentWith(['hosts', 'resolved', 'delegate', 'network-manager', 'dnsmasq']),
  mac: macIntent(),
};

function intentWith<const Method extends readonly string[]>(methods: Method) {
  const names = v.exactOptional(v.strictObject({ method: v.picklist(methods), names: hosts }));
  return v.pipe(v.unknown(), v.check(isNoList), v.strictObject({ names, guard: v.exactOptional(guard) }));
}

function macIntent() {
  const names = v.exactOptional(v.strictObject({ method: v.picklist(['hosts', 'resolver']), names: hosts }));
  const aliases = v.exactOptional(many(wordOf(isFreeLoopback), 32));
  return v.pipe(v.unknown(), v.check(isNoList), v.strictObject({ names, guard: v.exactOptional(guard), aliases }));
}

const planHash = wordOf((value) => value.length === 64 && /^[0-9a-f]*$/.test(value));

export function hostRequest(isMac: boolean): v.GenericSchema<unknown, HostRequest> {
  const intent = isMac ? intentOf.mac : intentOf.linux;
  return v.variant('verb', [
    v.strictObject({ verb: v.literal('status') }),
    v.strictObject({ verb: v.literal('plan'), intent }),
    v.strictObject({ verb: v.literal('apply'), intent, plan: planHash }),
    v.strictObject({ verb: v.literal('undo'), plan: v.exactOptional(planHash) }),
    v.strictObject({ verb: v.literal('port-owner'), ports: many(wholeNumber(1, 65_535), 32) }),
  ]);
}

export function isHostRequest(value: unknown, isMac: boolean): value is HostRequest {
  return v.is(hostRequest(isMac), value);
}
