// ISO 8601 with up to nine digits after the second -> milliseconds since 1970 with the rest as a fraction.
// Engines differ in trailing zeros and zones, so the texts themselves cannot be compared.
const pattern = /^(.*T\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)?$/;

// Lines that follow each other are mostly of the same second.
let knownSecond = '';
let knownTime = 0;
const secondLength = 19;

export function lineTime(timestamp: string): number {
  if (timestamp.length > secondLength && timestamp.endsWith('Z') && timestamp.charCodeAt(secondLength) === dot) {
    const second = timestamp.slice(0, secondLength);
    if (second === knownSecond) return knownTime + Number(timestamp.slice(secondLength, -1)) * 1000;
    knownTime = slowLineTime(`${second}Z`);
    knownSecond = Number.isNaN(knownTime) ? '' : second;
  }
  return slowLineTime(timestamp);
}

const dot = 46;

function slowLineTime(timestamp: string): number {
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
