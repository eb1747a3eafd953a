import { expect, test } from 'vitest';
import { checkText, switchedOff } from '../../../electron/cli/config-text.ts';
import { plain } from '../../../electron/cli/paint.ts';
import { snapshotOf } from './snapshots.ts';

test('a service that is switched off is named as unchecked', () => {
  const { services } = snapshotOf([{ id: 'loki' }, { id: 'tempo', enabled: false }]);
  const asked = { service: 'loki', result: 'accepted', words: '', overrides: [], milliseconds: 80 } as const;
  const text = checkText({ services: [asked, ...switchedOff(services)], ignored: [], strays: [] }, plain);
  expect(text).toBe('loki   accepted in 80 ms\ntempo  unchecked  It is switched off in Settings.\n');
});
