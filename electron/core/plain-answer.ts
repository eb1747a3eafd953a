// A whole answer as a server of HTTP gives it to a client of HTTP/1.0: a head, and as much as it says, or everything up
// to the end. One character for each byte. Pure.
export interface PlainAnswer {
  readonly status: number;
  readonly body: string;
}

// undefined: not all of it is here, or it is not what such a client is given. Of the body at most so many bytes are
// wanted.
export function parsePlainAnswer(bytes: string, hasEnded: boolean, mostBytes = Infinity): PlainAnswer | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  const head = bytes.slice(0, Math.max(0, headEnd));
  const status = /^HTTP\/1\.[01] (\d{3})\b/.exec(head)?.[1];
  if (status === undefined || /^transfer-encoding:/im.test(head)) return undefined;
  const told = /^content-length: *(\d+)/im.exec(head)?.[1];
  const wanted = Math.min(told === undefined ? Infinity : Number(told), mostBytes);
  const body = bytes.slice(headEnd + 4).slice(0, wanted);
  if (body.length < wanted && (told !== undefined || !hasEnded)) return undefined;
  return { status: Number(status), body };
}
