// What the engine suite needs of an engine, and the names, addresses and programs of one run of it.
import { randomBytes } from 'node:crypto';
import type { ImagePin } from '../../electron/core/catalog/service.ts';
import type { DesiredContainer, DesiredNetwork } from '../../electron/core/desired.ts';
import type { EngineEvent, EnginePort, LogLine, LogQuery, ObserveQuery } from '../../electron/core/engine-port.ts';
import { labels as labelNames, type Labels } from '../../electron/core/identity.ts';
import type { ObservedContainer, ObservedNetwork } from '../../electron/core/observed.ts';
import type { ImageContent } from './docker-archive.ts';
import type { LocalRegistry } from './local-registry.ts';

export type TestProgram =
  | {
      readonly kind: 'say';
      readonly stdout: readonly string[];
      readonly stderr?: readonly string[];
      // Without one the program stays until it is asked to stop.
      readonly exitCode?: number;
    }
  | { readonly kind: 'show'; readonly path: string; readonly exitCode?: number }
  // What it reads, it says.
  | { readonly kind: 'echo'; readonly exitCode: number }
  | { readonly kind: 'count'; readonly to: number; readonly exitCode?: number }
  | { readonly kind: 'stubborn' }
  // Lines of the shell; a last line says that they are done.
  | { readonly kind: 'script'; readonly script: string }
  | { readonly kind: 'serve'; readonly port: number; readonly text: string };

export const endOfScript = 'end of the script';

export interface EngineUnderTest {
  readonly engine: EnginePort;
  readonly kind: 'fake' | 'docker' | 'podman';
  // The command that makes a container of the test image do this.
  readonly command: (program: TestProgram) => readonly string[];
  readonly image: Omit<ImageContent, 'repository' | 'tag'>;
  // Real engines pull from it.
  readonly registry?: LocalRegistry;
  // A connection to the same engine that can be taken away for good. Asked for once, last of all.
  readonly losable: () => Promise<LosableConnection>;
  readonly close: () => Promise<void>;
}

export interface LosableConnection {
  readonly engine: EnginePort;
  readonly lose: () => Promise<void>;
}

export interface Unavailable {
  readonly unavailable: string;
}

// One run: nothing in it meets another run or the real stack on the same engine.
export class TestRun {
  readonly suffix = randomBytes(4).toString('hex');
  readonly pin: ImagePin = {
    repository: `macula-tests/engine-${this.suffix}`,
    tag: '1',
    digest: `sha256:${'0'.repeat(64)}`,
  };
  readonly hostAddress = `127.${100 + byte(100)}.${byte(250)}.9`;
  readonly networkName = this.named('net');
  readonly network: DesiredNetwork = this.networkAt(byte(120));
  readonly under: EngineUnderTest;
  readonly #containers: string[] = [];
  readonly #volumes = new Set<string>();
  #port = 18_000 + byte(200) * 10;

  constructor(under: EngineUnderTest) {
    this.under = under;
  }

  get engine(): EnginePort {
    return this.under.engine;
  }

  named(name: string): string {
    return `macula-test-${this.suffix}-${name}`;
  }

  networkAt(number: number, name = this.networkName): DesiredNetwork {
    const prefix = `10.${200 + Math.floor(number / 16)}.${(number % 16) * 16}`;
    return { name, subnet: `${prefix}.0/24`, ipRange: `${prefix}.128/25`, gateway: `${prefix}.1` };
  }

  address(last: number): string {
    return this.network.gateway.replace(/\d+$/, String(last));
  }

  freePort(): number {
    this.#port += 1;
    return this.#port;
  }

  // Of a stack of this run's own: the real app on the same engine does not take these for its own.
  labels(service?: string): Labels {
    return {
      [labelNames.stack]: `test-${this.suffix}`,
      ...(service === undefined ? {} : { [labelNames.service]: service }),
    };
  }

  volume(name: string): string {
    this.#volumes.add(this.named(name));
    return this.named(name);
  }

  query(names: readonly string[] = []): ObserveQuery {
    return { containerNames: names, volumeNames: [...this.#volumes], images: { thing: this.pin } };
  }

  desired(service: string, program: TestProgram, more: Partial<DesiredContainer> = {}): DesiredContainer {
    return {
      service,
      name: this.named(service),
      image: this.pin,
      command: this.under.command(program),
      environment: {},
      address: this.address(20 + this.#containers.length),
      aliases: [service],
      publishes: [],
      volumes: [],
      files: [],
      liveFiles: [],
      stopSeconds: 5,
      configHash: 'none',
      ...more,
    };
  }

  async create(desired: DesiredContainer, labels = this.labels(desired.service)): Promise<string> {
    const image = await this.imageId();
    const id = await this.engine.createContainer(desired, image, this.networkName, labels);
    this.#containers.push(id);
    if (desired.files.length > 0) await this.engine.uploadFiles(id, desired.files);
    return id;
  }

  async run(desired: DesiredContainer): Promise<string> {
    const id = await this.create(desired);
    await this.engine.startContainer(id);
    return id;
  }

  async imageId(): Promise<string> {
    const image = (await this.engine.observe(this.query())).images['thing'];
    if (image === undefined) throw new Error('The test image is not on the engine');
    return image.id;
  }

  async inspect(id: string): Promise<ObservedContainer> {
    const found = await this.engine.inspectContainer(id);
    if (found === undefined) throw new Error(`There is no container ${id}`);
    return found;
  }

  // What is observed of this run's: a real stack may be there as well.
  async observed(names: readonly string[]): Promise<readonly ObservedContainer[]> {
    const { containers } = await this.engine.observe(this.query(names));
    return containers.filter((container) => container.name.includes(this.suffix));
  }

  async findNetwork(name: string): Promise<ObservedNetwork | undefined> {
    return (await this.engine.observe(this.query())).networks.find((network) => network.name === name);
  }

  // What the script of the container has written.
  async output(id: string): Promise<string> {
    const lines = await until(
      () => this.lines(id),
      (found) => found.some((line) => line.text === endOfScript),
    );
    return lines.map((line) => line.text).join('\n');
  }

  async lines(containerId: string, more: Partial<LogQuery> = {}): Promise<readonly LogLine[]> {
    const query = { service: 'any', containerId, follow: false, signal: AbortSignal.timeout(20_000), ...more };
    const lines: LogLine[] = [];
    for await (const batch of this.engine.logs(query)) lines.push(...batch);
    return lines;
  }

  // Everything that happens from now on; it is listened when this returns.
  async listen(signal: AbortSignal): Promise<EngineEvent[]> {
    const events: EngineEvent[] = [];
    const source = this.engine.events(signal)[Symbol.asyncIterator]();
    const first = await source.next();
    if (first.done !== true) events.push(first.value);
    void (async () => {
      for (let next = await source.next(); next.done !== true; next = await source.next()) events.push(next.value);
    })().catch(() => undefined);
    return events;
  }

  async cleanUp(): Promise<void> {
    const { engine } = this;
    await Promise.allSettled(this.#containers.map((id) => engine.removeContainer(id)));
    const found = await engine.observe(this.query()).catch(() => undefined);
    const networks = found?.networks.filter((network) => network.name.includes(this.suffix)) ?? [];
    await Promise.allSettled(networks.map((network) => engine.removeNetwork(network.id)));
    await Promise.allSettled([...this.#volumes].map((name) => engine.removeVolume(name)));
    await this.under.close();
  }
}

export async function until<T>(look: () => Promise<T> | T, isEnough: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const value = await look();
    if (isEnough(value)) return value;
    if (Date.now() > deadline) throw new Error(`It did not come about: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function byte(below: number): number {
  return randomBytes(2).readUInt16BE() % below;
}
