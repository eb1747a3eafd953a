// Streams of log lines to pages. A page may owe the answer to a few batches; until it answers, nothing more is read,
// so a slow window holds up the engine and not the memory. While it owes one, and for the time of a frame, lines are
// gathered: a flood goes in few large batches, and what comes now and then goes at once.
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
// Milliseconds between two batches that are not full: no screen shows more.
const frame = 16;
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
  // Read and not sent.
  readonly waiting: LogLine[];
  // Nothing more comes.
  isRead: boolean;
  // When something was sent last, and the timer that sends the next.
  sentAt: number;
  timer: NodeJS.Timeout | undefined;
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
    sessions.set(number, {
      page,
      abort: new AbortController(),
      sent: 0,
      answered: 0,
      waiting: [],
      isRead: false,
      sentAt: 0,
      timer: undefined,
      wake: () => {},
    });
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
        await take(number, session, lines);
        if (session.abort.signal.aborted) break;
      }
    } catch (error) {
      problem = problemWords(error);
    }
    if (session.abort.signal.aborted) return;
    session.isRead = true;
    sendWaiting(number, session);
    while (!session.abort.signal.aborted && session.waiting.length > 0) await answerOf(session);
    if (session.abort.signal.aborted) return;
    sessions.delete(number);
    session.page.send(batchOf(number, session, [], { ended: true, ...(problem === undefined ? {} : { problem }) }));
  }

  // Resolves when the next lines may be read.
  async function take(number: number, session: Session, lines: readonly LogLine[]): Promise<void> {
    for (const line of lines) session.waiting.push(line);
    for (;;) {
      sendWaiting(number, session);
      if (session.abort.signal.aborted || endOfBatch(session.waiting) === undefined) return;
      await answerOf(session);
    }
  }

  function sendWaiting(number: number, session: Session): void {
    const { waiting } = session;
    clearTimeout(session.timer);
    while (waiting.length > 0) {
      const unanswered = session.sent - session.answered;
      const end = endOfBatch(waiting);
      if (unanswered >= maximumUnanswered) return;
      if (end === undefined && !session.isRead) {
        if (unanswered > 0) return;
        const rest = session.sentAt + frame - performance.now();
        if (rest > 0) {
          session.timer = setTimeout(() => sendWaiting(number, session), rest);
          return;
        }
      }
      session.sentAt = performance.now();
      session.page.send(batchOf(number, session, waiting.splice(0, end ?? waiting.length), { ended: false }));
    }
  }

  function answerOf(session: Session): Promise<void> {
    return new Promise((resolve) => (session.wake = resolve));
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
    sendWaiting(number, session);
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
    if (session === undefined) return;
    clearTimeout(session.timer);
    session.abort.abort();
    session.wake();
  }

  return { open, acknowledge, close, closePage };
}

// How many of these lines fill a batch, at least one; undefined: there is room for more.
function endOfBatch(lines: readonly LogLine[]): number | undefined {
  let characters = 0;
  for (let at = 0; at < lines.length && at < maximumLines; at += 1) {
    characters += lines[at]?.text.length ?? 0;
    if (characters > maximumCharacters) return Math.max(at, 1);
  }
  return lines.length >= maximumLines ? maximumLines : undefined;
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
