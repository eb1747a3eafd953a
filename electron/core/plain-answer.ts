// A whole answer as a server of HTTP gives it to a client of HTTP/1.0: a head, and everything up to the end. Pure.
export interface PlainAnswer {
  readonly status: number;
  readonly body: string;
}

// undefined: it was cut off, or is not what such a client is given.
export function parsePlainAnswer(text: string): PlainAnswer | undefined {
  const headEnd = text.indexOf('\r\n\r\n');
  const head = text.slice(0, Math.max(0, headEnd));
  const status = /^HTTP\/1\.[01] (\d{3})\b/.exec(head)?.[1];
  if (status === undefined || /^transfer-encoding:/im.test(head)) return undefined;
  return { status: Number(status), body: text.slice(headEnd + 4) };
}
