// How the fake's containers run: started, stopped, ended, written to; and who hears of it.
import type { EngineEvent, LogLine } from '../../electron/core/engine-port.ts';
import { FailureError } from '../../electron/core/failure.ts';
import { labels as labelNames } from '../../electron/core/identity.ts';
import type { Listener } from '../../electron/core/observed.ts';
import type { Channel } from './channel.ts';
import { lost, sleep } from './fake-script.ts';
import { type FakeContainer, type FakeProgram, type FakeWorld, listenersOf } from './fake-world.ts';

export class FakeProcesses {
  // Ports that no container holds but some other program does.
  readonly otherListeners: Listener[] = [];
  readonly subscribers = new Set<Channel<EngineEvent>>();
  readonly #world: FakeWorld;
  readonly #programOf: (container: FakeContainer) => FakeProgram;
  readonly #now: () => number;

  constructor(world: FakeWorld, programOf: (container: FakeContainer) => FakeProgram, now: () => number) {
    this.#world = world;
    this.#programOf = programOf;
    this.#now = now;
  }

  find(idOrName: string): FakeContainer | undefined {
    const all = [...this.#world.containers.values()];
    return this.#world.containers.get(idOrName) ?? all.find((one) => one.desired.name === idOrName);
  }

  start(container: FakeContainer): void {
    const listeners = [...[...this.#world.containers.values()].flatMap(listenersOf), ...this.otherListeners];
    for (const { hostAddress: address, hostPort: port } of container.desired.publishes) {
      const holder = listeners.find((one) => one.port === port && isHeldAt(one.address, address));
      if (holder === undefined) continue;
      const service = container.labels[labelNames.service] ?? '';
      throw new FailureError({ code: 'port-taken', service, address, port, owner: holder.owner });
    }
    container.phase = 'running';
    container.startedAt = this.#now();
    container.program = this.#programOf(container);
    this.emit('container', 'start', container);
    for (const { stream, text } of container.program.lines ?? []) this.write(container, stream, text);
    if (container.program.exitCode !== undefined) this.end(container, container.program.exitCode);
  }

  async stop(container: FakeContainer, seconds: number): Promise<void> {
    if (container.phase !== 'running') return;
    if (container.program.ignoresStop) await sleep(seconds * 1000);
    if (container.phase === 'running') this.end(container, container.program.ignoresStop ? 137 : 143);
    this.emit('container', 'stop', container);
  }

  end(container: FakeContainer, exitCode: number): void {
    container.phase = 'exited';
    container.exitCode = exitCode;
    container.finishedAt = this.#now();
    this.emit('container', 'die', container);
    wakeReaders(container);
  }

  write(container: FakeContainer, stream: LogLine['stream'], text: string): void {
    const timestamp = new Date(this.#now()).toISOString().replace('Z', '000000Z');
    container.log.push({ service: container.labels[labelNames.service] ?? '', stream, timestamp, text });
    wakeReaders(container);
  }

  emit(kind: EngineEvent['kind'], action: string, subject: FakeContainer | string): void {
    const id = typeof subject === 'string' ? subject : subject.id;
    const service = typeof subject === 'string' ? undefined : subject.labels[labelNames.service];
    const exit =
      action === 'die' && typeof subject !== 'string' && subject.exitCode !== undefined
        ? { exitCode: subject.exitCode }
        : {};
    for (const channel of this.subscribers) {
      channel.push({ kind, action, id, ...exit, at: this.#now(), ...(service !== undefined && { service }) });
    }
  }

  lose(): void {
    for (const channel of this.subscribers) channel.end(lost());
    for (const container of this.#world.containers.values()) wakeReaders(container);
  }
}

function isHeldAt(held: string, wanted: string): boolean {
  return held === wanted || held === '0.0.0.0' || held === '::' || wanted === '0.0.0.0';
}

export function wakeReaders(container: FakeContainer): void {
  for (const wake of [...container.readers]) wake();
}

export function untilWoken(container: FakeContainer, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    function wake() {
      container.readers.delete(wake);
      signal.removeEventListener('abort', wake);
      resolve();
    }
    container.readers.add(wake);
    signal.addEventListener('abort', wake);
  });
}
