// What happened when the root program refuses, in a title.
import type { RefusalCode } from './host-request.ts';

export const hostTitles: Readonly<Record<RefusalCode, string>> = {
  'bad-request': 'The root program did not understand this version of Macula',
  'not-root': 'Only root may change this',
  busy: 'Another change of this machine is under way',
  stale: 'This machine changed since the preview',
  'unsafe-file': 'A file cannot be changed safely',
  'foreign-file': "A file is in the way that is not Macula's",
  'damaged-block': "Macula's lines in the hosts file were damaged",
  'missing-program': 'A program is missing',
  'no-service-manager': 'This needs systemd',
  'disk-full': 'The disk is full',
  'rolled-back': 'It did not work, and was taken back',
  unexpected: 'The root program failed',
};
