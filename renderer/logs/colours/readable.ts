// Colours that a stranger chose, moved towards black or white until they can be read on a ground (WCAG 2.2, 4.5 to 1).

export interface Rgb {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

const enough = 4.6;
const black: Rgb = { red: 0, green: 0, blue: 0 };
const white: Rgb = { red: 255, green: 255, blue: 255 };

export function rgbOf(colour: number): Rgb {
  return { red: (colour >> 16) & 255, green: (colour >> 8) & 255, blue: colour & 255 };
}

export function readableOn(ink: Rgb, ground: Rgb): Rgb {
  if (contrast(ink, ground) >= enough) return ink;
  const end = contrast(black, ground) >= contrast(white, ground) ? black : white;
  for (let share = 0.1; share < 1; share += 0.1) {
    const mixed = mix(ink, end, share);
    if (contrast(mixed, ground) >= enough) return mixed;
  }
  return end;
}

export function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((first, second) => first - second);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

export function css({ red, green, blue }: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}

function mix(one: Rgb, other: Rgb, share: number): Rgb {
  const part = (from: number, to: number) => Math.round(from + (to - from) * share);
  return { red: part(one.red, other.red), green: part(one.green, other.green), blue: part(one.blue, other.blue) };
}

function luminance({ red, green, blue }: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(value: number): number {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
