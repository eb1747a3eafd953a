import { expect, test } from 'vitest';
import { parsePlainAnswer } from '../../../electron/core/plain-answer.ts';

test.each([
  ['HTTP/1.1 200 OK\r\nServer: a\r\n\r\nready\r\n\r\nyes', { status: 200, body: 'ready\r\n\r\nyes' }],
  ['HTTP/1.0 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n', { status: 503, body: '' }],
  ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nready', { status: 200, body: 'ready' }],
  ['HTTP/1.1 200 OK\r\ncontent-length:6\r\n\r\nready', undefined],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', undefined],
  ['HTTP/1.1 200 OK\r\nServer: a\r\n', undefined],
  ['SSH-2.0-OpenSSH\r\n\r\n', undefined],
  ['', undefined],
])('%j at the end', (bytes, expected) => {
  expect(parsePlainAnswer(bytes, true)).toEqual(expected);
});

test.each([
  ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nready', { status: 200, body: 'ready' }],
  ['HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nready', undefined],
  ['HTTP/1.1 200 OK\r\nServer: a\r\n\r\nready', undefined],
])('%j as long as more may come', (bytes, expected) => {
  expect(parsePlainAnswer(bytes, false)).toEqual(expected);
});

test.each(['Content-Length: 1000', 'Server: a'])('no more than what is wanted is waited for (%s)', (line) => {
  expect(parsePlainAnswer(`HTTP/1.1 200 OK\r\n${line}\r\n\r\nready and more`, false, 5)).toEqual({
    status: 200,
    body: 'ready',
  });
});
