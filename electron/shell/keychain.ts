// The desktop's keychain by way of Electron. What Electron makes of a text without one is scrambled with a key that
// everybody has: that is none.
import type { Keychain } from '../runtime/runtime-parts.ts';

// What is used of Electron's safeStorage. Versions from 46 on have the asynchronous half only, older ones the other.
export interface SafeStorage {
  getSelectedStorageBackend(): string;
  isEncryptionAvailable?(): boolean;
  encryptString?(text: string): Buffer;
  decryptString?(encrypted: Buffer): string;
  isAsyncEncryptionAvailable?(): Promise<boolean>;
  encryptStringAsync?(text: string): Promise<Buffer>;
  decryptStringAsync?(encrypted: Buffer): Promise<{ readonly result: string }>;
}

interface Parts {
  readonly storage: SafeStorage;
  readonly platform: NodeJS.Platform;
  readonly log: (line: string) => void;
}

export function createKeychain({ storage, platform, log }: Parts): Keychain {
  const isThere = (): boolean =>
    platform !== 'linux' || !['basic_text', 'unknown'].includes(storage.getSelectedStorageBackend());

  async function attempt<Result>(what: string, work: () => Promise<Result>): Promise<Result | undefined> {
    if (!isThere()) return undefined;
    try {
      if (await isOpen(storage)) return await work();
      log(`The keychain could not ${what}: it does not open`);
    } catch (error) {
      // Its own words, which never repeat what it was given.
      log(`The keychain could not ${what}: ${error instanceof Error ? error.message : 'no reason given'}`);
    }
    return undefined;
  }

  return {
    isThere,
    encrypt: (secret) =>
      attempt('keep a password', async () => {
        const encrypted = await encrypt(storage, secret);
        return platform === 'linux' && isScrambled(encrypted) ? undefined : encrypted.toString('base64');
      }),
    decrypt: (text) => attempt('give a password back', () => decrypt(storage, Buffer.from(text, 'base64'))),
  };
}

// Chromium's mark of a text that was encrypted with the key that is built in.
function isScrambled(encrypted: Buffer): boolean {
  return encrypted.subarray(0, 3).toString('latin1') === 'v10';
}

async function isOpen(storage: SafeStorage): Promise<boolean> {
  if (storage.isAsyncEncryptionAvailable !== undefined) return storage.isAsyncEncryptionAvailable();
  return storage.isEncryptionAvailable?.() === true;
}

async function encrypt(storage: SafeStorage, text: string): Promise<Buffer> {
  if (storage.encryptStringAsync !== undefined) return storage.encryptStringAsync(text);
  if (storage.encryptString === undefined) throw new Error('it takes nothing');
  return storage.encryptString(text);
}

async function decrypt(storage: SafeStorage, encrypted: Buffer): Promise<string> {
  if (storage.decryptStringAsync !== undefined) return (await storage.decryptStringAsync(encrypted)).result;
  if (storage.decryptString === undefined) throw new Error('it gives nothing back');
  return storage.decryptString(encrypted);
}
