// Asks again until there is an answer. Says what was waited for, and what was there instead, when there is none.
export async function waitUntil<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  seconds: number,
  instead?: () => Promise<string> | string,
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  let lastError: Error | undefined;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
      lastError = undefined;
    } catch (error) {
      lastError = error instanceof Error ? error : new Error(JSON.stringify(error));
    }
    if (performance.now() > end) break;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  const shown = await Promise.resolve(instead?.()).catch((error: unknown) => String(error));
  throw new Error(
    [`Waited ${seconds} s in vain: ${what}`, shown, lastError?.message].filter((line) => line !== undefined).join('\n'),
  );
}
