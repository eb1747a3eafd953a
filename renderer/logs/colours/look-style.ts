// A look as CSS: the sixteen colours are tokens of the theme, others are fitted to both themes' grounds.
import type { CSSProperties } from 'react';
import { css, readableOn, type Rgb, rgbOf } from './readable.ts';
import { type Colour, type Look, trueColour } from './sgr.ts';

// The lines' ground in tokens.css, the row under the pointer and a mark on it included: those in the middle of the three.
const lightGround: Rgb = { red: 0xf0, green: 0xee, blue: 0xe9 };
const darkGround: Rgb = { red: 0x22, green: 0x27, blue: 0x2b };
const black: Rgb = { red: 0, green: 0, blue: 0 };

const known = new Map<string, CSSProperties>();
const mostKnown = 2000;

export function styleOf(look: Look): CSSProperties {
  const key = JSON.stringify(look);
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size > mostKnown) known.clear();
  const style = { ...coloursOf(look), ...lettersOf(look) };
  known.set(key, style);
  return style;
}

function lettersOf(look: Look): CSSProperties {
  const lines = [look.isUnderlined === true ? 'underline' : '', look.isStruck === true ? 'line-through' : ''];
  const decoration = lines.join(' ').trim();
  return {
    ...(look.isBold === true ? { fontWeight: 700 } : {}),
    ...(look.isItalic === true ? { fontStyle: 'italic' } : {}),
    ...(decoration === '' ? {} : { textDecoration: decoration }),
  };
}

function coloursOf({ ink, ground, isInverse, isFaint }: Look): CSSProperties {
  if (isInverse === true) return invertedColours(ink, ground);
  if (ground !== undefined) return onGround(ink, ground);
  if (ink === undefined) return isFaint === true ? { color: 'var(--ink-soft)' } : {};
  return { color: ink < trueColour ? `var(--sgr-${ink})` : fitted(ink) };
}

function invertedColours(ink: Colour | undefined, ground: Colour | undefined): CSSProperties {
  if (ink !== undefined) return onGround(ground, ink);
  return { color: 'var(--panel)', backgroundColor: 'var(--ink)' };
}

function fitted(ink: Colour): string {
  const wanted = rgbOf(ink);
  return `light-dark(${css(readableOn(wanted, lightGround))}, ${css(readableOn(wanted, darkGround))})`;
}

// A ground looks the same in both themes, so the ink needs no second colour.
function onGround(ink: Colour | undefined, ground: Colour): CSSProperties {
  const below = plainRgb(ground);
  const color = readableOn(ink === undefined ? black : plainRgb(ink), below);
  return { color: css(color), backgroundColor: css(below) };
}

// As terminals commonly draw the sixteen.
const sixteen = [
  ...[0x1b1f23, 0xb0271f, 0x19704a, 0x8b5a00, 0x2c4fa3, 0x7d3c98, 0x0e6f7c, 0xdedbd3],
  ...[0x6a6e73, 0xff8d83, 0x68c596, 0xe5b454, 0x9fbaf7, 0xd7a6ec, 0x6fd0dd, 0xffffff],
];

function plainRgb(colour: Colour): Rgb {
  return rgbOf(colour < trueColour ? (sixteen[colour] ?? 0) : colour);
}
