// Who may be told a password: only what a container of the stack listens for.
import { expect, test } from 'vitest';
import { isHeldByStack } from '../../../electron/core/telemetry/doors.ts';
import { allRunning, smallStack } from './fixtures.ts';

const running = allRunning(smallStack());
const [container] = running.containers;
const door = { origin: 'http://127.0.0.1:9080' };
const listener = { address: '127.0.0.1', port: 9080, owner: '' };

test.each([
  ['a container of the stack', { ...listener, containerId: container?.id ?? 'none' }, true],
  ['the same one on all addresses', { ...listener, address: '0.0.0.0', containerId: container?.id ?? 'none' }, true],
  ['another container', { ...listener, containerId: 'of-somebody-else' }, false],
  ['another program', listener, false],
  ['nobody', { ...listener, port: 9081, containerId: container?.id ?? 'none' }, false],
] as const)('a door is held by %s', (_name, found, expected) => {
  expect(container).toBeDefined();
  expect(isHeldByStack(door, { ...running, listeners: [found] })).toBe(expected);
});

test('of a stack that was not seen nothing is held', () => {
  expect(isHeldByStack(door, undefined)).toBe(false);
});
