// The subnets that this machine already reaches: a network of ours must not cover any of them. Pure.

// A route this wide stands for "everything", as a default route or a VPN's two halves of one do.
const widest = 8;

// /proc/net/route: columns of little-endian hexadecimal numbers.
export function parseProcNetRoute(text: string, ignoredInterfaces: ReadonlySet<string>): readonly string[] {
  const subnets = text
    .split('\n')
    .slice(1)
    .flatMap((row) => {
      const columns = row.split('\t').map((column) => column.trim());
      const [name = '', destination = ''] = columns;
      const mask = columns[7];
      if (mask === undefined || ignoredInterfaces.has(name)) return [];
      const bits = countBits(Number.parseInt(mask, 16));
      return bits < widest ? [] : [`${toDotted(destination)}/${bits}`];
    });
  return [...new Set(subnets)];
}

export interface InterfaceAddress {
  readonly internal: boolean;
  readonly family: string;
  readonly cidr: string | null;
}

// As node:os lists them: '192.168.1.17/24' on an interface means that 192.168.1.0/24 is in use.
export function interfaceSubnets(
  interfaces: Readonly<Record<string, readonly InterfaceAddress[] | undefined>>,
  ignoredInterfaces: ReadonlySet<string>,
): readonly string[] {
  const subnets = Object.entries(interfaces).flatMap(([name, addresses]) =>
    ignoredInterfaces.has(name)
      ? []
      : (addresses ?? []).flatMap(({ internal, family, cidr }) =>
          internal || family !== 'IPv4' || cidr === null ? [] : [toNetwork(cidr)],
        ),
  );
  return [...new Set(subnets)];
}

function toNetwork(cidr: string): string {
  const [address = '', bits = '32'] = cidr.split('/');
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  const first = Math.floor(number / size) * size;
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${bits}`;
}

function toDotted(hex: string): string {
  return (hex.match(/../g) ?? [])
    .reverse()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.');
}

function countBits(mask: number): number {
  return mask.toString(2).replaceAll('0', '').length;
}
