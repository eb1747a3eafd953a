// What the answer of a service means for a hop, and in which words. Pure.

export type Answer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string }
  // code: of the system, such as ECONNREFUSED.
  | { readonly kind: 'unreachable'; readonly code: string; readonly detail: string };

//  found    it is there
//  absent   it answers, and has nothing of ours yet
//  trouble  it may be better in a moment
//  refused  asking again would come to the same
export type Verdict<Found> =
  | { readonly kind: 'found'; readonly found: Found }
  | { readonly kind: 'absent' }
  | { readonly kind: 'trouble' | 'refused'; readonly reason: string };

export function judgeSearch<Found>(
  answer: Answer,
  address: string,
  find: (body: unknown) => Found | undefined,
): Verdict<Found> {
  if (answer.kind === 'unreachable') return { kind: 'trouble', reason: unreachableWords(answer, address) };
  const { status, body } = answer;
  // Tempo says so of a trace that it does not have.
  if (status === 404) return { kind: 'absent' };
  if (status < 200 || status > 299) {
    const isPassing = status >= 500 || status === 429;
    return { kind: isPassing ? 'trouble' : 'refused', reason: statusWords(answer, address) };
  }
  const parsed = parse(body);
  if (parsed === undefined) return { kind: 'refused', reason: `${address} answers with something else than JSON.` };
  const found = find(parsed);
  return found === undefined ? { kind: 'absent' } : { kind: 'found', found };
}

// undefined: what was sent is taken.
export function refusalOf(answer: Answer, address: string): string | undefined {
  if (answer.kind === 'unreachable') return unreachableWords(answer, address);
  const { status, body } = answer;
  if (status < 200 || status > 299) return statusWords(answer, address);
  const partial = field(parse(body), 'partialSuccess');
  const message = field(partial, 'errorMessage');
  const rejected = ['rejectedDataPoints', 'rejectedLogRecords', 'rejectedSpans']
    .map((key) => Number(field(partial, key) ?? 0))
    .some((count) => count > 0);
  if (!rejected) return undefined;
  return `${address} took nothing of it${typeof message === 'string' && message !== '' ? `: ${message}` : ''}.`;
}

function statusWords({ status, body }: { readonly status: number; readonly body: string }, address: string): string {
  const words = bodyWords(body);
  return `${address} answers ${status}${words === '' ? '' : `: ${words}`}.`;
}

function unreachableWords({ code, detail }: Answer & { readonly kind: 'unreachable' }, address: string): string {
  switch (code) {
    case 'ECONNREFUSED':
      return `Nobody listens at ${address}: the connection was refused.`;
    case 'ECONNRESET':
    case 'EPIPE':
      return `${address} closed the connection without an answer.`;
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `No answer came from ${address}.`;
    case 'EADDRNOTAVAIL':
      return `This machine does not have the address ${address}.`;
    default:
      return `${address} cannot be asked: ${detail}.`;
  }
}

const wordsLimit = 200;

function bodyWords(body: string): string {
  const parsed = parse(body);
  const told = ['message', 'error'].map((key) => field(parsed, key)).find((value) => typeof value === 'string');
  const line = (told ?? body).trim().split('\n')[0]?.trim() ?? '';
  // A page of HTML, or data, is no reason.
  if (told === undefined && /^[<{[]/.test(line)) return '';
  return line.slice(0, wordsLimit).replace(/\.$/, '');
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

export function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
