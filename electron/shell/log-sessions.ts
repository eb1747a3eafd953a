// Streams of log lines to pages. A page may owe the answer to a few batches; until it answers, nothing more is read,
// so a slow window holds up the engine and not the memory.
import type { LogBatch } from '../contract/contract.ts';
import type { LogLine } from '../core/engine-port.ts';
import { FailureError } from '../core/failure.ts';
import { failureText } from '../core/failure-text.ts';
import { packLines } from '../core/log-pack.ts';
import type { Runtime, ServiceLogQuery } from '../runtime/runtime-api.ts';

const maximumUnanswered = 8;
const maximumLines = 1000;
// Of a batch, unless one line is longer: what a page owes the answer to stays some megabytes, whatever is logged.
const maximumCharacters = 512 * 1024;
// A page shows one stream; a few more may overlap while it changes its mind.
const maximumSessionsOfPage = 16;

export interface LogPage {
  readonly id: number;
  send(batch: LogBatch): void;
}

export interface LogQuery {
  readonly services: readonly string[];
  readonly tail: number;
  // All lines of that time, milliseconds since 1970, and none that come.
  readonly span?: { readonly from: number; readonly to: number } | undefined;
}

export interface LogSessions {
  open(page: LogPage, query: LogQuery): number;
  acknowledge(page: LogPage, session: number, batch: number): void;
  close(page: LogPage, session: number): void;
  // The page is gone or has begun anew.
  closePage(pageId: number): void;
}

interface Session {
  readonly page: LogPage;
  readonly abort: AbortController;
  sent: number;
  answered: number;
  // Called when the page has answered or the session was closed.
  wake: () => void;
}

export function createLogSessions(readLogs: Runtime['logs'], log: (line: string) => void): LogSessions {
  const sessions = new Map<number, Session>();
  let lastNumber = 0;

  function open(page: LogPage, query: LogQuery): number {
    const own = [...sessions].filter(([, session]) => session.page.id === page.id);
    const [oldest] = own;
    if (oldest !== undefined && own.length >= maximumSessionsOfPage) end(oldest[0]);
    lastNumber += 1;
    const number = lastNumber;
    sessions.set(number, { page, abort: new AbortController(), sent: 0, answered: 0, wake: () => {} });
    // The answer with the number goes first.
    setImmediate(() => void pump(number, query));
    return number;
  }

  async function pump(number: number, query: LogQuery): Promise<void> {
    const session = sessions.get(number);
    if (session === undefined) return;
    let problem: string | undefined;
    try {
      for await (const lines of readLogs({ ...toServiceQuery(query), signal: session.abort.signal })) {
        await pass(number, session, lines);
        if (session.abort.signal.aborted) break;
      }
    } catch (error) {
      problem = problemWords(error);
    }
    if (session.abort.signal.aborted) return;
    sessions.delete(number);
    session.page.send(batchOf(number, session, [], { ended: true, ...(problem === undefined ? {} : { problem }) }));
  }

  async function pass(number: number, session: Session, lines: readonly LogLine[]): Promise<void> {
    for (let from = 0; from < lines.length; ) {
      while (session.sent - session.answered >= maximumUnanswered) {
        await new Promise<void>((resolve) => (session.wake = resolve));
        if (session.abort.signal.aborted) return;
      }
      const to = endOfBatch(lines, from);
      session.page.send(batchOf(number, session, lines.slice(from, to), { ended: false }));
      from = to;
    }
  }

  function problemWords(error: unknown): string {
    if (error instanceof FailureError) {
      const { title, detail } = failureText(error.failure);
      return `${title}. ${detail}`.trim();
    }
    log(`reading logs failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return 'The lines could not be read.';
  }

  // Only its own page may touch a session.
  function ofPage(page: LogPage, number: number): Session | undefined {
    const session = sessions.get(number);
    return session?.page.id === page.id ? session : undefined;
  }

  function acknowledge(page: LogPage, number: number, batch: number): void {
    const session = ofPage(page, number);
    if (session === undefined || batch <= session.answered || batch > session.sent) return;
    session.answered = batch;
    session.wake();
  }

  function close(page: LogPage, number: number): void {
    if (ofPage(page, number) !== undefined) end(number);
  }

  function closePage(pageId: number): void {
    for (const [number, session] of sessions) if (session.page.id === pageId) end(number);
  }

  function end(number: number): void {
    const session = sessions.get(number);
    sessions.delete(number);
    session?.abort.abort();
    session?.wake();
  }

  return { open, acknowledge, close, closePage };
}

// At least one line.
function endOfBatch(lines: readonly LogLine[], from: number): number {
  let to = from;
  let characters = 0;
  while (to < lines.length && to - from < maximumLines) {
    characters += lines[to]?.text.length ?? 0;
    if (characters > maximumCharacters && to > from) break;
    to += 1;
  }
  return to;
}

function batchOf(
  number: number,
  session: Session,
  lines: readonly LogLine[],
  rest: Pick<LogBatch, 'ended' | 'problem'>,
): LogBatch {
  session.sent += 1;
  return { session: number, batch: session.sent, lines: packLines(lines), ...rest };
}

function toServiceQuery({ services, tail, span }: LogQuery): Omit<ServiceLogQuery, 'signal'> {
  return span === undefined ? { services, tail, follow: true } : { services, follow: false, ...span };
}
