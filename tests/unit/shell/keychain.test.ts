// Against both halves of Electron's interface, each as a stand-in; the real one with a real keyring is in tests/e2e.
import { describe, expect, it } from 'vitest';
import { createKeychain, type SafeStorage } from '../../../electron/shell/keychain.ts';

const turned = (mark: string, text: string) => Buffer.from(mark + Buffer.from(text).toString('hex'));
const back = (bytes: Buffer) => Buffer.from(bytes.toString().slice(3), 'hex').toString();

function older(backend: string, mark = 'v11', isAvailable = true): SafeStorage {
  return {
    getSelectedStorageBackend: () => backend,
    isEncryptionAvailable: () => isAvailable,
    encryptString: (text) => turned(mark, text),
    decryptString: back,
  };
}

function newer(backend: string, mark = 'v11'): SafeStorage {
  return {
    getSelectedStorageBackend: () => backend,
    isAsyncEncryptionAvailable: async () => true,
    encryptStringAsync: async (text) => turned(mark, text),
    decryptStringAsync: async (bytes) => ({ result: back(bytes) }),
  };
}

function keychainOf(storage: SafeStorage, platform: NodeJS.Platform = 'linux') {
  const log: string[] = [];
  return { log, ...createKeychain({ storage, platform, log: (line) => log.push(line) }) };
}

describe('the keychain', () => {
  it.each([older('gnome_libsecret'), newer('kwallet6')])('gives back what it was given', async (storage) => {
    const keychain = keychainOf(storage);
    const text = await keychain.encrypt('a sécret');
    expect(text).toMatch(/^[A-Za-z0-9+/=]+$/);
    expect(Buffer.from(text ?? '', 'base64').toString()).not.toContain('a sécret');
    expect(await keychain.decrypt(text ?? '')).toBe('a sécret');
    expect(keychain.log).toEqual([]);
  });

  it.each(['basic_text', 'unknown'])('is none where Electron has only its own key: %s', async (backend) => {
    const keychain = keychainOf(older(backend));
    expect(keychain.isThere()).toBe(false);
    expect(await keychain.encrypt('secret')).toBeUndefined();
  });

  it.each([older('gnome_libsecret', 'v10'), newer('gnome_libsecret', 'v10')])(
    'is none where the text turns out to be scrambled with that key all the same',
    async (storage) => {
      expect(await keychainOf(storage).encrypt('secret')).toBeUndefined();
    },
  );

  it('has that mark on a Mac, where it means the real one', async () => {
    expect(await keychainOf(older('', 'v10'), 'darwin').encrypt('secret')).toBeDefined();
  });

  it('that does not open, or breaks, gives nothing, and logs no secret', async () => {
    const closed = keychainOf(older('gnome_libsecret', 'v11', false));
    expect(closed.isThere()).toBe(true);
    expect(await closed.encrypt('secret')).toBeUndefined();
    const broken = keychainOf({
      ...older('gnome_libsecret'),
      decryptString: () => {
        throw new Error('Error while decrypting the ciphertext');
      },
    });
    expect(await broken.decrypt('secret')).toBeUndefined();
    expect([...closed.log, ...broken.log].join('\n')).toContain('could not');
    expect([...closed.log, ...broken.log].join('\n')).not.toContain('secret');
  });
});
