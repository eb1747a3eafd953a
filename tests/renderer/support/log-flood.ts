// A flood of log lines, made inside of the page: what comes through playwright would be too slow. As over the real
// bridge, a batch is one string, and only a few may be unanswered.
import type { Page } from 'playwright-core';

export interface FloodRequest {
  readonly lines: number;
  // Lines a second; 0: as quickly as they are taken.
  readonly rate: number;
  // Milliseconds in the middle of it, in which the page can do nothing.
  readonly blockedFor?: number;
}

export interface Flood {
  readonly lines: number;
  // Until all were acknowledged.
  readonly seconds: number;
  readonly frames: number;
  // Between two frames, in milliseconds.
  readonly longestFrame: number;
  // Bytes of JavaScript values, at the most, as seen by the page.
  readonly mostMemory: number;
}

export function flood(page: Page, request: FloodRequest): Promise<Flood> {
  return page.evaluate(async ({ lines, rate, blockedFor }) => {
    const [session] = window.mock.openSessions();
    if (session === undefined) throw new Error('No session is open');
    const linesOfBatch = 500;
    const mostUnanswered = 8;
    const start = Date.now();
    const known = { seen: window.mock.sent.length, answered: 0 };
    let sent = 0;
    let batch = 1000;
    const first = batch;
    let frames = 0;
    let longestFrame = 0;
    let lastFrame = performance.now();
    let mostMemory = 0;
    let isOver = false;
    let isBlocked = blockedFor === undefined;

    const onFrame = (): void => {
      const now = performance.now();
      frames += 1;
      longestFrame = Math.max(longestFrame, now - lastFrame);
      lastFrame = now;
      mostMemory = Math.max(
        mostMemory,
        (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize,
      );
      if (!isOver) requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);

    const textOf = (from: number, count: number): string => {
      const packed: string[] = [];
      for (let index = from; index < from + count; index += 1) {
        const seconds = new Date(start + Math.floor(index / 1_000_000) * 1000).toISOString().slice(0, 19);
        const rest = String((index % 1_000_000) * 1000).padStart(9, '0');
        packed.push(`0o${seconds}.${rest}Z level=info caller=main.go:${index % 977} msg="request ${index}" ms=12`);
      }
      return packed.join('\n');
    };
    const answered = (): number => {
      const { sent: commands } = window.mock;
      for (; known.seen < commands.length; known.seen += 1) {
        const command = commands[known.seen];
        if (command?.name === 'logs:acknowledge' && command.input.session === session) known.answered += 1;
      }
      return known.answered;
    };

    const begin = performance.now();
    const channel = new MessageChannel();
    await new Promise<void>((resolve) => {
      channel.port1.onmessage = () => {
        const due = rate === 0 ? lines : Math.min(lines, (rate * (performance.now() - begin)) / 1000);
        if (sent < lines && batch - first - answered() < mostUnanswered && sent + linesOfBatch <= due) {
          batch += 1;
          const text = textOf(sent, linesOfBatch);
          sent += linesOfBatch;
          window.mock.emit('logs', {
            session,
            batch,
            lines: { services: ['grafana'], count: linesOfBatch, text },
            ended: false,
          });
        }
        if (!isBlocked && sent >= lines / 2) {
          isBlocked = true;
          const end = performance.now() + (blockedFor ?? 0);
          while (performance.now() < end);
        }
        if (sent >= lines && answered() >= batch - first) resolve();
        // A message, not a timer: those wait longer and longer.
        else if (sent + linesOfBatch > due || batch - first - known.answered >= mostUnanswered)
          setTimeout(() => channel.port2.postMessage(''), 1);
        else channel.port2.postMessage('');
      };
      channel.port2.postMessage('');
    });
    const seconds = (performance.now() - begin) / 1000;
    isOver = true;
    return { lines: sent, seconds, frames, longestFrame, mostMemory };
  }, request);
}
