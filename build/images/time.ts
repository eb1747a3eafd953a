// Spans of time in words, and a voice that speaks up now and then.

export function spanOf(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

export function sayEvery(milliseconds: number, say: (span: string) => void): () => void {
  const started = performance.now();
  const timer = setInterval(() => say(spanOf(performance.now() - started)), milliseconds);
  return () => clearInterval(timer);
}
