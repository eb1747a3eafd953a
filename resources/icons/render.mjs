// Draws the PNG files beside their SVG sources. Run by hand after a change of a source; needs rsvg-convert (librsvg2-bin).
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;

/** @param {string} source @param {string} target @param {number} size */
function render(source, target, size) {
  execFileSync('rsvg-convert', ['--width', String(size), '--height', String(size), '--output', target, source]);
}

for (const file of readdirSync(join(folder, 'tray')).filter((name) => name.endsWith('.svg'))) {
  const base = join(folder, 'tray', file.slice(0, -'.svg'.length));
  render(`${base}.svg`, `${base}.png`, 22);
  // Found by its name on screens with twice the pixels.
  render(`${base}.svg`, `${base}@2x.png`, 44);
}
render(join(folder, 'app/macula.svg'), join(folder, 'app/macula.png'), 512);
// For menus and docks, by the names that the icon theme and electron-builder go by.
for (const size of [16, 22, 24, 32, 48, 64, 128, 256, 512]) {
  render(join(folder, 'app/macula.svg'), join(folder, `desktop/${size}x${size}.png`), size);
}
