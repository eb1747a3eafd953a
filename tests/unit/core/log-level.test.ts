import { describe, expect, it } from 'vitest';
import { type LogLevel, levelOf } from '../../../electron/core/log-level.ts';

const lines: readonly (readonly [LogLevel | undefined, string])[] = [
  // Pairs
  ['info', 'ts=2026-10-05T12:34:56.123Z caller=main.go:12 level=info msg="Starting"'],
  ['warn', 'level=warn ts=2026-10-05T12:34:56Z msg="slow"'],
  ['error', 't=2026-10-05T12:34:56+0000 lvl=eror msg="database is locked" logger=sqlstore'],
  ['error', 'logger=context t=2026 level="error" msg=x'],
  ['warn', 'severity=WARNING path=/'],
  ['info', 'a=b xlevel=error level=info'],
  ['info', 'sublevel=3 INFO done'],
  [undefined, 'the level=12 of water'],
  // JSON
  ['error', '{"level":"error","msg":"no"}'],
  ['warn', '{"time":"2026","severity":"WARNING","message":"x"}'],
  ['info', '{"asctime": "2026", "levelname": "INFO"}'],
  ['info', '{"level":30,"time":1,"pid":2,"msg":"pino"}'],
  ['fatal', '{"name":"bunyan","level":60}'],
  ['trace', '{"level":10}'],
  ['error', '{"version":"1.1","level":3,"short_message":"gelf"}'],
  ['warn', '{"@t":"2026","@mt":"x","@l":"Warning"}'],
  ['error', '{"@timestamp":"2026","log.level":"ERROR"}'],
  ['warn', '{"t":{"$date":"2026"},"s":"W","c":"NETWORK"}'],
  ['debug', '{"t":{"$date":"2026"},"s":"D2","c":"NETWORK"}'],
  [undefined, '{"msg":"level"}'],
  [undefined, '{"level":'],
  // Letters and numbers in front
  ['error', 'E0102 12:34:56.789012       1 server.go:12] failed'],
  ['info', 'I1231 00:00:00.000000       1 main.go:1] started'],
  ['error', '<3>kernel: something broke'],
  ['info', '<30>Oct 5 12:34:56 host daemon: fine'],
  [undefined, '<999>no priority'],
  // Words
  ['error', '2026/10/05 12:34:56 [error] 29#29: *1 open() failed'],
  ['info', '2026/10/05 12:34:56 [notice] 1#1: start worker process 29'],
  ['fatal', '2026/10/05 12:34:56 [emerg] 1#1: bind() failed'],
  ['info', '2026-10-05 12:34:56.123  INFO 1 --- [main] c.e.Application : Started'],
  ['warn', '[2026-10-05 12:34:56,123][WARN ][o.e.node] low disk'],
  ['info', '2026-10-05 12:34:56 UTC [1] LOG:  database system is ready'],
  ['fatal', '2026-10-05 12:34:56 UTC [1] FATAL:  role does not exist'],
  ['info', 'INFO[0000] logrus on a terminal'],
  ['warn', '\u001b[33mWARN\u001b[0m[0001] in colours'],
  ['error', '\u001b[2m2026-10-05T12:34:56Z\u001b[0m \u001b[31mERROR\u001b[0m crate: no'],
  ['warn', 'WARNING:root:python'],
  ['error', '[2026: ERROR/MainProcess] celery'],
  ['error', 'Error: Cannot find module'],
  ['warn', 'warning: unused variable'],
  ['info', 'info: Microsoft.Hosting.Lifetime[0]'],
  ['error', 'fail: Microsoft.Hosting.Lifetime[0]'],
  ['fatal', 'panic: runtime error: index out of range'],
  ['debug', '2026.10.05 12:34:56 [ 1 ] {} <Debug> Application: x'],
  ['debug', '12:34PM DBG zerolog'],
  ['info', '2026-10-05 INFO no ERROR was found'],
  // None
  [undefined, ''],
  [undefined, '127.0.0.1 - - [05/Oct/2026] "GET /ERROR HTTP/1.1" 200'],
  [undefined, 'an error was found in the middle'],
  [undefined, 'Information about the log'],
  [undefined, 'TERRORS and ERRORLESS'],
  [undefined, 'LOG of the day'],
  [undefined, `${'x '.repeat(200)}ERROR`],
  [undefined, '\u001b[\u001b[\u001b'],
];

describe('levelOf', () => {
  it.each(lines)('finds %s in %j', (level, text) => {
    expect(levelOf(text)).toBe(level);
  });

  it('reads only the beginning of a long line', () => {
    expect(levelOf(`level=warn ${'='.repeat(1_000_000)}`)).toBe('warn');
    expect(levelOf(`${'l='.repeat(500_000)} level=warn`)).toBeUndefined();
  });
});
