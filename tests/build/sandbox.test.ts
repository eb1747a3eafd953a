import { describe, expect, test } from 'vitest';
import { sandboxObstacle, type SandboxFacts } from '../../build/electron-runtime.mjs';

const restricted = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';
const helper = '/opt/electron/chrome-sandbox';

function obstacle(facts: Partial<SandboxFacts> & { readonly files?: Readonly<Record<string, string>> }) {
  return sandboxObstacle('/opt/electron/electron', {
    platform: 'linux',
    userId: 1000,
    stat: (path) => (path === helper ? { uid: 1000, mode: 0o100755 } : undefined),
    readText: (path) => facts.files?.[path],
    canUnshare: () => true,
    ...facts,
  });
}

describe("Chromium's sandbox", () => {
  test('is on where namespaces can be used', () => {
    expect(obstacle({})).toBeUndefined();
    expect(obstacle({ files: { [restricted]: '0\n' } })).toBeUndefined();
  });

  test('is off where AppArmor makes namespaces useless, although one can be made', () => {
    const words = obstacle({ files: { [restricted]: '1\n' } });
    expect(words).toContain('kernel.apparmor_restrict_unprivileged_userns is 1');
    expect(words).toContain(`sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`);
  });

  test('is off where no namespace can be made', () => {
    expect(obstacle({ canUnshare: () => false })).toContain('no ordinary user make namespaces. To switch it on: sudo');
    expect(obstacle({ canUnshare: () => false, stat: () => undefined })).not.toContain('sudo');
  });

  test("needs nothing of that with a helper that is root's", () => {
    const stat = () => ({ uid: 0, mode: 0o104755 });
    expect(obstacle({ files: { [restricted]: '1' }, canUnshare: () => false, stat })).toBeUndefined();
    expect(obstacle({ canUnshare: () => false, stat: () => ({ uid: 1000, mode: 0o104755 }) })).toBeDefined();
  });

  test('is off for root, and no question elsewhere', () => {
    expect(obstacle({ userId: 0 })).toBe('it does not work for root');
    expect(obstacle({ platform: 'darwin', userId: 501, canUnshare: () => false })).toBeUndefined();
  });
});
