// ISO 8601 with up to nine digits after the second -> milliseconds since 1970 with the rest as a fraction.
// Engines differ in trailing zeros and zones, so the texts themselves cannot be compared.
const pattern = /^(.*T\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)?$/;

export function lineTime(timestamp: string): number {
  const match = pattern.exec(timestamp);
  if (match === null) return Number.NaN;
  const seconds = Date.parse(`${match[1]}${match[3] ?? 'Z'}`);
  return seconds + Number(`0.${match[2] ?? '0'}`) * 1000;
}

const two = (value: number) => String(value).padStart(2, '0');

// The wall clock of this machine.
export function clockWords(time: number): string {
  if (Number.isNaN(time)) return '--:--:--.---';
  const date = new Date(time);
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
