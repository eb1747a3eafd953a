import { expect, test } from 'vitest';
import { parsePlainAnswer } from '../../../electron/core/plain-answer.ts';

test.each([
  ['HTTP/1.1 200 OK\r\nServer: a\r\n\r\nready\r\n\r\nyes', { status: 200, body: 'ready\r\n\r\nyes' }],
  ['HTTP/1.0 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n', { status: 503, body: '' }],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', undefined],
  ['HTTP/1.1 200 OK\r\nServer: a\r\n', undefined],
  ['SSH-2.0-OpenSSH\r\n\r\n', undefined],
  ['', undefined],
])('%j', (text, expected) => {
  expect(parsePlainAnswer(text)).toEqual(expected);
});
