import { expect, test } from 'vitest';
import { failureText } from '../../../electron/core/failure-text.ts';
import { writeTrouble } from '../../../electron/core/write-trouble.ts';

test.each([
  ['ENOSPC: no space left on device, write', 'no room is left on that disk', 'Make room on that disk'],
  ['EDQUOT', 'no room is left on that disk', 'Make room on that disk'],
  ['EACCES', 'this user may not write there', 'Repair owner and permissions'],
  ['EROFS: read-only file system', 'that disk is mounted read-only', 'Mount it'],
  ['ENOTDIR', 'a file stands where a folder belongs', 'Move that file away'],
  ['something else', 'something else', 'Make room on the disk or repair the permissions'],
])('%s', (detail, words, nextStep) => {
  const trouble = writeTrouble(detail);
  expect(trouble.words).toBe(words);
  expect(trouble.nextStep).toContain(nextStep);
});

test('settings that cannot be written come with the advice that fits', () => {
  const text = failureText({ code: 'settings-unwritable', path: '/s', detail: 'EACCES: permission denied, open' });
  expect(text.nextStep).toContain('permissions');
  expect(text.nextStep).not.toContain('room');
});
