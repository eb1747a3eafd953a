// Passwords that the app keeps: in a file that only its user may read, as ciphertext of the desktop's keychain where
// there is one. Nothing of it goes anywhere else.
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Keychain, KeptSecret, SecretStore } from './runtime-parts.ts';
import { writeAtomically } from './write-atomically.ts';

interface Entry {
  readonly kept: 'keychain' | 'file';
  // Base64 of what the keychain made of it, or the password itself.
  readonly value: string;
  readonly container?: string;
}

const ownerOnly = 0o600;

export function secretsFile({
  directory,
  keychain,
}: {
  readonly directory: string;
  readonly keychain?: Keychain | undefined;
}): SecretStore {
  const path = join(directory, 'secrets.json');

  function find(): Entry | undefined {
    const { grafana } = readAll();
    return isEntry(grafana) ? grafana : undefined;
  }

  // What is not ours to judge stays.
  function readAll(): Readonly<Record<string, unknown>> {
    try {
      const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
      return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
    } catch {
      return {};
    }
  }

  function write(entry: Entry): void {
    writeAtomically(path, `${JSON.stringify({ ...readAll(), grafana: entry }, undefined, '\t')}\n`, ownerOnly);
    // A file that somebody else made readable is so no more.
    chmodSync(path, ownerOnly);
  }

  return {
    path,
    wouldKeep: () => (keychain?.isThere() === true ? 'keychain' : 'file'),
    kept: () => find()?.kept ?? 'nowhere',
    settledIn: () => find()?.container,
    async read(): Promise<KeptSecret> {
      const entry = find();
      if (entry === undefined) return { kind: 'none' };
      const password = entry.kept === 'file' ? entry.value : await keychain?.decrypt(entry.value);
      return password === undefined ? { kind: 'closed' } : { kind: 'known', password };
    },
    async keep(password) {
      const ciphertext = await keychain?.encrypt(password);
      write(ciphertext === undefined ? { kept: 'file', value: password } : { kept: 'keychain', value: ciphertext });
    },
    settle(container) {
      const entry = find();
      if (entry !== undefined && entry.container !== container) write({ ...entry, container });
    },
  };
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { kept, value: text } = value as Partial<Record<keyof Entry, unknown>>;
  return (kept === 'keychain' || kept === 'file') && typeof text === 'string';
}
