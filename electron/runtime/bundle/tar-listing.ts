// What is where in a tar archive that lies in a file. Hostile ones are expected: nothing is unpacked by its name.
import { type FilePart, readWhole } from './file-part.ts';
import { readTarHeader, tarBlock, type TarEntry, tarPadding } from './tar-header.ts';

export interface ListedEntry extends TarEntry {
  readonly content: FilePart;
}

// What cannot be read as what it should be; the words follow "the file: ".
export class ArchiveError extends Error {}

// In order. Further headers (kinds x and g) are passed over: what they rename is not found under any name.
export async function listTar(archive: FilePart, mostEntries: number): Promise<readonly ListedEntry[]> {
  const entries: ListedEntry[] = [];
  for (let at = 0; at + tarBlock <= archive.sizeBytes; ) {
    const { file } = archive;
    const block = await readWhole({ file, offset: archive.offset + at, sizeBytes: tarBlock });
    if (block.every((byte) => byte === 0)) return entries;
    const header = readTarHeader(block);
    if (header === undefined) throw new ArchiveError('it is no tar archive, or a damaged one');
    at += tarBlock;
    if (at + header.sizeBytes > archive.sizeBytes) throw new ArchiveError('it ends too early');
    if (entries.length === mostEntries) throw new ArchiveError('it has too many entries');
    const content = { file, offset: archive.offset + at, sizeBytes: header.sizeBytes };
    entries.push({ ...header, content });
    at += header.sizeBytes + tarPadding(header.sizeBytes);
  }
  throw new ArchiveError('it ends too early');
}
