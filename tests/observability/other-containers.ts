// Containers that are not of the stack, as a user would have them: a small shell with a web server, on networks of
// their own, made past the app.
import { randomBytes } from 'node:crypto';
import { connectSystemEngine } from '../../electron/compose.ts';
import { askEngine } from '../e2e/engine-api.ts';
import { postToEngine } from '../cli/support/stack.ts';
import { writeImageArchive } from '../engine/docker-archive.ts';
import { noBusybox, testImageContent } from '../engine/test-image.ts';

export interface OtherContainer {
  readonly name: string;
  // 'bridge' and 'host' are the engine's own.
  readonly network: string;
  readonly labels: Readonly<Record<string, string>>;
  // Lines of the shell.
  readonly script: string;
}

export class OtherContainers {
  readonly suffix = randomBytes(4).toString('hex');
  readonly #image = `macula-tests/targets-${this.suffix}`;
  readonly #containers: string[] = [];
  readonly #networks: string[] = [];

  // Returns why there can be none.
  async prepare(): Promise<string | undefined> {
    const content = await testImageContent(`targets ${this.suffix}`);
    if (content === undefined) return noBusybox;
    const archive = writeImageArchive({ ...content, repository: this.#image, tag: '1' });
    const { engine } = await connectSystemEngine('auto');
    await engine.loadImage(onePiece(archive));
    engine.close();
    return undefined;
  }

  named(name: string): string {
    return `macula-test-${this.suffix}-${name}`;
  }

  async network(name: string): Promise<string> {
    const full = this.named(name);
    await postToEngine('/networks/create', { Name: full, CheckDuplicate: true });
    this.#networks.push(full);
    return full;
  }

  // Returns its address on its network.
  async run({ name, network, labels, script }: OtherContainer): Promise<string> {
    const full = this.named(name);
    await postToEngine(`/containers/create?name=${full}`, {
      Image: `${this.#image}:1`,
      Cmd: ['/bin/busybox', 'sh', '-c', `${script}; trap 'exit 0' TERM; busybox sleep 1000 & wait`],
      Labels: labels,
      HostConfig: { NetworkMode: network },
    });
    this.#containers.push(full);
    await askEngine('POST', `/containers/${full}/start`);
    const { NetworkSettings } = (await askEngine('GET', `/containers/${full}/json`)) as Inspected;
    return NetworkSettings.Networks[network]?.IPAddress ?? '';
  }

  async remove(name: string): Promise<void> {
    await askEngine('DELETE', `/containers/${this.named(name)}?force=1`);
  }

  async removeNetwork(full: string): Promise<void> {
    await askEngine('DELETE', `/networks/${full}`);
  }

  async networksOf(container: string): Promise<readonly string[]> {
    const { NetworkSettings } = (await askEngine('GET', `/containers/${container}/json`)) as Inspected;
    return Object.keys(NetworkSettings.Networks).toSorted();
  }

  async cleanUp(): Promise<void> {
    await Promise.allSettled(this.#containers.map((full) => askEngine('DELETE', `/containers/${full}?force=1`)));
    await Promise.allSettled(this.#networks.map((full) => this.removeNetwork(full)));
    await askEngine('DELETE', `/images/${this.#image}:1?force=1`).catch(() => undefined);
  }
}

// What a program that serves its metrics does; Prometheus wants to be told that they are text.
export function servingMetrics(port: number, line: string): string {
  return `busybox mkdir -p /www && echo '${line}' > /www/metrics.txt && busybox httpd -p ${port} -h /www`;
}

interface Inspected {
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, { readonly IPAddress: string }>> };
}

async function* onePiece(archive: Buffer): AsyncIterable<Uint8Array> {
  yield archive;
}
