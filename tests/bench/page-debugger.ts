// Looks into the app's page from outside, as Chromium's developer tools do. The driver of the tests cannot be used where
// it matters whether the page is seen: it lets each page believe so.
import { waitUntil } from '../e2e/wait-until.ts';

export interface PageDebugger {
  // An expression, or a promise of one, that is told as JSON.
  evaluate(expression: string): Promise<unknown>;
  close(): void;
}

interface Target {
  readonly type: string;
  readonly webSocketDebuggerUrl: string;
}

interface Answer {
  readonly id?: number;
  readonly result?: { readonly result?: { readonly value?: unknown }; readonly exceptionDetails?: unknown };
}

// The app was started with --remote-debugging-port.
export async function debugPage(port: number): Promise<PageDebugger> {
  const target = await waitUntil(
    'a page to look into',
    async () => {
      const targets = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as readonly Target[];
      return targets.find(({ type }) => type === 'page');
    },
    30,
  );
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  // A page that is gone answers nothing any more.
  socket.addEventListener('close', () => {
    for (const answer of waiting.values()) answer({});
  });
  let lastId = 0;
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer;
    waiting.get(answer.id ?? 0)?.(answer);
    waiting.delete(answer.id ?? 0);
  });
  return {
    async evaluate(expression) {
      if (socket.readyState !== WebSocket.OPEN) throw new Error('The page is gone');
      lastId += 1;
      const id = lastId;
      const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
      const params = { expression, awaitPromise: true, returnByValue: true };
      socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }));
      const { result } = await answered;
      if (result?.exceptionDetails !== undefined) throw new Error(JSON.stringify(result.exceptionDetails));
      return result?.result?.value;
    },
    close: () => socket.close(),
  };
}
