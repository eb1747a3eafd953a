// Volumes as an older set-up left them, made and looked at past the command under test.
import { connectSystemEngine } from '../../../electron/compose.ts';
import { catalog } from '../../../electron/core/catalog/index.ts';
import type { EnginePort, ProgramVolume } from '../../../electron/core/engine-port.ts';
import { askEngine } from '../../e2e/engine-api.ts';
import { postToEngine } from '../../cli/support/stack.ts';

export class OlderVolumes {
  readonly #engine: EnginePort;
  readonly #shell: string;
  readonly #volumes = new Set<string>();

  private constructor(engine: EnginePort, shell: string) {
    this.#engine = engine;
    this.#shell = shell;
  }

  static async open(): Promise<OlderVolumes> {
    const { engine } = await connectSystemEngine('auto');
    const pins = Object.fromEntries(catalog.map(({ id, image }) => [id, image]));
    const { images } = await engine.observe({ containerNames: [], volumeNames: [], images: pins });
    const shell = images['ingress']?.id;
    if (shell === undefined) throw new Error('The image of the ingress is not here');
    return new OlderVolumes(engine, shell);
  }

  get engine(): EnginePort {
    return this.#engine;
  }

  // `script` fills it at /v, as root.
  async make(name: string, script: string, body: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await postToEngine('/volumes/create', { Name: name, ...body });
    this.#volumes.add(name);
    await this.shell(script, [{ name, path: '/v' }]);
  }

  // Every name, kind, mode, owner, size, time of change and byte: a write that was taken back is seen too.
  async fingerprint(name: string): Promise<string> {
    const script = `cd /v; find . -exec stat -c '%n %f %u:%g %s %Y %Z' {} + | sort | busybox sha256sum; ${bytes}`;
    return this.shell(script, [{ name, path: '/v', isReadOnly: true }]);
  }

  // The same without the top folder and without what a copy cannot have: the time at which it was made.
  async contents(name: string): Promise<string> {
    const script = `cd /v; find . -mindepth 1 ! -type d -exec stat -c '%N %f %u:%g %s' {} + | sort; find . -mindepth 1 -type d -exec stat -c '%n %f %u:%g' {} + | sort; find . -type f -exec stat -c '%n %Y' {} + | sort; ${bytes}`;
    return this.shell(`{ ${script}; } | busybox sha256sum`, [{ name, path: '/v', isReadOnly: true }]);
  }

  async shell(script: string, volumes: readonly ProgramVolume[]): Promise<string> {
    const run = { service: 'test', imageId: this.#shell, entrypoint: ['/bin/sh'], command: ['-c', script] };
    const { exitCode, output } = await this.#engine.runProgram(
      { ...run, files: [], seconds: 120, volumes, asRoot: true },
      new AbortController().signal,
    );
    if (exitCode !== 0) throw new Error(`${script} ended with ${exitCode}: ${output}`);
    return output.trim();
  }

  async owner(name: string, path = '.'): Promise<string> {
    return this.shell(`cd /v && stat -c '%u:%g %a' ${path}`, [{ name, path: '/v', isReadOnly: true }]);
  }

  async names(): Promise<readonly string[]> {
    return (await this.#engine.listVolumes()).map(({ name }) => name).toSorted();
  }

  // Also containers that a killed command left behind.
  async remove(name: string): Promise<void> {
    for (const { id } of await this.#engine.volumeUsers(name)) await this.#engine.removeContainer(id);
    await askEngine('DELETE', `/volumes/${name}`).catch(() => undefined);
    this.#volumes.delete(name);
  }

  async close(): Promise<void> {
    for (const name of this.#volumes) await this.remove(name);
    this.#engine.close();
  }
}

const bytes = 'find . -type f -exec busybox sha256sum {} + | sort | busybox sha256sum';
