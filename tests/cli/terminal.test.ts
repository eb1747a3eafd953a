// What a person at a terminal sees, and what a pipe gets instead.
import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { macula, program, startInTerminal, startMacula } from './support/macula.ts';
import { useStack } from './support/stack.ts';

const needsStack = useStack();
let hasTerminal = false;

beforeAll(() => {
  hasTerminal = spawnSync('script', ['--version'], { stdio: 'ignore' }).status === 0;
});

function needsTerminal(context: TestContext): void {
  needsStack(context);
  context.skip(!hasTerminal, 'script of util-linux, which makes a terminal, is not installed');
}

// What is left on the screen when all that was printed has been drawn, for the few movements that are used.
function screen(text: string): readonly string[] {
  const lines = [''];
  let row = 0;
  for (const part of text.replaceAll('\r', '').split(/(\n|\u001b\[\d*[AJK]|\u001b\[\d+m)/)) {
    if (part === '\n') {
      row += 1;
      lines[row] ??= '';
    } else if (part.endsWith('A') && part.startsWith('\u001b[')) row -= Number(part.slice(2, -1));
    else if (part === '\u001b[J') lines.splice(row, lines.length, '');
    else if (part !== '' && !part.startsWith('\u001b')) lines[row] = part;
  }
  return lines;
}

describe('a terminal', () => {
  test('shows up as one picture that is drawn anew, and the links at the end', async (context) => {
    needsTerminal(context);
    const { code, stdout } = await startInTerminal(['up']).ended;
    expect(code).toBe(0);
    expect(stdout).toContain('\u001b[8A');
    expect(stdout).toContain('\u001b[36mstarting\u001b[39m');
    const left = screen(stdout);
    expect(left[0]).toBe('All 7 services are ready');
    expect(left.some((line) => line.includes('http://grafana.macula.localhost:8080/'))).toBe(true);
    expect(left.some((line) => line.startsWith('Starting,'))).toBe(false);
    // Nothing that was drawn is wider than the terminal.
    const widest = Math.max(
      ...stdout
        .replaceAll(/\u001b\[\d*[A-Za-z]/g, '')
        .split(/[\r\n]+/)
        .filter((line) => !line.startsWith('Note'))
        .map((line) => line.length),
    );
    expect(widest).toBeLessThanOrEqual(100);
  });

  test('has colours, unless they are refused', async (context) => {
    needsTerminal(context);
    expect((await startInTerminal(['status']).ended).stdout).toContain('\u001b[32mready\u001b[39m');
    const refused = await startInTerminal(['status'], { environment: { NO_COLOR: '1' } }).ended;
    expect(refused.stdout).not.toContain('\u001b');
    expect((await macula(['status'], { environment: { FORCE_COLOR: '1' } })).stdout).toContain('\u001b[32mready');
  });

  test('is asked before data goes, and "no" changes nothing', async (context) => {
    needsTerminal(context);
    const down = startInTerminal(['down', '--volumes']);
    await down.until(/Go on\? \[y\/N\]/);
    for (const name of ['alloy-data', 'grafana-data', 'loki-data', 'prometheus-data', 'tempo-data'])
      expect(down.text()).toContain(name);
    down.process.stdin?.write('n\r');
    const { code, stdout } = await down.ended;
    expect(code).toBe(1);
    expect(stdout).toContain('Nothing was done.');
    expect((await macula(['plan'])).stdout).toBe('nothing to do\n');
  });
});

describe('a pipe', () => {
  test('that is closed early ends logs --follow in silence', async (context) => {
    needsStack(context);
    const logs = startMacula(['logs', '--follow']);
    await logs.until(/ \| /);
    logs.process.stdout?.destroy();
    // The next line finds nobody there.
    await fetch('http://127.0.0.1:8080/a-line').catch(() => undefined);
    const { code, stderr } = await logs.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('that is read slowly loses nothing', async (context) => {
    needsStack(context);
    const slow = spawnSync('sh', ['-c', `"${process.execPath}" "${program}" logs | (sleep 1; wc -l)`], {
      encoding: 'utf8',
    });
    const all = (await macula(['logs'])).stdout.split('\n').length - 1;
    // Lines that came in between may make it more.
    expect(all - Number(slow.stdout)).toBeLessThan(20);
    expect(Number(slow.stdout)).toBeGreaterThan(20);
  });

  test('down answers on a terminal with the data gone', async (context) => {
    needsTerminal(context);
    const down = startInTerminal(['down', '--volumes']);
    await down.until(/Go on\? \[y\/N\]/);
    down.process.stdin?.write('y\r');
    const { code, stdout } = await down.ended;
    expect(code).toBe(0);
    expect(stdout).toContain('The stack and its data are gone.');
  });
});
