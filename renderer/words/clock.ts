const two = (value: number) => String(value).padStart(2, '0');

// '15:40', by the wall clock of this machine.
export function clockTime(time: number): string {
  const date = new Date(time);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}
