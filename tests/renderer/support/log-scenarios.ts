// What services write, in the shapes that the Logs page tells apart.
import type { LogLine } from '../../../electron/core/engine-port.ts';
import type { Scenario } from '../mock-bridge.ts';
import { start } from './fixtures.ts';
import { hostileTexts, line, timestampAt } from './log-lines.ts';
import { scenarios } from './scenarios.ts';

function written(texts: readonly string[], services: readonly string[], rounds = 12): readonly LogLine[] {
  return Array.from({ length: rounds * texts.length }, (_, index) =>
    line(services[index % services.length] ?? 'loki', index, texts[index % texts.length]),
  );
}

function withLines(lines: readonly LogLine[], from: Scenario = scenarios.ready): Scenario {
  return { ...from, lines };
}

export const structuredTexts: readonly string[] = [
  '{"level":"info","ts":"2026-11-29T05:45:00Z","msg":"request done","http":{"method":"GET","status":200},"ms":12.4}',
  'level=warn ts=2026-11-29T05:45:01Z caller=ring.go:51 msg="instance joining ring" state=JOINING tokens=128',
  '{"severity":"ERROR","message":"cannot connect","error":"dial tcp 127.0.0.1:5432: connect: connection refused","attempt":3}',
  'level=debug msg="cache hit" key="user:42" size=1.2kB',
  'a line of plain words between them',
  '{"level":"fatal","msg":"giving up","stack":["main.go:12","run.go:40"],"last":null}',
];

export const colouredTexts: readonly string[] = [
  '\u001b[32mINFO\u001b[0m  server \u001b[1mlistening\u001b[0m on \u001b[4mhttp://127.0.0.1:3000\u001b[0m',
  '\u001b[33mWARN\u001b[0m  \u001b[2mslow query\u001b[0m took \u001b[33;1m1.8 s\u001b[0m',
  '\u001b[31mERROR\u001b[0m \u001b[97;41m FAIL \u001b[0m tests/unit \u001b[31m3 failed\u001b[0m, \u001b[32m41 passed\u001b[0m',
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]
    .map((n) => `\u001b[38;5;${n}m${n} \u001b[48;5;${n}m #\u001b[0m`)
    .join(' '),
  '\u001b[38;2;255;255;0myellow\u001b[0m \u001b[38;2;10;10;40mnight\u001b[0m \u001b[38;5;208morange\u001b[0m \u001b[7minverse\u001b[0m \u001b[3mitalic\u001b[0m \u001b[9mstruck\u001b[0m',
];

export const longTexts: readonly string[] = [
  'short',
  `a line that is too long for any window: ${'and goes on, '.repeat(40)}until here`,
  `${'0123456789abcdef'.repeat(60)}`,
  `漢字と仮名が混ざった長い行です。`.repeat(20),
];

const bombs: readonly string[] = [
  '\u001b[31mx\u001b[42my\u001b[0m'.repeat(20_000),
  '\u001b[38;5;1m'.repeat(50_000),
  '\u001b]0;'.repeat(10_000),
  `{"a":${'{"a":'.repeat(2000)}1${'}'.repeat(2001)}`,
  `${'k=v '.repeat(5000)}`,
  '\u0000\u0001\u0002\u0003 binary \u007f\u0080\ufffd\ufffe',
  'Z̶͑̇a̷l̸g̵o̶'.repeat(300),
];

// Of the failure that the services page shows: the moment is in the middle of these.
export const failedAt = start - 64_000;
const failing = Array.from({ length: 400 }, (_, index): LogLine => {
  const at = failedAt + (index - 250) * 1000;
  const text =
    index === 249
      ? 'level=error caller=main.go:73 msg="validating config" err="invalid schema config"'
      : `level=info caller=head.go:${index} msg="checkpoint done" duration=${index % 50}ms`;
  return { service: 'loki', stream: index === 249 ? 'stderr' : 'stdout', timestamp: timestampAt(at), text };
});

export const logScenarios = {
  structured: withLines(written(structuredTexts, ['loki', 'tempo', 'grafana'])),
  coloured: withLines(written(colouredTexts, ['grafana', 'loki'])),
  long: withLines(written(longTexts, ['loki', 'alloy'], 20)),
  bombs: withLines(written([...bombs, ...hostileTexts], ['loki', 'grafana'], 2)),
  failing: withLines(failing, scenarios.failed),
} as const satisfies Record<string, Scenario>;

export type LogScenarioName = keyof typeof logScenarios;
