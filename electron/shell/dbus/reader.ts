// Messages in D-Bus's wire format -> values. Understands what the bus itself and a tray host answer; of a body with
// other types it gives the arguments up to the first of those.
export type BusValue = string | number | boolean;

export interface BusMessage {
  readonly kind: 'call' | 'reply' | 'error' | 'signal';
  readonly replyTo?: number;
  readonly path?: string;
  readonly interface?: string;
  readonly member?: string;
  readonly errorName?: string;
  readonly body: readonly BusValue[];
}

const kinds: Readonly<Record<number, BusMessage['kind']>> = { 1: 'call', 2: 'reply', 3: 'error', 4: 'signal' };
const fixedHeader = 16;
// The protocol's own limit.
const maximumLength = 2 ** 27;

// The whole messages at the start of the bytes, and how many bytes they took.
export function decodeMessages(bytes: Buffer): { readonly messages: readonly BusMessage[]; readonly used: number } {
  const messages: BusMessage[] = [];
  let used = 0;
  while (bytes.length - used >= fixedHeader) {
    const rest = bytes.subarray(used);
    const view = new DataView(rest.buffer, rest.byteOffset, rest.length);
    const little = rest[0] === 'l'.charCodeAt(0);
    const bodyAt = padded(fixedHeader + view.getUint32(12, little), 8);
    const length = bodyAt + view.getUint32(4, little);
    if (length > maximumLength) throw new RangeError('A D-Bus message is longer than allowed');
    if (rest.length < length) break;
    const message = decodeMessage(rest.subarray(0, length), bodyAt, little);
    // Kinds of messages that do not exist yet are to be ignored.
    if (message !== undefined) messages.push(message);
    used += length;
  }
  return { messages, used };
}

function decodeMessage(bytes: Buffer, bodyAt: number, little: boolean): BusMessage | undefined {
  const kind = kinds[bytes[1] ?? 0];
  if (kind === undefined) return undefined;
  const reader = new ByteReader(bytes, fixedHeader - 4, little);
  const fieldsEnd = fixedHeader + reader.number();
  const fields = new Map<number, BusValue>();
  while (reader.at < fieldsEnd) {
    reader.align(8);
    const code = reader.byte();
    const value = reader.value('v');
    if (value === undefined) break;
    fields.set(code, value);
  }
  const text = (code: number) => {
    const value = fields.get(code);
    return typeof value === 'string' ? value : undefined;
  };
  const replyTo = fields.get(5);
  return {
    kind,
    ...optional('replyTo', typeof replyTo === 'number' ? replyTo : undefined),
    ...optional('path', text(1)),
    ...optional('interface', text(2)),
    ...optional('member', text(3)),
    ...optional('errorName', text(4)),
    body: decodeBody(bytes.subarray(bodyAt), text(8) ?? '', little),
  };
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: Value };
}

function decodeBody(bytes: Buffer, signature: string, little: boolean): readonly BusValue[] {
  const reader = new ByteReader(bytes, 0, little);
  const values: BusValue[] = [];
  for (const type of signature) {
    const value = reader.value(type);
    if (value === undefined) break;
    values.push(value);
  }
  return values;
}

function padded(at: number, size: number): number {
  return Math.ceil(at / size) * size;
}

class ByteReader {
  readonly #bytes: Buffer;
  readonly #view: DataView;
  readonly #little: boolean;
  at: number;

  constructor(bytes: Buffer, at: number, little: boolean) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#little = little;
    this.at = at;
  }

  align(size: number): void {
    this.at = padded(this.at, size);
  }

  byte(): number {
    this.at += 1;
    return this.#view.getUint8(this.at - 1);
  }

  number(): number {
    this.align(4);
    this.at += 4;
    return this.#view.getUint32(this.at - 4, this.#little);
  }

  // undefined for a type that is not understood here.
  value(type: string): BusValue | undefined {
    switch (type) {
      case 'y':
        return this.byte();
      case 'u':
        return this.number();
      case 'b':
        return this.number() === 1;
      case 's':
      case 'o':
        return this.#text(this.number());
      case 'g':
        return this.#text(this.byte());
      case 'v':
        return this.value(this.#text(this.byte()));
      default:
        return undefined;
    }
  }

  #text(length: number): string {
    const from = this.at;
    this.at = from + length + 1;
    if (this.at > this.#bytes.length) throw new RangeError('A D-Bus string reaches beyond its message');
    return this.#bytes.toString('utf8', from, from + length);
  }
}
