// What a test does to the fake engine, and reads of it.
import type { ContainerStats, LogLine, ProgramResult, ProgramRun } from '../../electron/core/engine-port.ts';
import type { Failure } from '../../electron/core/failure.ts';
import type { Listener } from '../../electron/core/observed.ts';
import { type Answer, silence } from './fake-program-runs.ts';
import { FakeProcesses } from './fake-processes.ts';
import { type FakeCall, type FakeChange, FakeScript } from './fake-script.ts';
import { emptyWorld, type FakeContainer, type FakeProgram } from './fake-world.ts';

export class FakeControls {
  readonly world = emptyWorld();
  // What a program in a container of its own answers, and what a command in a running one does; a test sets them.
  onRun: (run: ProgramRun, signal: AbortSignal) => Answer<ProgramResult> = () => silence;
  onExecute: (container: FakeContainer, command: readonly string[], input: string) => Answer<ProgramResult> = () =>
    silence;
  protected readonly script = new FakeScript();
  protected readonly processes: FakeProcesses;

  protected readonly now: () => number;

  constructor(program: (container: FakeContainer) => FakeProgram, now: () => number) {
    this.now = now;
    this.processes = new FakeProcesses(this.world, program, now);
  }

  // Every call that changes something, as it began; a test may empty it.
  get changes(): FakeChange[] {
    return this.script.changes;
  }

  failNext(call: FakeCall, failure: Failure, times = 1): void {
    this.script.failNext(call, failure, times);
  }

  delay(call: FakeCall, milliseconds: number): void {
    this.script.delay(call, milliseconds);
  }

  // Every such call waits until the returned function is called.
  hold(call: FakeCall): () => void {
    return this.script.hold(call);
  }

  // The engine goes away: calls fail and streams end until restore().
  lose(): void {
    this.script.isLost = true;
    this.processes.lose();
  }

  restore(): void {
    this.script.isLost = false;
  }

  // Some other program listens there.
  occupy(listener: Listener): void {
    this.processes.otherListeners.push(listener);
  }

  // The program in the container ends by itself.
  exit(name: string, exitCode: number, how: { readonly outOfMemory?: boolean } = {}): void {
    const container = this.container(name);
    container.outOfMemory = how.outOfMemory ?? false;
    if (how.outOfMemory) this.processes.emit('container', 'oom', container);
    this.processes.end(container, exitCode);
  }

  write(name: string, text: string, stream: LogLine['stream'] = 'stdout'): void {
    this.processes.write(this.container(name), stream, text);
  }

  // Some of its figures: the others stay as they are without.
  setStats(name: string, figures: Partial<ContainerStats>): void {
    this.world.stats.set(name, { ...this.world.stats.get(name), ...figures });
  }

  // undefined cannot be measured.
  setVolumeSize(name: string, bytes: number | undefined): void {
    this.world.volumeSizes.set(name, bytes);
  }

  container(name: string): FakeContainer {
    const found = this.processes.find(name);
    if (found === undefined) throw new Error(`The fake has no container ${name}`);
    return found;
  }
}
