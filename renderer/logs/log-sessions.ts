// Streams of log lines from the app. A batch is acknowledged once it is in the window's own buffer, and while nobody
// sees the window not at all: then the app, the engine and the service's pipe wait, and nothing is read for no one.
import type { CommandResult, LogBatch } from '../../electron/contract/contract.ts';
import type { LogLine } from '../../electron/core/engine-port.ts';
import { unpackLines } from '../../electron/core/log-pack.ts';
import { invoke, listen } from '../bridge.ts';

export interface LogReceiver {
  readonly onLines: (lines: readonly LogLine[]) => void;
  readonly onEnd: (problem: string | undefined) => void;
  readonly onFailure: (failure: Extract<CommandResult<'logs:open'>, { ok: false }>) => void;
}

const receivers = new Map<number, LogReceiver>();
// Batches that came before the answer that told their session's number.
const early = new Map<number, LogBatch[]>();
let opening = 0;
let isListening = false;

export function openLogs(services: readonly string[], tail: number, receiver: LogReceiver): () => void {
  listenOnce();
  let session: number | undefined;
  let isClosed = false;
  opening += 1;
  void invoke('logs:open', { services: [...services], tail }).then((result) => {
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
  receiver.onLines(unpackLines(batch.lines));
  if (batch.ended) {
    receivers.delete(batch.session);
    receiver.onEnd(batch.problem);
    return;
  }
  whenVisible(() => {
    if (receivers.has(batch.session)) {
      void invoke('logs:acknowledge', { session: batch.session, batch: batch.batch });
    }
  });
}

function whenVisible(action: () => void): void {
  if (!document.hidden) {
    action();
    return;
  }
  document.addEventListener('visibilitychange', () => whenVisible(action), { once: true });
}
