// Opens a bundle and finds each image in it. Anybody may have made the file.
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { FailureError } from '../../core/failure.ts';
import {
  type BundleIndex,
  type BundleRecord,
  indexBytes,
  indexPath,
  readBundleIndex,
} from '../../core/images/bundle-index.ts';
import type { BundleProblem } from '../../core/images/bundle-text.ts';
import { type FilePart, readWhole, TruncatedError } from './file-part.ts';
import { ArchiveError, listTar } from './tar-listing.ts';
import { readTarHeader, tarBlock } from './tar-header.ts';

export interface Bundle {
  readonly index: BundleIndex;
  part(record: BundleRecord): FilePart;
}

const mostEntries = 200;

// Closes it whatever happens, and says what is wrong with it as a failure of this file.
export async function withBundle<Result>(path: string, work: (bundle: Bundle) => Promise<Result>): Promise<Result> {
  let file: FileHandle | undefined;
  try {
    // Without waiting: a pipe would keep whoever opens it until somebody writes into it.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const found = await file.stat();
    if (!found.isFile()) throw bundleFailure(path, 'unreadable', 'it is no file');
    return await work(await readBundle(path, { file, offset: 0, sizeBytes: found.size }));
  } catch (error) {
    throw toFailure(error, path);
  } finally {
    await file?.close();
  }
}

async function readBundle(path: string, whole: FilePart): Promise<Bundle> {
  if (whole.sizeBytes < tarBlock) throw bundleFailure(path, 'not-a-bundle', 'it is too short');
  const first = readTarHeader(await readWhole({ ...whole, sizeBytes: tarBlock }));
  if (first?.path !== indexPath || first.sizeBytes > 4 * indexBytes) {
    throw bundleFailure(path, 'not-a-bundle', 'it does not begin as one');
  }
  const [indexEntry, ...entries] = await listTar(whole, mostEntries);
  if (indexEntry === undefined) throw bundleFailure(path, 'damaged', 'it is empty');
  const reading = readBundleIndex((await readWhole(indexEntry.content)).toString('utf8'));
  if (reading.kind === 'newer-format') throw bundleFailure(path, 'newer-format', '');
  if (reading.kind === 'damaged') throw bundleFailure(path, 'damaged', reading.detail);
  const { index } = reading;
  const parts = new Map(entries.map((entry) => [entry.path, entry]));
  const isAsIndexed = index.images.every(({ file, sizeBytes }) => {
    const entry = parts.get(file);
    return entry?.kind === '0' && entry.sizeBytes === sizeBytes;
  });
  if (!isAsIndexed || parts.size < entries.length || entries.length !== index.images.length) {
    throw bundleFailure(path, 'damaged', 'what is in it is not what its index says');
  }
  return {
    index,
    part(record) {
      const entry = parts.get(record.file);
      if (entry === undefined) throw new Error(`No ${record.file} in the bundle`);
      return entry.content;
    },
  };
}

export function bundleFailure(path: string, problem: BundleProblem, detail: string): FailureError {
  return new FailureError({ code: 'bundle-failed', path, problem, detail });
}

const words: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
};

function toFailure(error: unknown, path: string): unknown {
  if (error instanceof FailureError) return error;
  if (error instanceof ArchiveError || error instanceof TruncatedError) {
    return bundleFailure(path, 'damaged', error.message);
  }
  const { code, syscall } = error as { readonly code?: string; readonly syscall?: string };
  return code === undefined || syscall === undefined ? error : bundleFailure(path, 'unreadable', words[code] ?? code);
}
