import { encode } from 'uqr';

export interface QrDrawing {
  // Modules on a side, with the quiet zone.
  readonly size: number;
  // The dark modules as one SVG path, one unit a module.
  readonly path: string;
}

// As the standard asks: scanners find no code without it.
const quietZone = 4;

export function qrDrawing(text: string): QrDrawing {
  const { data, size } = encode(text, { ecc: 'M', border: quietZone });
  const parts: string[] = [];
  data.forEach((row, y) => {
    let x = 0;
    while (x < row.length) {
      let end = x;
      while (row[end] === true) end += 1;
      if (end > x) parts.push(`M${x} ${y}h${end - x}v1h-${end - x}z`);
      x = end + 1;
    }
  });
  return { size, path: parts.join('') };
}
