import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { mostBytes, ProgramOutput } from '../../../electron/engine/output.ts';

function frame(text: string | Buffer, stream: 1 | 2 = 1): Buffer {
  const content = Buffer.from(text as string);
  const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(content.length, 4);
  return Buffer.concat([header, content]);
}

function textOf(chunks: readonly Buffer[]): string {
  const output = new ProgramOutput();
  for (const chunk of chunks) output.push(chunk);
  return output.text();
}

test('both outputs come together as they were written, wherever the chunks end', () => {
  const written = '2026-11-24T12:34:56.123456789Z größer\nno end';
  const all = Buffer.concat([frame('first\n'), frame('wrong\n', 2), frame(''), frame(written)]);
  for (let at = 0; at <= all.length; at += 1) {
    expect(textOf([all.subarray(0, at), all.subarray(at)]), `cut at ${at}`).toBe(`first\nwrong\n${written}`);
  }
  expect(textOf(Array.from(all, (byte) => Buffer.from([byte])))).toBe(`first\nwrong\n${written}`);
});

test('a character that two frames share is one', () => {
  const character = Buffer.from('ü');
  expect(textOf([frame(character.subarray(0, 1)), frame(character.subarray(1))])).toBe('ü');
});

test('nothing is said', () => {
  expect(textOf([])).toBe('');
  expect(textOf([frame('')])).toBe('');
});

test.each([1, 7, 8192, 1_000_000])('the end is kept, in frames of %i bytes', (size) => {
  const whole = Array.from({ length: 60_000 }, (_unused, index) => `${index}\n`).join('');
  const bytes = Buffer.from(whole);
  const output = new ProgramOutput();
  for (let at = 0; at < bytes.length; at += size) output.push(frame(bytes.subarray(at, at + size)));
  expect(output.text()).toBe(whole.slice(-mostBytes));
});

test('no character is cut in two where the text begins', () => {
  const text = textOf([frame(`${'ü'.repeat(mostBytes)}x`)]);
  expect(text === `${'ü'.repeat(mostBytes / 2 - 1)}x`).toBe(true);
});
