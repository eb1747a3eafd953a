// Who listens on this machine: readers of what the systems print. Pure.

export interface ListeningSocket {
  readonly address: string;
  readonly port: number;
  readonly inode: string;
  readonly userId: number;
}

// Of a TCP socket that listens, and of a UDP socket that takes what comes from anybody.
const listening = '0A';
const unconnected = '07';

// /proc/net/tcp and /proc/net/tcp6. Only the ports that are asked for: a busy machine has thousands of rows.
export function parseProcNetTcp(text: string, ports: ReadonlySet<number>): readonly ListeningSocket[] {
  return parseSockets(text, ports, listening);
}

// /proc/net/udp and /proc/net/udp6.
export function parseProcNetUdp(text: string, ports: ReadonlySet<number>): readonly ListeningSocket[] {
  return parseSockets(text, ports, unconnected);
}

function parseSockets(text: string, ports: ReadonlySet<number>, wanted: string): readonly ListeningSocket[] {
  return text.split('\n').flatMap((row) => {
    const [, local, , state, , , , user, , inode] = row.trim().split(/\s+/);
    if (state !== wanted || local === undefined || inode === undefined) return [];
    const [addressHex = '', portHex = ''] = local.split(':');
    const port = Number.parseInt(portHex, 16);
    if (!ports.has(port)) return [];
    return [{ address: toAddress(addressHex), port, inode, userId: Number(user) }];
  });
}

// The kernel prints every group of four bytes as one number of its own byte order, which is little-endian wherever
// this runs.
function toAddress(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse());
  if (bytes.length === 4) return toDotted(bytes);
  if (bytes.slice(0, 10).every((byte) => byte === '00') && bytes[10] === 'FF' && bytes[11] === 'FF') {
    // An IPv4 address that an IPv6 socket holds.
    return toDotted(bytes.slice(12));
  }
  const groups = Array.from({ length: 8 }, (_unused, index) => `${bytes[2 * index]}${bytes[2 * index + 1]}`);
  return shorten(groups.map((group) => Number.parseInt(group, 16).toString(16)));
}

function toDotted(bytes: readonly string[]): string {
  return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
}

function shorten(groups: readonly string[]): string {
  const [longest = ''] = [...(` ${groups.join(' ')} `.match(/( 0)+(?= )/g) ?? [])].sort((a, b) => b.length - a.length);
  const zeros = longest.length / 2;
  if (zeros < 2) return groups.join(':');
  const start = ` ${groups.join(' ')} `.indexOf(`${longest} `);
  const first = ` ${groups.join(' ')} `.slice(0, start).split(' ').length - 1;
  return `${groups.slice(0, first).join(':')}::${groups.slice(first + zeros).join(':')}`;
}

export interface ListeningProcess {
  readonly address: string;
  readonly port: number;
  readonly owner: string;
}

// lsof -F: a line a field, its first character says which. 'p' begins a process, 'f' a file of it.
export function parseLsof(text: string): readonly ListeningProcess[] {
  let processId = '';
  let command = '';
  return text.split('\n').flatMap((line) => {
    const value = line.slice(1);
    if (line[0] === 'p') processId = value;
    if (line[0] === 'c') command = value;
    if (line[0] !== 'n') return [];
    const at = value.lastIndexOf(':');
    const port = Number(value.slice(at + 1));
    if (at < 0 || !Number.isInteger(port)) return [];
    const address = value.slice(0, at).replace(/^\[|\]$/g, '');
    return [{ address: address === '*' ? '0.0.0.0' : address, port, owner: `${command} (process ${processId})` }];
  });
}
