// Files that change while a container runs: put in when they differ from what was put in last. What is in a container
// that this program did not fill is unknown, so it is written once.
import type { ContainerFile } from '../../core/desired.ts';
import type { EnginePort } from '../../core/engine-port.ts';

export interface LiveFiles {
  // It has these already: they came with its making.
  note(containerId: string, files: readonly ContainerFile[]): void;
  // Throws FailureError; what could not be put in is put in by the next call.
  put(engine: EnginePort, containerId: string, files: readonly ContainerFile[]): Promise<void>;
  // Forgets all other containers.
  keepOnly(containerIds: readonly string[]): void;
}

export function createLiveFiles(): LiveFiles {
  // Container id -> path -> content.
  const known = new Map<string, ReadonlyMap<string, string>>();

  function note(containerId: string, files: readonly ContainerFile[]): void {
    const own = files.map(({ path, content }) => [path, content] as const);
    known.set(containerId, new Map([...(known.get(containerId) ?? []), ...own]));
  }

  return {
    note,
    async put(engine, containerId, files) {
      const there = known.get(containerId);
      const changed = files.filter(({ path, content }) => there?.get(path) !== content);
      if (changed.length === 0) return;
      await engine.uploadFiles(containerId, changed);
      note(containerId, changed);
    },
    keepOnly(containerIds) {
      for (const id of known.keys()) if (!containerIds.includes(id)) known.delete(id);
    },
  };
}
