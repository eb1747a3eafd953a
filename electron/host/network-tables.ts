// What the kernel prints of its routes and neighbours. Pure.

export interface DefaultRoute {
  readonly interface: string;
  // Undefined when whoever is on the wire is asked directly.
  readonly gateway?: string;
  readonly metric: number;
}

const isUp = 0x1;
const isRefusal = 0x200;
// The two halves of everything, by which VPNs get ahead of the default route without touching it.
const halves = [
  { destination: '00000000', mask: '00000080' },
  { destination: '00000080', mask: '00000080' },
];

// Out of /proc/net/route: the routes that everything takes which no other one takes; the narrowest ones only.
export function parseDefaultRoutes(text: string): readonly DefaultRoute[] {
  const rows = text.split('\n').flatMap((line) => {
    const [name = '', destination = '', gateway = '', flags = '', , , metric = '', mask = ''] = line
      .trim()
      .split(/\s+/);
    const bits = Number.parseInt(flags, 16);
    if ((bits & isUp) === 0 || (bits & isRefusal) !== 0) return [];
    return [{ name, destination, mask, gateway: toDotted(gateway), metric: Number(metric) }];
  });
  const of = (wanted: { readonly destination: string; readonly mask: string }) =>
    rows.filter(({ destination, mask }) => destination === wanted.destination && mask === wanted.mask);
  const [lower, upper] = halves.map(of);
  const both = (lower ?? []).filter(({ name }) => upper?.some((other) => other.name === name) === true);
  const whole = both.length > 0 ? both : of({ destination: '00000000', mask: '00000000' });
  const best = Math.min(...whole.map(({ metric }) => metric));
  return whole
    .filter(({ metric }) => metric === best)
    .map(({ name, gateway, metric }) => ({
      interface: name,
      metric,
      ...(gateway === '0.0.0.0' ? {} : { gateway }),
    }));
}

// Out of /proc/net/arp: the hardware address that a neighbour has, where it has answered.
export function parseNeighbour(text: string, address: string, device: string): string | undefined {
  for (const line of text.split('\n')) {
    const [ip, , , hardware, , on] = line.trim().split(/\s+/);
    if (ip === address && on === device && hardware !== undefined && /[1-9a-f]/i.test(hardware)) return hardware;
  }
  return undefined;
}

function toDotted(hex: string): string {
  return (hex.match(/../g) ?? [])
    .toReversed()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.');
}
