// Structured lines (JSON objects, logfmt) as a message and fields.

export interface Field {
  readonly name: string;
  readonly value: string;
}

export interface LineFields {
  readonly message: string;
  readonly fields: readonly Field[];
}

const longestRead = 64_000;
const mostFields = 200;
const messageNames = ['msg', 'message', 'log', 'body', 'event', 'text'];

// undefined: the line is no such line.
export function fieldsOf(text: string): LineFields | undefined {
  if (text.length > longestRead) return undefined;
  const pairs = text.trimStart().startsWith('{') ? ofJson(text) : ofLogfmt(text);
  if (pairs === undefined) return undefined;
  const message = messageNames.map((name) => pairs.find((pair) => pair.name.toLowerCase() === name)).find(Boolean);
  return { message: message?.value ?? '', fields: pairs.filter((pair) => pair !== message) };
}

function ofJson(text: string): Field[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const fields = Object.entries(value).flatMap(([name, part]) => flat(name, part));
  return fields.length === 0 ? undefined : fields.slice(0, mostFields);
}

// One level of objects in it is told by names with a dot.
function flat(name: string, value: unknown): Field[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ name, value: asText(value) }];
  return Object.entries(value).map(([inner, part]) => ({ name: `${name}.${inner}`, value: asText(part) }));
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const pair = /([^\s="]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))(?=\s|$)/y;

// Nothing but pairs, and two at least.
function ofLogfmt(text: string): Field[] | undefined {
  const fields: Field[] = [];
  let at = 0;
  const end = text.trimEnd().length;
  while (at < end) {
    pair.lastIndex = at;
    const found = pair.exec(text);
    if (found === null || fields.length >= mostFields) return undefined;
    const [all, name = '', quoted, bare] = found;
    fields.push({ name, value: quoted === undefined ? (bare ?? '') : unquoted(quoted) });
    at += all.length;
    while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at += 1;
  }
  return fields.length < 2 ? undefined : fields;
}

function unquoted(text: string): string {
  return text.replace(/\\(["\\nt])/g, (_, letter: string) => ({ n: '\n', t: '\t' })[letter] ?? letter);
}
