// Streams of log lines from the app. A batch is acknowledged once it is in the window's own buffer, and while nobody
// sees the window not at all: then the app, the engine and the service's pipe wait, and nothing is read for no one.
// What takes more than its share of a frame waits for the next one, so that a flood cannot keep the page from drawing.
import type { CommandInput, CommandResult, LogBatch } from '../../electron/contract/contract.ts';
import type { LogLine } from '../../electron/core/engine-port.ts';
import { unpackLines } from '../../electron/core/log-pack.ts';
import { invoke, listen } from '../bridge.ts';

export type LogRequest = CommandInput<'logs:open'>;

export interface LogReceiver {
  readonly onLines: (lines: readonly LogLine[]) => void;
  readonly onEnd: (problem: string | undefined) => void;
  readonly onFailure: (failure: Extract<CommandResult<'logs:open'>, { ok: false }>) => void;
}

// Milliseconds.
const shareOfFrame = 10;

const receivers = new Map<number, LogReceiver>();
// Batches that came before the answer that told their session's number.
const early = new Map<number, LogBatch[]>();
let opening = 0;
let isListening = false;
// Spent on batches since the last frame.
let spent = 0;
let atNextFrame: (() => void)[] = [];
let isFrameAwaited = false;

export function openLogs(request: LogRequest, receiver: LogReceiver): () => void {
  listenOnce();
  let session: number | undefined;
  let isClosed = false;
  opening += 1;
  void invoke('logs:open', request).then((result) => {
    opening -= 1;
    const waiting = result.ok ? (early.get(result.value.session) ?? []) : [];
    if (result.ok) early.delete(result.value.session);
    if (opening === 0) early.clear();
    if (!result.ok) {
      if (!isClosed) receiver.onFailure(result);
      return;
    }
    if (isClosed) {
      void invoke('logs:close', { session: result.value.session });
      return;
    }
    session = result.value.session;
    receivers.set(session, receiver);
    for (const batch of waiting) receive(batch);
  });
  return () => {
    if (isClosed) return;
    isClosed = true;
    // One that ended by itself is gone on the other side too.
    if (session !== undefined && receivers.delete(session)) void invoke('logs:close', { session });
  };
}

function listenOnce(): void {
  if (isListening) return;
  isListening = true;
  listen('logs', receive);
}

function receive(batch: LogBatch): void {
  const receiver = receivers.get(batch.session);
  if (receiver === undefined) {
    if (opening > 0) early.set(batch.session, [...(early.get(batch.session) ?? []), batch]);
    return;
  }
  const begin = performance.now();
  receiver.onLines(unpackLines(batch.lines));
  spent += performance.now() - begin;
  if (batch.ended) {
    receivers.delete(batch.session);
    receiver.onEnd(batch.problem);
    return;
  }
  whenVisible(() =>
    whenThereIsTime(() => {
      if (receivers.has(batch.session)) {
        void invoke('logs:acknowledge', { session: batch.session, batch: batch.batch });
      }
    }),
  );
}

function whenThereIsTime(action: () => void): void {
  if (!isFrameAwaited) {
    isFrameAwaited = true;
    requestAnimationFrame(beginFrame);
  }
  if (spent < shareOfFrame) action();
  else atNextFrame.push(action);
}

function beginFrame(): void {
  isFrameAwaited = false;
  spent = 0;
  const actions = atNextFrame;
  atNextFrame = [];
  for (const action of actions) action();
}

function whenVisible(action: () => void): void {
  if (!document.hidden) {
    action();
    return;
  }
  document.addEventListener('visibilitychange', () => whenVisible(action), { once: true });
}
