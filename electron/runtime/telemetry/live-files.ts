// Files that change while a container runs: put in when they differ from what is there. What was put in is remembered;
// what another process put there is looked at once.
import type { ContainerFile } from '../../core/desired.ts';
import type { EnginePort } from '../../core/engine-port.ts';

export interface LiveFile extends ContainerFile {
  // Only takes the place of one that is there.
  readonly onlyInPlace?: true;
}

export interface LiveFiles {
  // It has these already: they came with its making.
  note(containerId: string, files: readonly LiveFile[]): void;
  // What it has there, undefined where there is none. Throws FailureError.
  read(engine: EnginePort, containerId: string, path: string): Promise<string | undefined>;
  // Throws FailureError; what could not be put in is put in by the next call.
  put(engine: EnginePort, containerId: string, files: readonly LiveFile[]): Promise<void>;
  // Forgets all other containers.
  keepOnly(containerIds: readonly string[]): void;
}

export function createLiveFiles(): LiveFiles {
  // Container id -> path -> content.
  const known = new Map<string, ReadonlyMap<string, string | undefined>>();

  function note(containerId: string, files: readonly LiveFile[]): void {
    remember(
      containerId,
      files.map(({ path, content }) => [path, content]),
    );
  }

  function remember(containerId: string, contents: readonly (readonly [string, string | undefined])[]): void {
    known.set(containerId, new Map([...(known.get(containerId) ?? []), ...contents]));
  }

  async function read(engine: EnginePort, containerId: string, path: string): Promise<string | undefined> {
    const own = known.get(containerId);
    if (own?.has(path) === true) return own.get(path);
    const content = await engine.readFile(containerId, path);
    // Unless something was put in meanwhile.
    if (known.get(containerId)?.has(path) !== true) remember(containerId, [[path, content]]);
    return content;
  }

  async function isThere(engine: EnginePort, containerId: string, file: LiveFile): Promise<boolean> {
    const found = await read(engine, containerId, file.path);
    return found === undefined ? file.onlyInPlace === true : found === file.content;
  }

  return {
    note,
    read,
    async put(engine, containerId, files) {
      const present = await Promise.all(files.map((file) => isThere(engine, containerId, file)));
      const changed = files.filter((_file, index) => present[index] !== true);
      if (changed.length > 0) await engine.uploadFiles(containerId, changed);
      note(containerId, files);
    },
    keepOnly(containerIds) {
      for (const id of known.keys()) if (!containerIds.includes(id)) known.delete(id);
    },
  };
}
