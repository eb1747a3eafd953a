// A time as people type it: 14:05, 14:05:09, 2026-11-29 14:05, by the wall clock of this machine.
const pattern = /^(?:(\d{4})-(\d{1,2})-(\d{1,2})[ T]+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?$/;
const day = 24 * 60 * 60_000;

// Milliseconds since 1970. Without a date: the last time the clock showed it. undefined: it is no time.
export function parseMoment(typed: string, now: number): number | undefined {
  const found = pattern.exec(typed.trim());
  if (found === null) return undefined;
  const [, year, month, date, ...clock] = found;
  const [hour = 0, minute = 0, second = 0] = clock.map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const millisecond = Number((clock[3] ?? '0').padEnd(3, '0'));
  if (year === undefined) {
    const moment = new Date(now).setHours(hour, minute, second, millisecond);
    return moment <= now ? moment : new Date(now - day).setHours(hour, minute, second, millisecond);
  }
  const moment = new Date(Number(year), Number(month) - 1, Number(date), hour, minute, second, millisecond);
  // The 31st of a shorter month would be another day.
  return moment.getMonth() === Number(month) - 1 && moment.getDate() === Number(date) ? moment.getTime() : undefined;
}
