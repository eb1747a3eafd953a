// A method call in D-Bus's wire format, little endian, with strings as arguments: all that is asked here takes no others.
export interface MethodCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly body: readonly string[];
}

const protocolVersion = 1;
const methodCall = 1;
// Asking must not start the program that is asked for.
const noAutoStart = 2;

const fields = { path: 1, interface: 2, member: 3, destination: 6, signature: 8 } as const;

export function encodeCall(serial: number, call: MethodCall): Buffer {
  const body = new ByteWriter();
  for (const argument of call.body) body.string(argument);
  const header = new ByteWriter();
  header.byte('l'.charCodeAt(0)).byte(methodCall).byte(noAutoStart).byte(protocolVersion);
  header.number(body.length).number(serial);
  const fieldBytes = new ByteWriter();
  headerField(fieldBytes, fields.path, 'o', call.path);
  headerField(fieldBytes, fields.interface, 's', call.interface);
  headerField(fieldBytes, fields.member, 's', call.member);
  headerField(fieldBytes, fields.destination, 's', call.destination);
  if (call.body.length > 0) headerField(fieldBytes, fields.signature, 'g', 's'.repeat(call.body.length));
  // Both start at a multiple of 8, so what was aligned on its own stays aligned.
  header.number(fieldBytes.length).align(8).append(fieldBytes).align(8).append(body);
  return header.bytes();
}

function headerField(writer: ByteWriter, code: number, type: 'o' | 's' | 'g', value: string): void {
  writer.align(8).byte(code).signature(type);
  if (type === 'g') writer.signature(value);
  else writer.string(value);
}

class ByteWriter {
  readonly #chunks: Buffer[] = [];
  length = 0;

  append(other: ByteWriter): this {
    return this.#push(other.bytes());
  }

  byte(value: number): this {
    return this.#push(Buffer.from([value]));
  }

  number(value: number): this {
    this.align(4);
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return this.#push(bytes);
  }

  string(value: string): this {
    const bytes = Buffer.from(value);
    return this.number(bytes.length).#push(bytes).byte(0);
  }

  signature(value: string): this {
    return this.byte(value.length).#push(Buffer.from(value)).byte(0);
  }

  align(size: number): this {
    return this.#push(Buffer.alloc((size - (this.length % size)) % size));
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  #push(bytes: Buffer): this {
    this.#chunks.push(bytes);
    this.length += bytes.length;
    return this;
  }
}
